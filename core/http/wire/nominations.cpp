// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/nominations.h"

#include "base/text.h"

#include <algorithm>

namespace claimsmith::http {
namespace {

struct IsLess
{
    bool operator()(std::string_view a, std::string_view b) const noexcept
    {
        return std::ranges::lexicographical_compare(
            a, b, {}, [](char c) { return toLower(c); }, [](char c) { return toLower(c); });
    }
};

} // namespace

Nominations::Nominations(const HeaderMap& headers)
{
    for (const HeaderField& field : headers) {
        if (!equalIgnoringCase(field.name, "connection"))
            continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view name = trimmed(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            // What nearly every message says names no header.
            if (!name.empty() && !equalIgnoringCase(name, "keep-alive") && !equalIgnoringCase(name, "close"))
                m_names.push_back(name);
        }
    }
    std::ranges::sort(m_names, IsLess());
}

bool Nominations::contain(std::string_view name) const noexcept
{
    return !m_names.empty() && std::ranges::binary_search(m_names, name, IsLess());
}

} // namespace claimsmith::http
