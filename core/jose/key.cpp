// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/key.h"

#include "document/json.h"
#include "jose/jwk.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace claimsmith::jose {
namespace {

struct Pair
{
    crypto::PrivateKey secret;
    crypto::PublicKey open;
};

Error unsupported(const crypto::AsymmetricKey& key)
{
    if (key.kind() == crypto::KeyKind::Ec)
        return {.code = JoseErrorCode::KeyCurveUnknown,
                .parameters = {{"curve", std::to_string(key.bits()) + " bits"}}};
    return {.code = JoseErrorCode::KeyTypeUnknown, .parameters = {{"type", key.typeName()}}};
}

/// The curve's name in JWK; empty for RSA, nothing for keys that JOSE does not know.
std::optional<std::string_view> jwkCurve(const crypto::AsymmetricKey& key)
{
    switch (key.kind()) {
    case crypto::KeyKind::Rsa:
    case crypto::KeyKind::RsaPss:
        return "";
    case crypto::KeyKind::Ec:
        return key.curve() ? std::optional(curveName(*key.curve())) : std::nullopt;
    default:
        return octetCurveName(key.kind());
    }
}

} // namespace

struct Key::Content
{
    std::variant<SecretBytes, crypto::PublicKey, Pair> material;
    std::string_view curve = {};
};

Key::Key(std::shared_ptr<const Content> content, KeyMetadata metadata)
    : m_content(std::move(content)), m_metadata(std::move(metadata))
{
}

Key Key::fromSecret(SecretBytes secret, KeyMetadata metadata)
{
    return {std::make_shared<const Content>(Content{.material = std::move(secret)}), std::move(metadata)};
}

Result<Key> Key::fromPublic(crypto::PublicKey key, KeyMetadata metadata)
{
    const std::optional<std::string_view> curve = jwkCurve(key);
    if (!curve)
        return unsupported(key);
    return Key(std::make_shared<const Content>(Content{.material = std::move(key), .curve = *curve}),
               std::move(metadata));
}

Result<Key> Key::fromPrivate(crypto::PrivateKey key, KeyMetadata metadata)
{
    const std::optional<std::string_view> curve = jwkCurve(key);
    if (!curve)
        return unsupported(key);
    crypto::PublicKey open = key.publicKey();
    Pair pair{.secret = std::move(key), .open = std::move(open)};
    return Key(std::make_shared<const Content>(Content{.material = std::move(pair), .curve = *curve}),
               std::move(metadata));
}

KeyType Key::type() const noexcept
{
    const crypto::PublicKey* open = publicKey();
    if (open == nullptr)
        return KeyType::Oct;
    switch (open->kind()) {
    case crypto::KeyKind::Rsa:
    case crypto::KeyKind::RsaPss:
        return KeyType::Rsa;
    case crypto::KeyKind::Ec:
        return KeyType::Ec;
    default:
        return KeyType::Okp;
    }
}

std::string_view Key::curveName() const noexcept
{
    return m_content->curve;
}

std::size_t Key::bits() const noexcept
{
    const SecretBytes* octets = secret();
    return octets != nullptr ? octets->size() * 8 : static_cast<std::size_t>(publicKey()->bits());
}

Key Key::withMetadata(KeyMetadata metadata) const
{
    return {m_content, std::move(metadata)};
}

const SecretBytes* Key::secret() const noexcept
{
    return std::get_if<SecretBytes>(&m_content->material);
}

const crypto::PublicKey* Key::publicKey() const noexcept
{
    if (const auto* pair = std::get_if<Pair>(&m_content->material))
        return &pair->open;
    return std::get_if<crypto::PublicKey>(&m_content->material);
}

const crypto::PrivateKey* Key::privateKey() const noexcept
{
    const auto* pair = std::get_if<Pair>(&m_content->material);
    return pair == nullptr ? nullptr : &pair->secret;
}

