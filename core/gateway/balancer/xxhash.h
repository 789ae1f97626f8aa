// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace claimsmith::gateway {

/// XXH32 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): what Kong spreads hashed
/// requests with. Not for secrets.
std::uint32_t xxHash32(std::string_view bytes) noexcept;

} // namespace claimsmith::gateway
