// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/exchange.h"
#include "gateway/plugins/x_custom_jwt/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::xcustomjwt {

/// The settings that claims are made from.
struct ClaimSettings
{
    ClaimSettings(const document::Value& config, std::string configPointer);

    std::string pointer; ///< of the plugin's configuration
    std::string clientIdClaim;
    std::string issuer;
    double expiresIn = 0; ///< seconds; fractions and negatives are taken as they are
};

/// Where a claim comes from: see checks.h.
struct ClaimOrigin
{
    std::string claim;
    std::string origin;
    std::string source;
    std::string pointer;
    bool isConfidential = false; ///< the value is a secret of the configuration
};

/// The claims of a new token, each with its origin.
class CraftedClaims final
{
public:
    document::Object claims;

    /// In the order of the claims.
    const std::vector<ClaimOrigin>& origins() const noexcept { return m_origins; }

    /// Sets a claim and where it is from, in place of a copied one.
    void set(ClaimOrigin origin, document::Value value);

private:
    std::vector<ClaimOrigin> m_origins;
};

/// x-custom-jwt.md 4.2. `known.clientId` and the exchange's consumer have to be there. Throws Fault where the plugin
/// breaks: a route without a service, an `act` that is no object.
CraftedClaims craftClaims(const Exchange& exchange, const ClaimSettings& settings, Source::Kind kind,
                          Identification known);

/// The subject of the client's certificate as the plugin writes it; empty when there is none.
std::string clientSubject(const Exchange& exchange);

} // namespace claimsmith::gateway::xcustomjwt
