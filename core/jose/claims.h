// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "jose/rung.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::jose {

/// What is asked of a token's claims (RFC 7519 §4.1). The defaults ask only that times which are there hold.
struct ClaimsPolicy
{
    std::int64_t leeway = 0; ///< seconds granted at both ends
    /// At most so many seconds from iat (from now, without one) to exp.
    std::optional<std::int64_t> maximumLifetime = {};
    std::vector<std::string> issuers = {};   ///< one of them; empty: any
    std::vector<std::string> audiences = {}; ///< one of them has to be in aud; empty: any
    std::optional<std::string> subject = {};
    std::optional<std::string> nonce = {};
    std::vector<std::string> required = {}; ///< names of claims that have to be there
};

/// Checks all claims, whatever fails, at this time (Unix seconds): a rung each, in the order of RungId.
std::vector<Rung> checkClaims(const document::Object& claims, const ClaimsPolicy& policy, std::int64_t now);

} // namespace claimsmith::jose
