// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/algorithm.h"

#include <array>

namespace claimsmith::jose {
namespace {

using crypto::Curve;
using crypto::DigestKind;
using crypto::KeyKind;
using crypto::SignatureFamily;

constexpr AlgorithmInfo hmac(Algorithm id, std::string_view name, DigestKind digest, std::size_t bits)
{
    return {id, name, KeyType::Oct, digest, {}, {}, {}, bits, "RFC 7518 §3.2"};
}

constexpr AlgorithmInfo rsa(Algorithm id, std::string_view name, DigestKind digest)
{
    return {id, name, KeyType::Rsa, digest, SignatureFamily::RsaPkcs1, {}, {}, 2048, "RFC 7518 §3.3"};
}

constexpr AlgorithmInfo pss(Algorithm id, std::string_view name, DigestKind digest)
{
    return {id, name, KeyType::Rsa, digest, SignatureFamily::RsaPss, {}, {}, 2048, "RFC 7518 §3.5"};
}

constexpr AlgorithmInfo ecdsa(Algorithm id, std::string_view name, DigestKind digest, Curve curve,
                              std::string_view standard)
{
    return {id, name, KeyType::Ec, digest, SignatureFamily::Ecdsa, curve, {}, 0, standard};
}

constexpr AlgorithmInfo eddsa(Algorithm id, std::string_view name, std::optional<KeyKind> kind,
                              std::string_view standard)
{
    return {id, name, KeyType::Okp, {}, SignatureFamily::EdDsa, {}, kind, 0, standard};
}

constexpr std::array<AlgorithmInfo, 16> table{{
    hmac(Algorithm::HS256, "HS256", DigestKind::Sha256, 256),
    hmac(Algorithm::HS384, "HS384", DigestKind::Sha384, 384),
    hmac(Algorithm::HS512, "HS512", DigestKind::Sha512, 512),
    rsa(Algorithm::RS256, "RS256", DigestKind::Sha256),
    rsa(Algorithm::RS384, "RS384", DigestKind::Sha384),
    rsa(Algorithm::RS512, "RS512", DigestKind::Sha512),
    pss(Algorithm::PS256, "PS256", DigestKind::Sha256),
    pss(Algorithm::PS384, "PS384", DigestKind::Sha384),
    pss(Algorithm::PS512, "PS512", DigestKind::Sha512),
    ecdsa(Algorithm::ES256, "ES256", DigestKind::Sha256, Curve::P256, "RFC 7518 §3.4"),
    ecdsa(Algorithm::ES384, "ES384", DigestKind::Sha384, Curve::P384, "RFC 7518 §3.4"),
    ecdsa(Algorithm::ES512, "ES512", DigestKind::Sha512, Curve::P521, "RFC 7518 §3.4"),
    ecdsa(Algorithm::ES256K, "ES256K", DigestKind::Sha256, Curve::Secp256k1, "RFC 8812 §3.2"),
    eddsa(Algorithm::EdDSA, "EdDSA", std::nullopt, "RFC 8037 §3.1"),
    eddsa(Algorithm::Ed25519, "Ed25519", KeyKind::Ed25519, "RFC 9864 §2.2"),
    eddsa(Algorithm::Ed448, "Ed448", KeyKind::Ed448, "RFC 9864 §2.2"),
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].id) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder());

} // namespace

std::string_view toString(KeyType type) noexcept
{
    constexpr std::array<std::string_view, 4> names{"oct", "RSA", "EC", "OKP"};
    return names[static_cast<std::size_t>(type)];
}

std::span<const AlgorithmInfo> algorithms() noexcept
{
    return table;
}

const AlgorithmInfo& info(Algorithm algorithm) noexcept
{
    return table[static_cast<std::size_t>(algorithm)];
}

std::string_view toString(Algorithm algorithm) noexcept
{
    return info(algorithm).name;
}

const AlgorithmInfo* findAlgorithm(std::string_view name) noexcept
{
    for (const AlgorithmInfo& algorithm : table) {
        if (algorithm.name == name)
            return &algorithm;
    }
    return nullptr;
}

std::string_view standardOfForeign(std::string_view name) noexcept
{
    struct Foreign
    {
        std::string_view prefix;
        std::string_view standard;
    };
    static constexpr std::array<Foreign, 5> families{{
        {"ML-DSA-", "FIPS 204"},
        {"SLH-DSA-", "FIPS 205"},
        {"FN-DSA-", "FIPS 206"},
        {"BBS", "draft-irtf-cfrg-bbs-signatures"},
        {"HSS-LMS", "RFC 8554"},
    }};
    for (const Foreign& family : families) {
        if (name.substr(0, family.prefix.size()) == family.prefix)
            return family.standard;
    }
    return {};
}

bool fits(const AlgorithmInfo& algorithm, const crypto::AsymmetricKey& key) noexcept
{
    const KeyKind kind = key.kind();
    switch (algorithm.keyType) {
    case KeyType::Oct:
        return false;
    case KeyType::Rsa:
        return kind == KeyKind::Rsa || (kind == KeyKind::RsaPss && algorithm.family == SignatureFamily::RsaPss);
    case KeyType::Ec:
        return kind == KeyKind::Ec && key.curve() == algorithm.curve;
    case KeyType::Okp:
        return algorithm.edwardsKey ? kind == *algorithm.edwardsKey
                                    : kind == KeyKind::Ed25519 || kind == KeyKind::Ed448;
    }
    return false;
}

} // namespace claimsmith::jose
