// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/generate.h"

#include "base/base64.h"
#include "base/random.h"
#include "crypto/rsakeygen.h"
#include "jose/jwk.h"

namespace claimsmith::jose {
namespace {

Result<crypto::PrivateKey> generateRsa(std::size_t bits, const std::atomic<bool>* cancelled)
{
    const int size = static_cast<int>(std::min<std::size_t>(bits, 1U << 20));
    return cancelled ? crypto::generateRsa(size, *cancelled) : crypto::PrivateKey::generateRsa(size);
}

Result<Key> generateSecret(std::size_t bits)
{
    constexpr std::size_t largestSecret = 8192; ///< bits
    if (bits < 8 || bits > largestSecret || bits % 8 != 0)
        return Error{.code = crypto::CryptoErrorCode::SizeRefused, .parameters = {{"bits", std::to_string(bits)}}};
    return Key::fromSecret(SecretBytes(randomBytes(bits / 8)));
}

/// By the name in JWK; KeyCurveUnknown when the type has no such curve.
Result<crypto::PrivateKey> generateOnCurve(KeyType type, std::string_view name)
{
    using crypto::Curve;
    using crypto::KeyKind;
    if (type == KeyType::Ec) {
        for (const Curve curve : {Curve::P256, Curve::P384, Curve::P521, Curve::Secp256k1}) {
            if (curveName(curve) == name)
                return crypto::PrivateKey::generateEc(curve);
        }
    } else {
        for (const KeyKind kind : {KeyKind::Ed25519, KeyKind::Ed448, KeyKind::X25519, KeyKind::X448}) {
            if (octetCurveName(kind) == name)
                return crypto::PrivateKey::generate(kind);
        }
    }
    return Error{.code = JoseErrorCode::KeyCurveUnknown, .parameters = {{"curve", std::string(name)}}};
}

Result<Key> generateMaterial(const KeySpec& spec, std::size_t bits, const std::atomic<bool>* cancelled)
{
    if (spec.type == KeyType::Oct)
        return generateSecret(bits);
    auto made = spec.type == KeyType::Rsa ? generateRsa(bits, cancelled) : generateOnCurve(spec.type, spec.curve);
    if (!made)
        return std::move(made).error();
    return Key::fromPrivate(std::move(made).value());
}

std::size_t usualBits(KeyType type) noexcept
{
    return type == KeyType::Rsa ? 2048 : 256;
}

} // namespace

Result<Key> generateKey(Algorithm algorithm, const GenerateOptions& options)
{
    const AlgorithmInfo& entry = info(algorithm);
    const crypto::KeyKind edwards = entry.edwardsKey.value_or(crypto::KeyKind::Ed25519);
    GenerateOptions sized = options;
    if (sized.bits == 0)
        sized.bits = entry.minimumBits;
    return generateKey(KeySpec{.type = entry.keyType,
                               .curve = std::string(entry.curve ? curveName(*entry.curve) : *octetCurveName(edwards)),
                               .use = "sig",
                               .algorithm = std::string(entry.name)},
                       sized);
}

Result<Key> generateKey(const KeySpec& spec, const GenerateOptions& options)
{
    const std::size_t bits = options.bits == 0 ? usualBits(spec.type) : options.bits;
    CLAIMSMITH_TRY(const Key key, generateMaterial(spec, bits, options.cancelled));
    KeyMetadata metadata{.id = options.id, .use = spec.use, .algorithm = spec.algorithm};
    if (metadata.id.empty())
        metadata.id = key.secret() != nullptr ? randomUuid() : toBase64Url(key.thumbprint());
    return key.withMetadata(std::move(metadata));
}

KeySpec specFor(KeyManagement algorithm, ContentEncryption encryption, std::size_t& bits)
{
    const KeyManagementInfo& entry = info(algorithm);
    KeySpec spec{.type = KeyType::Oct, .use = "enc", .algorithm = std::string(entry.name)};
    switch (entry.family) {
    case KeyManagementFamily::RsaOaep:
    case KeyManagementFamily::RsaPkcs1:
        spec.type = KeyType::Rsa;
        break;
    case KeyManagementFamily::KeyAgreement:
        spec.type = KeyType::Ec;
        spec.curve = "P-256";
        break;
    case KeyManagementFamily::Direct:
        bits = info(encryption).keySize() * 8;
        break;
    case KeyManagementFamily::KeyWrap:
    case KeyManagementFamily::GcmKeyWrap:
        bits = entry.wrappingBits;
        break;
    case KeyManagementFamily::Password:
        break;
    }
    return spec;
}

} // namespace claimsmith::jose
