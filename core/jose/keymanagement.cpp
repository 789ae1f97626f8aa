// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/keymanagement.h"

#include "base/random.h"
#include "crypto/cipher.h"
#include "crypto/derive.h"
#include "crypto/keywrap.h"
#include "crypto/rsacipher.h"
#include "jose/jwk.h"
#include "jose/segment.h"

#include <optional>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;
using Family = KeyManagementFamily;

constexpr std::uint64_t defaultIterations = 600'000; ///< OWASP's figure for SHA-256
constexpr std::size_t saltSize = 16;
constexpr std::size_t minimumSaltSize = 8; ///< RFC 7518 §4.8.1.1

// ---- Header parameters

Result<Bytes> octets(const HeaderView& header, std::string_view member)
{
    const Value* value = header.find(member);
    if (value == nullptr)
        return headerError(JoseErrorCode::HeaderMemberMissing, member);
    const std::string* text = value->asString();
    std::optional<Bytes> bytes = text == nullptr ? std::nullopt : fromBase64Url(*text);
    if (!bytes)
        return headerError(JoseErrorCode::HeaderMemberBase64, member);
    return std::move(*bytes);
}

Result<Bytes> octets(const HeaderView& header, std::string_view member, std::size_t size)
{
    CLAIMSMITH_TRY(Bytes bytes, octets(header, member));
    if (bytes.size() == size)
        return bytes;
    Error error = headerError(JoseErrorCode::HeaderMemberLength, member);
    error.parameters.emplace_back("expected", std::to_string(size));
    error.parameters.emplace_back("found", std::to_string(bytes.size()));
    return error;
}

/// Empty when the member is absent.
Result<Bytes> optionalOctets(const HeaderView& header, std::string_view member)
{
    if (header.find(member) == nullptr)
        return Bytes();
    return octets(header, member);
}

Result<std::uint64_t> iterationsOf(const Value& value, const IterationBudget& budget)
{
    const document::Number* number = value.asNumber();
    const auto count = number == nullptr ? std::nullopt : number->toInteger();
    const bool isPermitted = count && *count >= 0 && static_cast<std::uint64_t>(*count) >= budget.minimum &&
                             static_cast<std::uint64_t>(*count) <= budget.remaining;
    if (isPermitted)
        return static_cast<std::uint64_t>(*count);
    Error error = headerError(JoseErrorCode::IterationsRefused, "p2c");
    error.parameters.emplace_back("found", number == nullptr ? "" : number->text());
    error.parameters.emplace_back("minimum", std::to_string(budget.minimum));
    error.parameters.emplace_back("maximum", std::to_string(budget.remaining));
    return error;
}

// ---- Key agreement, RFC 7518 §4.6

void appendNumber(Bytes& info, std::size_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        info += static_cast<char>(number >> shift);
}

void appendSized(Bytes& info, BytesView data)
{
    appendNumber(info, data.size());
    info.append(data);
}

/// RFC 7518 §4.6.2. What is derived is the content's key or, with wrapping bits, the one that wraps it.
Result<SecretBytes> derivedKey(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                               const HeaderView& header, const SecretBytes& sharedSecret)
{
    const bool isDirect = algorithm.isDirect();
    const std::size_t size = isDirect ? encryption.keySize() : algorithm.wrappingBits / 8;
    CLAIMSMITH_TRY(const Bytes producer, optionalOctets(header, "apu"));
    CLAIMSMITH_TRY(const Bytes consumer, optionalOctets(header, "apv"));
    Bytes info;
    appendSized(info, isDirect ? encryption.name : algorithm.name);
    appendSized(info, producer);
    appendSized(info, consumer);
    appendNumber(info, size * 8);
    return crypto::concatKdf(sharedSecret, info, size);
}

/// RFC 7518 §4.6.1.1: a public key on the recipient's curve, and nothing else. Looked at before any of its numbers is:
/// reading an RSA key costs seconds of whoever is sent one.
bool isEphemeral(const Value& value, const Key& recipient)
{
    const std::string* type = value.findString("kty");
    const std::string* curve = value.findString("crv");
    return type != nullptr && curve != nullptr && *type == toString(recipient.type()) &&
           *curve == recipient.curveName() && value.find("d") == nullptr && value.find("x5c") == nullptr;
}

Result<crypto::PublicKey> ephemeralKey(const HeaderView& header, const Key& recipient)
{
    const Value* value = header.find("epk");
    if (value == nullptr)
        return headerError(JoseErrorCode::HeaderMemberMissing, "epk");
    Error error = headerError(JoseErrorCode::EphemeralKeyInvalid, "epk");
    if (!isEphemeral(*value, recipient))
        return error;
    auto key = readJwk(*value);
    if (key && key->publicKey() != nullptr)
        return *key->publicKey();
    if (!key)
        error.cause = std::make_shared<const Error>(std::move(key).error());
    return error;
}

