// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/findings.h"
#include "gateway/plugins/jwt/credentials.h"
#include "gateway/plugins/jwt/token.h"

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::jwt {

/// The plugin's configuration (kong-plugins.md B1.1).
struct Settings
{
    Places places;
    std::string keyClaimName;
    bool secretIsBase64 = false;
    std::vector<std::string> claimsToVerify; ///< "exp", "nbf"
    double maximumExpiration = 0;            ///< seconds; 0: no limit
    std::optional<std::string> realm;
    Conduct conduct = Conduct::Kong;
    std::string pointer; ///< of the configuration in the document

    Settings(const document::Value& config, Conduct manner, std::string configPointer);
};

/// The plugin's checks of one request, in Kong's order; writes a finding for each when the request is traced.
class Verification final
{
public:
    Verification(Exchange& exchange, const Settings& settings, const JwtCredentials& credentials) noexcept;

    /// Authenticates the exchange, or gives the answer that refuses it. Throws Fault where Kong's plugin breaks.
    std::optional<Answer> run();

private:
    using Refusal = std::optional<Answer>;

    Refusal takeToken();
    Refusal decode();
    Refusal findCredential();
    Refusal checkAlgorithm();
    Refusal checkKey();
    Refusal checkSignature();
    Refusal checkTimes();
    Refusal checkMaximumExpiration();

    /// The error of a claim that has to be a time, or nothing; writes the finding.
    std::optional<std::string> checkTime(std::string_view claim);
    Refusal refuse(document::Value body) const;
    Refusal refuseWith(std::string message) const;
    void noteUnlisted(std::string_view claim, std::string_view check);
    std::string pointerTo(std::string_view setting) const;
    const document::Value* claim(std::string_view name) const noexcept;

    Exchange& m_exchange;
    const Settings& m_settings;
    const JwtCredentials& m_credentials;
    Findings m_findings;
    std::string m_text;                      ///< empty once it has been decoded
    Token m_decoded;                         ///< by this verification
    const Token* m_token = &m_decoded;       ///< or the remembered one
    const Verifying* m_verifiedBy = nullptr; ///< the key that a remembered token is known to be signed with
    std::string m_algorithm;
    std::string m_key;
    const JwtCredential* m_credential = nullptr;
    bool m_hasToken = false;
};

} // namespace claimsmith::gateway::jwt
