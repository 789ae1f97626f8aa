// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "jose/jws.h"

#include <string_view>

namespace claimsmith::jose {

/// The members of a flattened or general JSON serialisation (RFC 7515 §7.2), not decoded yet: readJws() does that.
/// Unknown members are ignored, as §7.2.1 asks.
Result<Jws> splitJson(std::string_view text);

} // namespace claimsmith::jose