Result<SecretBytes> agreedKey(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                              const Key& key, const HeaderView& header)
{
    CLAIMSMITH_TRY(const crypto::PublicKey peer, ephemeralKey(header, key));
    auto secret = crypto::agree(*key.privateKey(), peer);
    if (!secret) {
        Error error = headerError(JoseErrorCode::EphemeralKeyInvalid, "epk");
        error.cause = std::make_shared<const Error>(std::move(secret).error());
        return error;
    }
    return derivedKey(algorithm, encryption, header, *secret);
}

Result<crypto::PrivateKey> newEphemeralKey(const crypto::PublicKey& peer)
{
    return peer.curve() ? crypto::PrivateKey::generateEc(*peer.curve()) : crypto::PrivateKey::generate(peer.kind());
}

// ---- Passwords, RFC 7518 §4.8

Result<SecretBytes> passwordKey(const KeyManagementInfo& algorithm, const Key& key, BytesView saltInput,
                                std::uint64_t iterations)
{
    Bytes salt(algorithm.name);
    salt.append(1, '\0').append(saltInput);
    return crypto::pbkdf2(algorithm.digest, *key.secret(), salt, iterations, algorithm.wrappingBits / 8);
}

Result<SecretBytes> passwordKey(const KeyManagementInfo& algorithm, const Key& key, const HeaderView& header,
                                IterationBudget& budget)
{
    CLAIMSMITH_TRY(const Bytes saltInput, octets(header, "p2s"));
    if (saltInput.size() < minimumSaltSize) {
        Error error = headerError(JoseErrorCode::HeaderMemberLength, "p2s");
        error.parameters.emplace_back("expected", std::to_string(minimumSaltSize));
        error.parameters.emplace_back("found", std::to_string(saltInput.size()));
        return error;
    }
    const Value* count = header.find("p2c");
    if (count == nullptr)
        return headerError(JoseErrorCode::HeaderMemberMissing, "p2c");
    CLAIMSMITH_TRY(const std::uint64_t iterations, iterationsOf(*count, budget));
    budget.remaining -= iterations;
    return passwordKey(algorithm, key, saltInput, iterations);
}

// ---- AES-GCM key wrap, RFC 7518 §4.7

crypto::AeadKind gcmOf(const KeyManagementInfo& algorithm) noexcept
{
    switch (algorithm.wrappingBits) {
    case 128:
        return crypto::AeadKind::A128Gcm;
    case 192:
        return crypto::AeadKind::A192Gcm;
    default:
        return crypto::AeadKind::A256Gcm;
    }
}

Result<KeyDelivery> deliverByGcm(const KeyManagementInfo& algorithm, const Key& key, const SecretBytes& contentKey)
{
    const Bytes nonce = randomBytes(crypto::gcmNonceSize);
    CLAIMSMITH_TRY(crypto::Sealed sealed, crypto::seal(gcmOf(algorithm), *key.secret(), nonce, contentKey.view(), {}));
    KeyDelivery delivery{.contentKey = contentKey.clone(), .encryptedKey = std::move(sealed.ciphertext)};
    delivery.parameters.append("iv", toBase64Url(nonce));
    delivery.parameters.append("tag", toBase64Url(sealed.tag));
    return delivery;
}

Result<SecretBytes> recoverByGcm(const KeyManagementInfo& algorithm, const Key& key, const HeaderView& header,
                                 BytesView encryptedKey)
{
    CLAIMSMITH_TRY(const Bytes nonce, octets(header, "iv", crypto::gcmNonceSize));
    CLAIMSMITH_TRY(Bytes tag, octets(header, "tag", crypto::gcmTagSize));
    return crypto::open(gcmOf(algorithm), *key.secret(), nonce,
                        {.ciphertext = Bytes(encryptedKey), .tag = std::move(tag)}, {});
}

// ---- The families

Result<KeyDelivery> wrapped(const SecretBytes& wrappingKey, const SecretBytes& contentKey, Object parameters = {})
{
    CLAIMSMITH_TRY(Bytes encryptedKey, crypto::wrapKey(wrappingKey, contentKey));
    return KeyDelivery{
        .contentKey = contentKey.clone(), .encryptedKey = std::move(encryptedKey), .parameters = std::move(parameters)};
}

Result<KeyDelivery> deliverByRsa(const KeyManagementInfo& algorithm, const Key& key, const SecretBytes& contentKey)
{
    CLAIMSMITH_TRY(Bytes encryptedKey, algorithm.family == Family::RsaPkcs1
                                           ? crypto::encryptPkcs1(*key.publicKey(), contentKey)
                                           : crypto::encryptOaep(*key.publicKey(), algorithm.digest, contentKey));
    return KeyDelivery{.contentKey = contentKey.clone(), .encryptedKey = std::move(encryptedKey)};
}

