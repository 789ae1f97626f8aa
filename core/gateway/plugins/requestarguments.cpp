// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/requestarguments.h"

#include <algorithm>

namespace claimsmith::gateway {

std::vector<std::string_view> findHeaderLines(const http::HeaderMap& headers, std::string_view name)
{
    auto lines = headers.values(name);
    if (!lines.empty() || name.find('_') == std::string_view::npos)
        return lines;
    std::string dashed(name);
    std::ranges::replace(dashed, '_', '-');
    return headers.values(dashed);
}

std::optional<std::string_view> findHeaderLine(const http::HeaderMap& headers, std::string_view name)
{
    if (const auto value = headers.find(name))
        return value;
    std::string dashed(name);
    std::ranges::replace(dashed, '_', '-');
    return headers.find(dashed);
}

} // namespace claimsmith::gateway
