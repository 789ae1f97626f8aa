// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/references.h"

#include <cstdlib>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

std::string resolved(std::string text)
{
    static constexpr std::string_view begin = "{vault://env/";
    if (!text.starts_with(begin) || !text.ends_with('}'))
        return text;
    std::string name = text.substr(begin.size(), text.size() - begin.size() - 1);
    for (char& c : name)
        c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const char* const value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): nobody sets variables here
    return value ? value : "";
}

} // namespace claimsmith::gateway::openidconnect
