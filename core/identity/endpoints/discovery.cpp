// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/endpoints/endpoints.h"
#include "identity/oautherror.h"

namespace claimsmith::identity {
namespace {

using document::Array;
using document::Object;

constexpr int keptSeconds = 300;

Array scopeNames(const Realm& realm)
{
    Array names;
    for (const Scope& scope : realm.scopes)
        names.emplace_back(scope.name);
    return names;
}

Array claimNames(const Realm& realm)
{
    Array names{"sub", "iss", "aud", "exp", "iat", "auth_time"};
    for (const Scope& scope : realm.scopes) {
        for (const std::string& claim : scope.claims)
            names.emplace_back(claim);
    }
    return names;
}

template <class Enum>
Array wordsOf(const std::vector<std::pair<std::string_view, Enum>>& words)
{
    Array names;
    for (const auto& [word, meaning] : words)
        names.emplace_back(word);
    return names;
}

Array assertionAlgorithms()
{
    Array names;
    for (const jose::AlgorithmInfo& algorithm : jose::algorithms())
        names.emplace_back(algorithm.name);
    return names;
}

void addEndpoints(Object& metadata, const Realm& realm)
{
    for (const Endpoint& endpoint : endpoints()) {
        if (!endpoint.metadata.empty())
            metadata.append(std::string(endpoint.metadata), realm.url + std::string(endpoint.path));
    }
}

void addAuthentication(Object& metadata, std::string_view endpoint)
{
    const std::string prefix(endpoint);
    Array methods = wordsOf(clientAuthenticationWords());
    if (endpoint == "introspection_endpoint")
        std::erase(methods, document::Value("none")); // RFC 7662 §2.1
    metadata.append(prefix + "_auth_methods_supported", std::move(methods));
    metadata.append(prefix + "_auth_signing_alg_values_supported", assertionAlgorithms());
}

Object metadataOf(const Realm& realm)
{
    Object metadata;
    metadata.append("issuer", realm.has(Fault::DiscoveryOtherIssuer) ? "https://wrong-issuer.test" : realm.url);
    addEndpoints(metadata, realm);
    metadata.append("scopes_supported", scopeNames(realm));
    metadata.append("response_types_supported", Array{"code"});
    metadata.append("response_modes_supported", Array{"query", "fragment", "form_post"});
    metadata.append("grant_types_supported", wordsOf(grantWords()));
    metadata.append("subject_types_supported", Array{"public"});
    metadata.append("id_token_signing_alg_values_supported", Array{jose::toString(realm.settings.algorithm)});
    for (const std::string_view endpoint : {"token_endpoint", "introspection_endpoint", "revocation_endpoint"})
        addAuthentication(metadata, endpoint);
    metadata.append("code_challenge_methods_supported", Array{"S256"});
    metadata.append("prompt_values_supported", Array{"none", "login", "consent", "select_account"});
    metadata.append("claim_types_supported", Array{"normal"});
    metadata.append("claims_supported", claimNames(realm));
    metadata.append("claims_parameter_supported", false);
    metadata.append("request_parameter_supported", false);
    metadata.append("request_uri_parameter_supported", false);
    metadata.append("authorization_response_iss_parameter_supported", true);
    return metadata;
}

} // namespace

/// OpenID Connect Discovery §3 and RFC 8414 §2: one document for both.
http::Response discoveryEndpoint(Call& call)
{
    if (call.realm.has(Fault::DiscoveryDown)) {
        note(call.log, refusal(OAuthErrorCode::FaultInjected));
        return http::Response::make(503, "text/plain; charset=utf-8", "Service Unavailable\n");
    }
    return keptJsonAnswer(metadataOf(call.realm), keptSeconds);
}

} // namespace claimsmith::identity
