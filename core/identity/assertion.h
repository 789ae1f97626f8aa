// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/call.h"
#include "jose/key.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::identity {

/// A JWT that stands for a client or a user (RFC 7523 §3).
struct AssertionRule
{
    std::vector<jose::Key> keys;
    std::string issuer;
    std::string subject = {}; ///< empty: any
    bool needsId = false;     ///< "jti" has to be there (OpenID Connect Core §9)
};

/// "alg", "iss" and "sub" of an assertion, before anything of it is verified; empty texts for what is not there.
struct AssertionClaims
{
    std::string algorithm;
    std::string issuer;
    std::string subject;
};
AssertionClaims peekAssertion(std::string_view token);

/// Verifies signature, iss, sub, aud (the issuer, its token endpoint or the endpoint asked) and times (RFC 7523 §3),
/// gives back the claims, or the first problem. Signs with "jti" are good once: nothing then, in `isReplayed`.
struct VerifiedAssertion
{
    document::Object claims;
    bool isReplayed = false;
};
Result<VerifiedAssertion> verifyAssertion(Call& call, std::string_view token, const AssertionRule& rule);

/// Keys of a JWK Set of the configuration; none for null.
std::vector<jose::Key> keysOf(const document::Value& set);

} // namespace claimsmith::identity
