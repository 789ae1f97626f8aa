// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <cstddef>
#include <optional>

namespace claimsmith::jose {

enum class KeyIdRule {
    Compare, ///< a key whose kid differs from the token's is not tried
    Ignore,  ///< every suitable key is tried: the caller chose it
};

/// What became of one of the keys.
struct KeyCandidate
{
    std::size_t index;                   ///< in the options' keys
    std::optional<Error> rejection = {}; ///< why it was not tried
    bool verified = false;               ///< the signature is its own; of a JWE: it opened the content
};

} // namespace claimsmith::jose
