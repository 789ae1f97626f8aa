// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::cli {

/// Verifies the tokens of a JSON Lines text: {"id", "token", "jwk" | "jwks" | "secret", "alg"?, "claims"?, "now"?,
/// "detached_payload"?} → {"id", "valid", "error"}, one a line. "token" is a text or a JSON serialisation itself.
/// Checks the JWS alone unless "claims" is true. Success when all are valid, else Negative.
int verifyBatch(std::string_view lines);

} // namespace claimsmith::cli
