// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/signing.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/jwk.h"

namespace claimsmith::gateway::xcustomjwt {

using document::Object;
using document::Value;

namespace {

std::string encodedHeader(const Value& jwk, const std::string& algorithm, std::string_view jwksUrl)
{
    Object header{{"typ", "JWT"}, {"alg", algorithm}};
    if (const Value* keyId = jwk.find("kid"); keyId && !keyId->isNull())
        header.append("kid", *keyId);
    header.append("jku", jwksUrl);
    return toBase64Url(document::toJson(header));
}

} // namespace

TokenSigner::TokenSigner(std::string_view privateJwk, std::string_view jwksUrl)
{
    const auto jwk = document::parseJson(privateJwk, {.allowDuplicateKeys = true});
    if (!jwk || !jwk->asObject()) {
        m_problem = "Unable to JSON decode the private key, error: '" +
                    (jwk ? std::string("it is no object") : jwk.error().detail) + "'";
        return;
    }
    if (const std::string* algorithm = jwk->findString("alg"))
        m_algorithm = *algorithm;
    m_encodedHeader = encodedHeader(*jwk, m_algorithm, jwksUrl);
    if (m_algorithm == "RS256" || m_algorithm == "RS512")
        prepareRsa(*jwk);
    else if (m_algorithm == "HS256" || m_algorithm == "HS512")
        prepareSecret(*jwk);
    else
        m_problem = "Unknown algorithm '" + m_algorithm + "'";
}

void TokenSigner::prepareRsa(const Value& jwk)
{
    const auto key = jose::readJwk(jwk);
    if (!key || key->type() != jose::KeyType::Rsa) {
        m_problem =
            "Unable to load the JWK, error: '" + (key ? std::string("it is no RSA key") : key.error().detail) + "'";
        return;
    }
    if (!key->privateKey()) {
        m_problem = "Unable to output the JWK key to PEM format, error: 'it has no private part'";
        return;
    }
    auto maker = jose::SignatureMaker::forKey(m_algorithm == "RS256" ? jose::Algorithm::RS256 : jose::Algorithm::RS512,
                                              *key->privateKey());
    if (maker)
        m_maker = std::move(*maker);
    else
        m_problem = maker.error().detail;
}

/// The characters of "k" are the secret, not what they encode: other than RFC 7518 §6.4.1 asks, as in Kong's plugin.
void TokenSigner::prepareSecret(const Value& jwk)
{
    const std::string* secret = jwk.findString("k");
    if (!secret) {
        m_problem = "Unknown JWT signature error";
        return;
    }
    auto maker = jose::SignatureMaker::forSecret(
        m_algorithm == "HS256" ? jose::Algorithm::HS256 : jose::Algorithm::HS512, SecretBytes(BytesView(*secret)));
    if (maker)
        m_maker = std::move(*maker);
    else
        m_problem = maker.error().detail;
}

Result<std::string> TokenSigner::sign(const Object& claims) const
{
    std::string token = m_encodedHeader + "." + toBase64Url(document::toJson(claims));
    CLAIMSMITH_TRY(const Bytes signature, m_maker->sign(token));
    return token + "." + toBase64Url(signature);
}

} // namespace claimsmith::gateway::xcustomjwt
