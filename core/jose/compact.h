// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace claimsmith::jose {

/// The parts of a compact token as they stand in it, still encoded. Views into the token's text: valid as long as it
/// is.
struct CompactParts
{
    std::string_view header;
    std::string_view payload;
    std::string_view signature;    ///< everything behind the second dot, further dots included
    std::string_view signingInput; ///< header, dot, payload (RFC 7515 §5.1 step 8)
};

/// Splits at the first two dots; nothing when there are fewer. Neither decodes nor judges anything and allocates
/// nothing: what a gateway needs before it knows which key to ask.
std::optional<CompactParts> splitCompact(std::string_view token) noexcept;

} // namespace claimsmith::jose
