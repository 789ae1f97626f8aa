// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::cli {

/// Verifies one token a line, each {"id","token","jwk"|"jwks"|"secret","alg"?,"claims"?,"now"?,"detached_payload"?},
/// and answers with a line {"id","valid","error"} each.
int verifyBatch(std::string_view lines);

/// Decrypts one token a line, each {"id","token","jwk"|"jwks"|"secret","alg"?}, and answers with a line
/// {"id","valid","error","plaintext_b64u"} each.
int decryptBatch(std::string_view lines);

} // namespace claimsmith::cli