Result<KeyDelivery> deliverByAgreement(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                                       const Key& key, const HeaderView& header, const SecretBytes* contentKey)
{
    CLAIMSMITH_TRY(const crypto::PrivateKey ephemeral, newEphemeralKey(*key.publicKey()));
    CLAIMSMITH_TRY(const Key open, Key::fromPublic(ephemeral.publicKey()));
    CLAIMSMITH_TRY(const SecretBytes secret, crypto::agree(ephemeral, *key.publicKey()));
    CLAIMSMITH_TRY(SecretBytes derived, derivedKey(algorithm, encryption, header, secret));
    Object parameters;
    parameters.append("epk", writeJwk(open, KeyParts::Public));
    if (algorithm.isDirect())
        return KeyDelivery{.contentKey = std::move(derived), .encryptedKey = {}, .parameters = std::move(parameters)};
    return wrapped(derived, *contentKey, std::move(parameters));
}

Result<KeyDelivery> deliverByPassword(const KeyManagementInfo& algorithm, const Key& key, const HeaderView& header,
                                      const SecretBytes& contentKey)
{
    std::uint64_t iterations = defaultIterations;
    Object parameters;
    if (const Value* count = header.find("p2c")) {
        constexpr IterationBudget bounds{.minimum = 1, .remaining = 10'000'000};
        CLAIMSMITH_TRY(iterations, iterationsOf(*count, bounds));
    } else {
        parameters.append("p2c", iterations);
    }
    const Bytes saltInput = randomBytes(saltSize);
    parameters.append("p2s", toBase64Url(saltInput));
    CLAIMSMITH_TRY(const SecretBytes wrappingKey, passwordKey(algorithm, key, saltInput, iterations));
    return wrapped(wrappingKey, contentKey, std::move(parameters));
}

/// The key, or why it can't be had; a failure of the cryptography itself is crypto's error.
Result<SecretBytes> unwrapped(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                              const Key& key, const HeaderView& header, BytesView encryptedKey,
                              IterationBudget& iterations)
{
    switch (algorithm.family) {
    case Family::RsaOaep:
        return crypto::decryptOaep(*key.privateKey(), algorithm.digest, encryptedKey);
    case Family::RsaPkcs1:
        return crypto::decryptPkcs1(*key.privateKey(), encryptedKey, encryption.keySize());
    case Family::KeyAgreement: {
        CLAIMSMITH_TRY(SecretBytes derived, agreedKey(algorithm, encryption, key, header));
        return algorithm.isDirect() ? Result<SecretBytes>(std::move(derived))
                                    : crypto::unwrapKey(derived, encryptedKey);
    }
    case Family::KeyWrap:
        return crypto::unwrapKey(*key.secret(), encryptedKey);
    case Family::GcmKeyWrap:
        return recoverByGcm(algorithm, key, header, encryptedKey);
    case Family::Direct:
        return key.secret()->clone();
    case Family::Password: {
        CLAIMSMITH_TRY(const SecretBytes wrappingKey, passwordKey(algorithm, key, header, iterations));
        return crypto::unwrapKey(wrappingKey, encryptedKey);
    }
    }
    return Error{.code = JoseErrorCode::AlgorithmUnknown};
}

} // namespace

const Value* HeaderView::find(std::string_view name) const noexcept
{
    for (const Object* members : m_members) {
        if (const Value* value = members->find(name))
            return value;
    }
    return nullptr;
}

Result<KeyDelivery> deliver(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption, const Key& key,
                            const HeaderView& header, const SecretBytes* contentKey)
{
    switch (algorithm.family) {
    case Family::RsaOaep:
    case Family::RsaPkcs1:
        return deliverByRsa(algorithm, key, *contentKey);
    case Family::KeyAgreement:
        return deliverByAgreement(algorithm, encryption, key, header, contentKey);
    case Family::KeyWrap:
        return wrapped(*key.secret(), *contentKey);
    case Family::GcmKeyWrap:
        return deliverByGcm(algorithm, key, *contentKey);
    case Family::Direct:
        return KeyDelivery{.contentKey = key.secret()->clone(), .encryptedKey = {}};
    case Family::Password:
        return deliverByPassword(algorithm, key, header, *contentKey);
    }
    return Error{.code = JoseErrorCode::AlgorithmUnknown};
}

Result<SecretBytes> recover(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption, const Key& key,
                            const HeaderView& header, BytesView encryptedKey, IterationBudget& iterations)
{
    if (algorithm.isDirect() && !encryptedKey.empty()) // RFC 7516 §5.2 step 10
        return Error{.code = JoseErrorCode::EncryptedKeyPresent,
                     .parameters = {{"algorithm", std::string(algorithm.name)}}};
    auto contentKey = unwrapped(algorithm, encryption, key, header, encryptedKey, iterations);
    if (!contentKey && &contentKey.error().code.domain() == &errorDomain(JoseErrorCode::EmptyToken))
        return contentKey;
    SecretBytes substitute(randomBytes(encryption.keySize()));
    if (!contentKey || contentKey->size() != substitute.size())
        return substitute;
    return contentKey;
}

} // namespace claimsmith::jose
