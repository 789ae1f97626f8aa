// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64.h"
#include "base/result.h"
#include "document/value.h"
#include "jose/error.h"
#include "jose/segment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// A signature with the header it covers.
struct JwsSignature
{
    Segment protectedHeader;
    document::Object protectedMembers = {};
    document::Object unprotectedMembers = {}; ///< JSON serialisations only
    std::optional<Error> headerProblem = {};  ///< the protected header is no JSON object, or not disjoint
    Segment signature = {};

    /// A header parameter, wherever it stands (the JOSE header is the union, RFC 7515 §4), or null.
    const document::Value* find(std::string_view name) const noexcept;
    /// "kid" when it is a string.
    const std::string* keyId() const noexcept;
    /// Whether the payload is signed as it is: b64 false and listed in crit (RFC 7797 §3, §6).
    bool isUnencoded() const noexcept;
};

/// A JWS taken apart. Nothing of it is verified.
struct Jws
{
    Serialization serialization = Serialization::Compact;
    std::vector<JwsSignature> signatures = {}; ///< one, except in General
    Segment payload = {};
    bool isDetached = false; ///< the payload came from ReadOptions

    /// What this signature covers (RFC 7515 §5.2 step 8).
    Bytes signingInput(const JwsSignature& signature) const;
    /// The first problem of any part, the header's JSON included; null when all could be decoded.
    const Error* firstProblem() const noexcept;
};

struct ReadOptions
{
    Base64Rule base64 = Base64Rule::Canonical;
    /// The payload of a token that does not carry it (RFC 7515 appendix F).
    std::optional<BytesView> detachedPayload = {};
};

/// Takes a token in any serialisation apart. Fails only when there are no parts to tell apart; what is wrong inside of
/// a part is written beside it, so that a broken signature does not hide the payload.
Result<Jws> readJws(std::string_view token, const ReadOptions& options = {});

/// What RFC 7515 §4.1.11 and RFC 7797 ask of "crit" and "b64". All problems, not the first. Of the extensions only
/// "b64" is understood.
std::vector<Error> checkCritical(const JwsSignature& signature);

} // namespace claimsmith::jose
