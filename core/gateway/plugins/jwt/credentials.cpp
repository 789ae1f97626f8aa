// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/credentials.h"

#include "base/base64.h"
#include "crypto/keyreader.h"
#include "document/json.h"
#include "gateway/fieldrules.h"
#include "jose/algorithm.h"
#include "jose/jwk.h"

#include <atomic>
#include <utility>

namespace claimsmith::gateway::jwt {

using document::Value;

namespace {

constexpr const char* algorithmNames[] = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256",
                                          "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"};

/// "Any key that OpenSSL can load": PEM, DER or a JWK.
std::optional<crypto::PublicKey> readPublicKey(std::string_view text)
{
    if (auto key = crypto::readKey(text))
        return key->publicKey();
    const auto json = document::parseJson(text);
    const auto jwk = json ? jose::readJwk(*json) : Result<jose::Key>(json.error());
    return jwk && jwk->publicKey() ? std::optional(*jwk->publicKey()) : std::nullopt;
}

std::optional<std::string> mustBeKey(const Value& value)
{
    return value.asString() && readPublicKey(*value.asString()) ? std::optional<std::string>() : "invalid key";
}

const Schema& jwtSecretSchema()
{
    // For ES* Kong asks for no key.
    static const PatternRule withKey{PatternRule::Kind::Any,
                                     {"^RS256$", "^RS384$", "^RS512$", "^PS256$", "^PS384$", "^PS512$", "^EdDSA$"}};
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                consumerField(),
                stringField("key")
                    .hint("What tokens name in the key claim.")
                    .makeUnique()
                    .makeAutomatic()
                    .annotate("required", false),
                stringField("secret").hint("What HS tokens are signed with.").makeSecret().makeAutomatic(),
                stringField("rsa_public_key")
                    .hint("The public key of RS, PS, ES and EdDSA tokens, in PEM.")
                    .as(Format::Pem),
                stringField("algorithm")
                    .hint("The only algorithm that is accepted.")
                    .oneOf({std::begin(algorithmNames), std::end(algorithmNames)})
                    .defaultTo("HS256"),
                tagsField(),
            },
        .checks = {Conditional{"algorithm", matching().match(withKey), "rsa_public_key",
                               matching().require().check(mustBeKey)}},
    };
    return schema;
}

Verifying verifyingBySecret(jose::Algorithm algorithm, const Value* secret, bool isBase64)
{
    const std::string* text = secret ? secret->asString() : nullptr;
    if (!text)
        return {Verifying::Key::Absent, std::nullopt};
    auto bytes = isBase64 ? fromBase64Url(*text, Base64Rule::Lenient) : std::optional<Bytes>(*text);
    if (!bytes)
        return {Verifying::Key::NotBase64, std::nullopt};
    auto verifier = jose::SignatureVerifier::forSecret(algorithm, SecretBytes(std::move(*bytes)));
    if (!verifier)
        return {Verifying::Key::Unfit, std::nullopt};
    return {Verifying::Key::Usable, std::move(*verifier)};
}

Verifying verifyingByKey(jose::Algorithm algorithm, const Value* key, Conduct conduct)
{
    const std::string* text = key ? key->asString() : nullptr;
    if (!text)
        return {Verifying::Key::Absent, std::nullopt};
    const auto publicKey = readPublicKey(*text);
    if (!publicKey)
        return {Verifying::Key::Unreadable, std::nullopt};
    const auto fit = conduct == Conduct::Kong ? jose::Fit::Lenient : jose::Fit::Standard;
    auto verifier = jose::SignatureVerifier::forKey(algorithm, *publicKey, fit);
    if (!verifier)
        return {Verifying::Key::Unfit, std::nullopt};
    const auto curve = jose::info(algorithm).curve;
    return {Verifying::Key::Usable, std::move(*verifier), curve && publicKey->curve() != curve};
}

std::uint64_t nextGeneration() noexcept
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

const Verifying& JwtCredential::verifying(bool secretIsBase64) const noexcept
{
    return secretIsBase64 && algorithm.starts_with("HS") ? decoded : plain;
}

JwtCredentials::JwtCredentials(const Snapshot& snapshot) : m_generation(nextGeneration())
{
    for (const auto& entity : snapshot.entities().all(jwtSecretType().name)) {
        const std::string_view key = entity->text("key");
        const auto* algorithm = jose::findAlgorithm(entity->text("algorithm"));
        if (key.empty() || !algorithm)
            continue;
        JwtCredential credential;
        credential.entity = entity.get();
        credential.consumer = snapshot.findConsumer(entity->reference("consumer"));
        credential.algorithm = entity->text("algorithm");
        if (algorithm->keyType == jose::KeyType::Oct) {
            credential.plain = verifyingBySecret(algorithm->id, entity->fields.find("secret"), false);
            credential.decoded = verifyingBySecret(algorithm->id, entity->fields.find("secret"), true);
        } else {
            credential.plain = verifyingByKey(algorithm->id, entity->fields.find("rsa_public_key"), snapshot.conduct());
        }
        m_byKey.emplace(key, std::move(credential));
    }
}

const JwtCredential* JwtCredentials::find(std::string_view key) const noexcept
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? nullptr : &found->second;
}

const EntityType& jwtSecretType()
{
    static const EntityType type{"jwt_secrets", "jwt_secret", "key", jwtSecretSchema, "jwts", "jwt"};
    return type;
}

} // namespace claimsmith::gateway::jwt
