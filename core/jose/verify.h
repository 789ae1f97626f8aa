// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64.h"
#include "base/clock.h"
#include "jose/candidate.h"
#include "jose/claims.h"
#include "jose/jws.h"
#include "jose/key.h"
#include "jose/rung.h"

#include <optional>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

struct VerifyOptions
{
    std::vector<Key> keys;
    /// The algorithms that may be used; empty: those that the keys fit (RFC 8725 §3.1). Never "none".
    std::vector<Algorithm> algorithms = {};
    /// Absent: the JWS alone is verified, its payload may be anything.
    std::optional<ClaimsPolicy> claims = ClaimsPolicy();
    KeyIdRule keyIds = KeyIdRule::Compare;
    /// Refuse keys shorter than RFC 7518 §3.2, §3.3 and §3.5 demand, and RSA keys that factor easily; otherwise only
    /// lint() says it.
    bool demandKeyLength = false;
    Base64Rule base64 = Base64Rule::Canonical;
    std::optional<BytesView> detachedPayload = {};
    const Clock* clock = &systemClock();
};

/// The whole ladder: every rung is there, in the order of RungId, the claims' rungs too when claims were not asked for.
struct VerificationReport
{
    std::vector<Rung> rungs;
    std::vector<KeyCandidate> candidates;        ///< one for each key
    std::optional<Jws> token = {};               ///< absent when there were no parts
    std::size_t signatureIndex = 0;              ///< the signature that the rungs tell about
    std::optional<document::Object> claims = {}; ///< absent when the payload is no JSON object
    std::optional<std::size_t> keyIndex = {};    ///< the key that the signature was made with

    const Rung& rung(RungId id) const { return rungs[static_cast<std::size_t>(id)]; }
    /// The signature was verified and no rung failed.
    bool isValid() const noexcept;
    /// The problem of the first failed rung, or null.
    const Error* firstProblem() const noexcept;
};

/// Verifies a token in any serialisation and always goes to the end of the ladder, so that every problem is reported.
/// Of several signatures (general serialisation) one that verifies is enough (RFC 7515 §5.2); the rungs tell about that
/// one, or about the first.
VerificationReport verify(std::string_view token, const VerifyOptions& options);

} // namespace claimsmith::jose