std::optional<Key> Key::publicPart() const
{
    const crypto::PublicKey* open = publicKey();
    if (open == nullptr)
        return std::nullopt;
    KeyMetadata metadata = m_metadata;
    if (metadata.operations) {
        for (std::string& operation : *metadata.operations) {
            if (operation == "sign")
                operation = "verify";
            else if (operation == "decrypt")
                operation = "encrypt";
            else if (operation == "unwrapKey")
                operation = "wrapKey";
        }
        auto& list = *metadata.operations;
        std::vector<std::string> distinct;
        for (std::string& operation : list) {
            if (std::ranges::find(distinct, operation) == distinct.end())
                distinct.push_back(std::move(operation));
        }
        list = std::move(distinct);
    }
    return Key(std::make_shared<const Content>(Content{.material = *open, .curve = m_content->curve}),
               std::move(metadata));
}

Bytes Key::thumbprint(crypto::DigestKind digest) const
{
    return crypto::digest(digest, thumbprintInput(*this).view());
}

namespace {

Error refusal(JoseErrorCode code, std::string_view expected, std::string_view found)
{
    return {.code = code, .parameters = {{"expected", std::string(expected)}, {"found", std::string(found)}}};
}

Result<void> checkKind(const Key& key, const AlgorithmInfo& algorithm)
{
    if (key.type() != algorithm.keyType)
        return refusal(JoseErrorCode::KeyOfOtherType, toString(algorithm.keyType), toString(key.type()));
    const crypto::PublicKey* open = key.publicKey();
    if (open == nullptr || fits(algorithm, *open))
        return {};
    if (algorithm.keyType == KeyType::Rsa) // a key that is for PSS alone
        return refusal(JoseErrorCode::KeyOfOtherType, "RSA", open->typeName());
    const std::string_view expected = algorithm.curve        ? curveName(*algorithm.curve)
                                      : algorithm.edwardsKey ? *octetCurveName(*algorithm.edwardsKey)
                                                             : "Ed25519, Ed448";
    return refusal(JoseErrorCode::KeyOfOtherCurve, expected, key.curveName());
}

/// RFC 9864 §2.2 makes "EdDSA" the older, wider name of the two others.
bool namesSame(std::string_view bound, const AlgorithmInfo& algorithm, const Key& key)
{
    if (bound == algorithm.name)
        return true;
    const bool boundIsWide = bound == "EdDSA" && algorithm.keyType == KeyType::Okp;
    return boundIsWide || (algorithm.id == Algorithm::EdDSA && bound == key.curveName());
}

} // namespace

Result<void> checkSuitable(const Key& key, const AlgorithmInfo& algorithm, KeyPurpose purpose)
{
    CLAIMSMITH_CHECK(checkKind(key, algorithm));
    const KeyMetadata& words = key.metadata();
    if (!words.algorithm.empty() && !namesSame(words.algorithm, algorithm, key))
        return refusal(JoseErrorCode::KeyForOtherAlgorithm, algorithm.name, words.algorithm);
    if (!words.use.empty() && words.use != "sig")
        return refusal(JoseErrorCode::KeyForOtherUse, "sig", words.use);
    if (purpose == KeyPurpose::Sign && !key.canSign())
        return Error{.code = JoseErrorCode::KeyNotPrivate};
    if (!words.operations)
        return {};
    // A pair that may sign may verify its own signatures: RFC 7517 §4.3 speaks of the private half.
    const auto permits = [&](std::string_view operation) {
        return std::ranges::find(*words.operations, operation) != words.operations->end();
    };
    const bool isPermitted = permits(purpose == KeyPurpose::Sign ? "sign" : "verify") ||
                             (purpose == KeyPurpose::Verify && key.canSign() && permits("sign"));
    if (isPermitted)
        return {};
    std::string found;
    for (const std::string& operation : *words.operations)
        found += (found.empty() ? "" : ", ") + operation;
    return refusal(JoseErrorCode::KeyForOtherOperation, purpose == KeyPurpose::Sign ? "sign" : "verify", found);
}

std::vector<Algorithm> algorithmsFor(const Key& key)
{
    std::vector<Algorithm> fitting;
    for (const AlgorithmInfo& algorithm : algorithms()) {
        if (!checkKind(key, algorithm))
            continue;
        const bool isNamed = algorithm.name == key.metadata().algorithm;
        fitting.insert(isNamed ? fitting.begin() : fitting.end(), algorithm.id);
    }
    return fitting;
}

} // namespace claimsmith::jose
