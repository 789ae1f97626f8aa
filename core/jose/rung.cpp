// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/rung.h"

#include <array>

namespace claimsmith::jose {

std::string_view toString(RungId id) noexcept
{
    constexpr std::array<std::string_view, 19> names{
        "structure",  "header",     "algorithm",  "critical",   "key",         "signature", "claims",
        "expiration", "not-before", "issued-at",  "lifetime",   "issuer",      "audience",  "subject",
        "nonce",      "required",   "encryption", "decryption", "compression",
    };
    static_assert(names.size() == static_cast<std::size_t>(RungId::Compression) + 1);
    return names[static_cast<std::size_t>(id)];
}

std::string_view toString(RungState state) noexcept
{
    constexpr std::array<std::string_view, 3> names{"passed", "failed", "not-checked"};
    return names[static_cast<std::size_t>(state)];
}

} // namespace claimsmith::jose
