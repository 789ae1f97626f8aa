// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/encryption.h"

#include "jose/jwk.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using crypto::DigestKind;
using Family = KeyManagementFamily;
using Management = KeyManagement;

constexpr std::string_view gcmKeyWrapStandard = "RFC 7518 §4.7";
constexpr std::string_view keyAgreementStandard = "RFC 7518 §4.6";
constexpr std::string_view keyWrapStandard = "RFC 7518 §4.4";
constexpr std::string_view oaepStandard = "RFC 7518 §4.3";
constexpr std::string_view passwordStandard = "RFC 7518 §4.8";

constexpr std::array<KeyManagementInfo, 19> managements{{
    {Management::RsaOaep, "RSA-OAEP", Family::RsaOaep, DigestKind::Sha1, 0, oaepStandard},
    {Management::RsaOaep256, "RSA-OAEP-256", Family::RsaOaep, DigestKind::Sha256, 0, oaepStandard},
    {Management::RsaOaep384, "RSA-OAEP-384", Family::RsaOaep, DigestKind::Sha384, 0, oaepStandard},
    {Management::RsaOaep512, "RSA-OAEP-512", Family::RsaOaep, DigestKind::Sha512, 0, oaepStandard},
    {Management::EcdhEs, "ECDH-ES", Family::KeyAgreement, {}, 0, keyAgreementStandard},
    {Management::EcdhEsA128Kw, "ECDH-ES+A128KW", Family::KeyAgreement, {}, 128, keyAgreementStandard},
    {Management::EcdhEsA192Kw, "ECDH-ES+A192KW", Family::KeyAgreement, {}, 192, keyAgreementStandard},
    {Management::EcdhEsA256Kw, "ECDH-ES+A256KW", Family::KeyAgreement, {}, 256, keyAgreementStandard},
    {Management::A128Kw, "A128KW", Family::KeyWrap, {}, 128, keyWrapStandard},
    {Management::A192Kw, "A192KW", Family::KeyWrap, {}, 192, keyWrapStandard},
    {Management::A256Kw, "A256KW", Family::KeyWrap, {}, 256, keyWrapStandard},
    {Management::A128GcmKw, "A128GCMKW", Family::GcmKeyWrap, {}, 128, gcmKeyWrapStandard},
    {Management::A192GcmKw, "A192GCMKW", Family::GcmKeyWrap, {}, 192, gcmKeyWrapStandard},
    {Management::A256GcmKw, "A256GCMKW", Family::GcmKeyWrap, {}, 256, gcmKeyWrapStandard},
    {Management::Direct, "dir", Family::Direct, {}, 0, "RFC 7518 §4.5"},
    {Management::Pbes2Hs256A128Kw, "PBES2-HS256+A128KW", Family::Password, DigestKind::Sha256, 128, passwordStandard},
    {Management::Pbes2Hs384A192Kw, "PBES2-HS384+A192KW", Family::Password, DigestKind::Sha384, 192, passwordStandard},
    {Management::Pbes2Hs512A256Kw, "PBES2-HS512+A256KW", Family::Password, DigestKind::Sha512, 256, passwordStandard},
    {Management::Rsa1_5, "RSA1_5", Family::RsaPkcs1, {}, 0, "RFC 7518 §4.2"},
}};

constexpr std::array<ContentEncryptionInfo, 6> encryptions{{
    {ContentEncryption::A128CbcHs256, "A128CBC-HS256", "RFC 7518 §5.2.3"},
    {ContentEncryption::A192CbcHs384, "A192CBC-HS384", "RFC 7518 §5.2.4"},
    {ContentEncryption::A256CbcHs512, "A256CBC-HS512", "RFC 7518 §5.2.5"},
    {ContentEncryption::A128Gcm, "A128GCM", "RFC 7518 §5.3"},
    {ContentEncryption::A192Gcm, "A192GCM", "RFC 7518 §5.3"},
    {ContentEncryption::A256Gcm, "A256GCM", "RFC 7518 §5.3"},
}};

template <class Table>
constexpr bool isInOrder(const Table& table)
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].id) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder(managements) && isInOrder(encryptions));

template <class Table>
auto findByName(const Table& table, std::string_view name) noexcept
{
    const auto found = std::ranges::find(table, name, [](const auto& entry) { return entry.name; });
    return found == table.end() ? nullptr : &*found;
}

// ---- Which key fits

Error refusal(JoseErrorCode code, std::string_view expected, std::string_view found)
{
    return {.code = code, .parameters = {{"expected", std::string(expected)}, {"found", std::string(found)}}};
}

/// The types of key that a family takes. RFC 7518 §4.1, RFC 8037 §3.2.
bool takes(Family family, KeyType type) noexcept
{
    switch (family) {
    case Family::RsaOaep:
    case Family::RsaPkcs1:
        return type == KeyType::Rsa;
    case Family::KeyAgreement:
        return type == KeyType::Ec || type == KeyType::Okp;
    default:
        return type == KeyType::Oct;
    }
}

std::string_view typesOf(Family family) noexcept
{
    if (takes(family, KeyType::Rsa))
        return "RSA";
    return takes(family, KeyType::Ec) ? "EC, OKP" : "oct";
}

bool canAgree(const crypto::PublicKey& key) noexcept
{
    const crypto::KeyKind kind = key.kind();
    if (kind == crypto::KeyKind::X25519 || kind == crypto::KeyKind::X448)
        return true;
    return kind == crypto::KeyKind::Ec && key.curve() != crypto::Curve::Secp256k1;
}

/// Bits that a secret has to have; 0 for a password, which may be of any length.
std::size_t secretBits(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption) noexcept
{
    if (algorithm.family == Family::Direct)
        return encryption.keySize() * 8;
    return algorithm.family == Family::Password ? 0 : algorithm.wrappingBits;
}

