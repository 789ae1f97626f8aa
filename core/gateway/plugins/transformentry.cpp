// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/transformentry.h"

#include <algorithm>

namespace claimsmith::gateway {

TransformEntry parseTransformEntry(std::string_view text)
{
    const std::size_t colon = std::min(text.find(':'), text.size());
    TransformEntry entry{std::string(text.substr(0, colon)), std::nullopt};
    text.remove_prefix(std::min(text.find_first_not_of(':', colon), text.size()));
    if (!text.empty())
        entry.value = text;
    return entry;
}

std::vector<TransformEntry> parseTransformEntries(const std::vector<std::string>& texts)
{
    std::vector<TransformEntry> entries;
    for (const std::string& text : texts)
        entries.push_back(parseTransformEntry(text));
    return entries;
}

} // namespace claimsmith::gateway
