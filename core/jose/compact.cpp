// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/compact.h"

namespace claimsmith::jose {

std::optional<CompactParts> splitCompact(std::string_view token) noexcept
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    return CompactParts{
        .header = token.substr(0, first),
        .payload = token.substr(first + 1, second - first - 1),
        .signature = token.substr(second + 1),
        .signingInput = token.substr(0, second),
    };
}

} // namespace claimsmith::jose