Result<void> checkKind(const Key& key, const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption)
{
    if (!takes(algorithm.family, key.type()))
        return refusal(JoseErrorCode::KeyOfOtherType, typesOf(algorithm.family), toString(key.type()));
    if (const crypto::PublicKey* open = key.publicKey()) {
        if (open->kind() == crypto::KeyKind::RsaPss)
            return refusal(JoseErrorCode::KeyOfOtherType, "RSA", open->typeName());
        if (algorithm.family == Family::KeyAgreement && !canAgree(*open))
            return refusal(JoseErrorCode::KeyOfOtherCurve, "P-256, P-384, P-521, X25519, X448", key.curveName());
        return {};
    }
    const std::size_t bits = secretBits(algorithm, encryption);
    if (bits != 0 && bits != key.bits())
        return refusal(JoseErrorCode::KeyOfOtherSize, std::to_string(bits), std::to_string(key.bits()));
    return {};
}

struct Operations
{
    std::array<std::string_view, 2> encrypt;
    std::array<std::string_view, 2> decrypt;
};

/// The key_ops that permit a family (RFC 7517 §4.3): wrapping is encrypting a key, and both names are in use.
constexpr Operations operationsOf(Family family) noexcept
{
    if (family == Family::KeyAgreement || family == Family::Password)
        return {{"deriveKey", "deriveBits"}, {"deriveKey", "deriveBits"}};
    return {{"encrypt", "wrapKey"}, {"decrypt", "unwrapKey"}};
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

Result<void> checkOperations(const Key& key, Family family, EncryptionPurpose purpose)
{
    const auto& listed = key.metadata().operations;
    // The public half of a key agreement has nothing to list: the derivation is the ephemeral key's.
    if (!listed || (family == Family::KeyAgreement && purpose == EncryptionPurpose::Encrypt))
        return {};
    const Operations operations = operationsOf(family);
    const auto permits = [&](const std::array<std::string_view, 2>& names) {
        return std::ranges::any_of(
            names, [&](std::string_view name) { return std::ranges::find(*listed, name) != listed->end(); });
    };
    const bool isDecrypting = purpose == EncryptionPurpose::Decrypt;
    // Who holds the half that may decrypt may encrypt to himself.
    if (permits(isDecrypting ? operations.decrypt : operations.encrypt) ||
        (!isDecrypting && key.canSign() && permits(operations.decrypt)))
        return {};
    return refusal(JoseErrorCode::KeyForOtherOperation,
                   isDecrypting ? operations.decrypt.front() : operations.encrypt.front(), joined(*listed));
}

} // namespace

bool KeyManagementInfo::isDirect() const noexcept
{
    return family == Family::Direct || (family == Family::KeyAgreement && wrappingBits == 0);
}

std::span<const KeyManagementInfo> keyManagements() noexcept
{
    return managements;
}

const KeyManagementInfo& info(KeyManagement algorithm) noexcept
{
    return managements[static_cast<std::size_t>(algorithm)];
}

std::string_view toString(KeyManagement algorithm) noexcept
{
    return info(algorithm).name;
}

const KeyManagementInfo* findKeyManagement(std::string_view name) noexcept
{
    return findByName(managements, name);
}

std::span<const ContentEncryptionInfo> contentEncryptions() noexcept
{
    return encryptions;
}

const ContentEncryptionInfo& info(ContentEncryption encryption) noexcept
{
    return encryptions[static_cast<std::size_t>(encryption)];
}

std::string_view toString(ContentEncryption encryption) noexcept
{
    return info(encryption).name;
}

const ContentEncryptionInfo* findContentEncryption(std::string_view name) noexcept
{
    return findByName(encryptions, name);
}

Result<void> checkSuitable(const Key& key, const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                           EncryptionPurpose purpose)
{
    CLAIMSMITH_CHECK(checkKind(key, algorithm, encryption));
    const KeyMetadata& words = key.metadata();
    const bool namesContent = algorithm.family == Family::Direct && words.algorithm == encryption.name;
    if (!words.algorithm.empty() && words.algorithm != algorithm.name && !namesContent)
        return refusal(JoseErrorCode::KeyForOtherAlgorithm, algorithm.name, words.algorithm);
    if (!words.use.empty() && words.use != "enc")
        return refusal(JoseErrorCode::KeyForOtherUse, "enc", words.use);
    if (purpose == EncryptionPurpose::Decrypt && !key.canSign())
        return Error{.code = JoseErrorCode::KeyNotPrivate};
    constexpr std::size_t shortestRsa = 2048; // RFC 7518 §4.2, §4.3
    if (purpose == EncryptionPurpose::Encrypt && key.type() == KeyType::Rsa && key.bits() < shortestRsa)
        return refusal(JoseErrorCode::KeyTooShort, std::to_string(shortestRsa), std::to_string(key.bits()));
    return checkOperations(key, algorithm.family, purpose);
}

std::vector<KeyManagement> keyManagementsFor(const Key& key)
{
    std::vector<KeyManagement> fitting;
    for (const KeyManagementInfo& algorithm : managements) {
        const bool fits = std::ranges::any_of(encryptions, [&](const ContentEncryptionInfo& encryption) {
            return checkKind(key, algorithm, encryption).hasValue();
        });
        if (algorithm.family == Family::RsaPkcs1 || !fits)
            continue;
        const bool isNamed = algorithm.name == key.metadata().algorithm;
        fitting.insert(isNamed ? fitting.begin() : fitting.end(), algorithm.id);
    }
    return fitting;
}

} // namespace claimsmith::jose
