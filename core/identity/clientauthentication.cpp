// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/clientauthentication.h"

#include "base/base64.h"
#include "gateway/plugins/authorization.h"
#include "identity/assertion.h"
#include "identity/oautherror.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

constexpr std::string_view assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a request offers as proof.
struct Offer
{
    ClientAuthentication method = ClientAuthentication::None;
    std::string client;
    SecretBytes proof = {}; ///< secret or assertion
    std::string raw = {};   ///< of Basic: the client's id as it was sent
    SecretBytes rawProof = {};
};

/// application/x-www-form-urlencoded, as RFC 6749 §2.3.1 wants both parts of Basic.
std::string formDecode(std::string_view text)
{
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return http::percentDecode(spaced);
}

Result<Offer> readBasic(std::string_view header)
{
    const auto credentials = gateway::afterScheme(header, "basic");
    const auto decoded = credentials ? fromBase64(*credentials, Base64Rule::Lenient) : std::nullopt;
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return refusal(ClientHeaderInvalid);
    const std::string_view name = std::string_view(*decoded).substr(0, colon);
    const std::string_view secret = std::string_view(*decoded).substr(colon + 1);
    Offer offer{ClientAuthentication::SecretBasic, formDecode(name), SecretBytes(formDecode(secret))};
    offer.raw = name;
    offer.rawProof = SecretBytes(secret);
    return offer;
}

Result<Offer> readAssertion(const Call& call)
{
    const std::string_view token = call.parameters.value("client_assertion");
    if (call.parameters.value("client_assertion_type") != assertionType)
        return refusal(ClientAssertionType);
    const AssertionClaims claims = peekAssertion(token);
    const auto method =
        claims.algorithm.starts_with("HS") ? ClientAuthentication::SecretJwt : ClientAuthentication::PrivateKeyJwt;
    if (claims.subject.empty())
        return refusal(ClientAssertionInvalid, "it has no sub");
    return Offer{method, claims.subject, SecretBytes(token)};
}

/// The one way in which the request authenticates.
Result<Offer> readOffer(const Call& call)
{
    const auto header = call.request.head.headers.find("authorization");
    const std::string* const secret = call.parameters.find("client_secret");
    const bool hasAssertion = call.parameters.find("client_assertion") != nullptr;
    if ((header ? 1 : 0) + (secret != nullptr ? 1 : 0) + (hasAssertion ? 1 : 0) > 1)
        return refusal(ClientMethodTwice);
    if (header)
        return readBasic(*header);
    if (hasAssertion)
        return readAssertion(call);
    const std::string* const id = call.parameters.find("client_id");
    if (id == nullptr)
        return refusal(ClientUnauthenticated);
    if (secret != nullptr)
        return Offer{ClientAuthentication::SecretPost, *id, SecretBytes(*secret)};
    return Offer{ClientAuthentication::None, *id};
}

Result<void> checkSecret(const Realm& realm, const Client& client, const Offer& offer)
{
    const SecretBytes* const secret = realm.findSecret(client.secret);
    if (secret == nullptr)
        return refusal(ClientSecretMissing);
    // Many clients send Basic without the encoding that the standard asks for; a secret is right in either reading.
    const bool isRight = *secret == offer.proof;
    const bool isRightAsSent = offer.method == ClientAuthentication::SecretBasic && *secret == offer.rawProof;
    if (!isRight && !isRightAsSent)
        return refusal(ClientSecretWrong);
    return {};
}

Result<void> checkAssertion(Call& call, const Client& client, const Offer& offer)
{
    AssertionRule rule{{}, client.id, client.id, true};
    if (offer.method == ClientAuthentication::PrivateKeyJwt) {
        rule.keys = keysOf(client.keys);
    } else {
        const SecretBytes* const secret = call.realm.findSecret(client.secret);
        if (secret == nullptr)
            return refusal(ClientSecretMissing);
        rule.keys.push_back(jose::Key::fromSecret(secret->clone()));
    }
    const auto verified = verifyAssertion(call, offer.proof.view(), rule);
    if (!verified)
        return refusal(ClientAssertionInvalid, std::string(verified.error().code.name()));
    if (verified->isReplayed)
        return refusal(ClientAssertionReplayed);
    return {};
}

Result<void> checkProof(Call& call, const Client& client, const Offer& offer)
{
    if (!client.has(offer.method))
        return refusal(offer.method == ClientAuthentication::None ? ClientUnauthenticated : ClientMethodNotAllowed);
    switch (offer.method) {
    case ClientAuthentication::None:
        return {};
    case ClientAuthentication::SecretBasic:
    case ClientAuthentication::SecretPost:
        return checkSecret(call.realm, client, offer);
    case ClientAuthentication::SecretJwt:
    case ClientAuthentication::PrivateKeyJwt:
        return checkAssertion(call, client, offer);
    }
    return refusal(ClientUnauthenticated);
}

} // namespace

Result<const Client*> authenticateClient(Call& call)
{
    CLAIMSMITH_TRY(const Offer offer, readOffer(call));
    const Client* client = call.realm.settings.findClient(offer.client);
    if (client == nullptr && !offer.raw.empty())
        client = call.realm.settings.findClient(offer.raw);
    if (client == nullptr)
        return refusal(ClientUnknown);
    call.log.client = client->id;
    const std::string* const id = call.parameters.find("client_id");
    if (id != nullptr && *id != client->id)
        return refusal(ClientIdsDiffer);
    CLAIMSMITH_CHECK(checkProof(call, *client, offer));
    return client;
}

Result<const Client*> authenticateConfidentialClient(Call& call)
{
    CLAIMSMITH_TRY(const Client* client, authenticateClient(call));
    if (!client->isConfidential())
        return refusal(ClientIsPublic);
    return client;
}

} // namespace claimsmith::identity
