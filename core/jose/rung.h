// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::jose {

/// The steps of verifying a token, in their order; the last three stand in place of Signature when it is encrypted.
enum class RungId {
    Structure, ///< parts and their base64url
    Header,    ///< JSON of the protected header
    Algorithm,
    Critical,
    Key,
    Signature,
    Claims, ///< the payload is a JSON object
    Expiration,
    NotBefore,
    IssuedAt,
    Lifetime,
    Issuer,
    Audience,
    Subject,
    Nonce,
    Required,   ///< claims that the policy demands
    Encryption, ///< "enc" of a JWE
    Decryption,
    Compression, ///< "zip" of a JWE
};

enum class RungState {
    Passed,
    Failed,
    NotChecked, ///< nothing asks for it, or an earlier rung left nothing to check
};

/// One step with what it wanted and what it saw. Raw values, no prose: app/text/ words them.
struct Rung
{
    RungId id;
    RungState state = RungState::NotChecked;
    std::string expected = {};
    std::string found = {};
    std::string_view standard = {}; ///< "RFC 7515 §5.2"
    std::optional<Error> problem = {};
    /// Of times: seconds from now until the limit, leeway included; negative when it has passed.
    std::optional<std::int64_t> distance = {};
};

/// kebab-case: "not-before", for JSON output and text ids.
std::string_view toString(RungId id) noexcept;
/// "passed", "failed", "not-checked".
std::string_view toString(RungState state) noexcept;

} // namespace claimsmith::jose
