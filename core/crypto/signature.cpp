// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/signature.h"

#include "crypto/contextpool.h"
#include "crypto/ecdsa.h"
#include "crypto/openssl.h"

#include <openssl/rsa.h>

#include <array>
#include <utility>

namespace claimsmith::crypto {
namespace {

bool fits(KeyKind kind, SignatureFamily family) noexcept
{
    switch (family) {
    case SignatureFamily::RsaPkcs1:
        return kind == KeyKind::Rsa;
    case SignatureFamily::RsaPss:
        return kind == KeyKind::Rsa || kind == KeyKind::RsaPss;
    case SignatureFamily::Ecdsa:
        return kind == KeyKind::Ec;
    case SignatureFamily::EdDsa:
        return kind == KeyKind::Ed25519 || kind == KeyKind::Ed448;
    }
    return false;
}

Error unfit(const AsymmetricKey& key)
{
    return {.code = CryptoErrorCode::KeyUnfit, .parameters = {{"kind", key.typeName()}}};
}

enum class Direction { Sign, Verify };

/// Everything one operation at a time needs.
struct Operation
{
    ossl::KeyContext key;   ///< RSA and ECDSA: works on a digest, may be used again and again
    ossl::MdContext digest; ///< hashes for those; for EdDSA, which hashes itself, it carries the key
};

ossl::KeyContext keyContext(EVP_PKEY* key, const SignatureScheme& scheme, Direction direction)
{
    ossl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const auto start = direction == Direction::Sign ? &EVP_PKEY_sign_init : &EVP_PKEY_verify_init;
    if (!context || start(context.get()) != 1)
        return nullptr;
    if (scheme.family == SignatureFamily::RsaPss) {
        const int salt = scheme.pssSalt == PssSalt::DigestLength ? RSA_PSS_SALTLEN_DIGEST : RSA_PSS_SALTLEN_AUTO;
        if (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
            EVP_PKEY_CTX_set_signature_md(context.get(), ossl::fetched(scheme.digest)) != 1 ||
            EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), salt) != 1)
            return nullptr;
        return context;
    }
    if (scheme.family == SignatureFamily::RsaPkcs1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1)
        return nullptr;
    if (EVP_PKEY_CTX_set_signature_md(context.get(), ossl::fetched(scheme.digest)) != 1)
        return nullptr;
    return context;
}

std::unique_ptr<Operation> makeOperation(EVP_PKEY* key, const SignatureScheme& scheme, Direction direction)
{
    const ossl::ErrorQueueGuard guard;
    auto operation = std::make_unique<Operation>();
    operation->digest.reset(EVP_MD_CTX_new());
    if (scheme.family == SignatureFamily::EdDsa) {
        const auto start = direction == Direction::Sign ? &EVP_DigestSignInit : &EVP_DigestVerifyInit;
        if (start(operation->digest.get(), nullptr, nullptr, nullptr, key) != 1)
            return nullptr;
        return operation;
    }
    operation->key = keyContext(key, scheme, direction);
    return operation->key ? std::move(operation) : nullptr;
}

/// The digest of a message, on the stack.
class MessageDigest final
{
public:
    MessageDigest(EVP_MD_CTX* context, DigestKind kind, BytesView message) noexcept : m_size(digestSize(kind))
    {
        m_isValid = EVP_DigestInit_ex2(context, ossl::fetched(kind), nullptr) == 1 &&
                    EVP_DigestUpdate(context, message.data(), message.size()) == 1 &&
                    EVP_DigestFinal_ex(context, m_octets.data(), nullptr) == 1;
    }

    bool isValid() const noexcept { return m_isValid; }
    const unsigned char* data() const noexcept { return m_octets.data(); }
    std::size_t size() const noexcept { return m_size; }

private:
    std::array<unsigned char, maximumDigestSize> m_octets{};
    std::size_t m_size;
    bool m_isValid = false;
};

/// What Signer and Verifier have in common: the key, the scheme and the contexts.
class Prepared
{
public:
    Prepared(std::shared_ptr<EVP_PKEY> key, const SignatureScheme& scheme, Direction direction)
        : m_key(std::move(key)), m_scheme(scheme),
          m_operations([k = m_key.get(), scheme, direction] { return makeOperation(k, scheme, direction); })
    {
    }

    const SignatureScheme& scheme() const noexcept { return m_scheme; }
    EVP_PKEY* key() const noexcept { return m_key.get(); }
    ContextPool<Operation>& operations() const noexcept { return m_operations; }

private:
    std::shared_ptr<EVP_PKEY> m_key;
    SignatureScheme m_scheme;
    mutable ContextPool<Operation> m_operations;
};

/// The scheme with the coordinate taken from the key's curve when it names none.
SignatureScheme completed(SignatureScheme scheme, const AsymmetricKey& key)
{
    if (scheme.family == SignatureFamily::Ecdsa && scheme.ecdsaCoordinate == 0)
        scheme.ecdsaCoordinate = (static_cast<std::size_t>(key.bits()) + 7) / 8;
    return scheme;
}

std::shared_ptr<EVP_PKEY> shareOf(const AsymmetricKey& key)
{
    EVP_PKEY_up_ref(key.handle());
    return {ossl::PKey(key.handle())};
}

} // namespace

// ---- Verifier

class Verifier::Implementation final : public Prepared
{
public:
    using Prepared::Prepared;

    bool verify(BytesView message, BytesView signature) const noexcept
    {
        const auto operation = operations().borrow();
        if (!operation)
            return false;
        const ossl::ErrorQueueGuard guard;
        if (scheme().family == SignatureFamily::EdDsa)
            return verifyWhole(operation->digest.get(), message, signature);
        if (scheme().family != SignatureFamily::Ecdsa || scheme().ecdsaEncoding == EcdsaEncoding::Der)
            return verifyDigest(*operation, message, signature);
        if (signature.size() != 2 * scheme().ecdsaCoordinate)
            return false;
        const EcdsaDer der(signature);
        return der.isValid() && verifyDigest(*operation, message, der.view());
    }

private:
    static bool verifyWhole(EVP_MD_CTX* context, BytesView message, BytesView signature) noexcept
    {
        // All null: start over with the same key.
        return EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, nullptr) == 1 &&
               EVP_DigestVerify(context, ossl::octets(signature), signature.size(), ossl::octets(message),
                                message.size()) == 1;
    }

    bool verifyDigest(const Operation& operation, BytesView message, BytesView signature) const noexcept
    {
        const MessageDigest digest(operation.digest.get(), scheme().digest, message);
        return digest.isValid() && EVP_PKEY_verify(operation.key.get(), ossl::octets(signature), signature.size(),
                                                   digest.data(), digest.size()) == 1;
    }
};

Verifier::Verifier(std::unique_ptr<Implementation> implementation) noexcept
    : m_implementation(std::move(implementation))
{
}

Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Result<Verifier> Verifier::create(const PublicKey& key, const SignatureScheme& scheme)
{
    if (!fits(key.kind(), scheme.family))
        return unfit(key);
    auto implementation = std::make_unique<Implementation>(shareOf(key), completed(scheme, key), Direction::Verify);
    if (!implementation->operations().borrow())
        return unfit(key);
    return Verifier(std::move(implementation));
}

bool Verifier::verify(BytesView message, BytesView signature) const noexcept
{
    return m_implementation->verify(message, signature);
}

std::size_t Verifier::signatureSize() const noexcept
{
    const SignatureScheme& scheme = m_implementation->scheme();
    if (scheme.family != SignatureFamily::Ecdsa)
        return static_cast<std::size_t>(EVP_PKEY_get_size(m_implementation->key()));
    return scheme.ecdsaEncoding == EcdsaEncoding::Raw ? 2 * scheme.ecdsaCoordinate : 0;
}

// ---- Signer

class Signer::Implementation final : public Prepared
{
public:
    using Prepared::Prepared;

    Result<Bytes> sign(BytesView message) const
    {
        const auto operation = operations().borrow();
        if (!operation)
            return Error{.code = CryptoErrorCode::LibraryFailure};
        const ossl::ErrorQueueGuard guard;
        Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key())), '\0');
        std::size_t size = signature.size();
        const bool isSigned = scheme().family == SignatureFamily::EdDsa
                                  ? signWhole(operation->digest.get(), message, signature, size)
                                  : signDigest(*operation, message, signature, size);
        if (!isSigned)
            return ossl::failure(CryptoErrorCode::KeyUnfit);
        signature.resize(size);
        if (scheme().family != SignatureFamily::Ecdsa || scheme().ecdsaEncoding == EcdsaEncoding::Der)
            return signature;
        std::optional<Bytes> raw = ecdsaDerToRaw(signature, scheme().ecdsaCoordinate);
        if (!raw)
            return Error{.code = CryptoErrorCode::KeyUnfit, .detail = "the curve is longer than the algorithm's"};
        return std::move(*raw);
    }

private:
    static bool signWhole(EVP_MD_CTX* context, BytesView message, Bytes& signature, std::size_t& size)
    {
        return EVP_DigestSignInit(context, nullptr, nullptr, nullptr, nullptr) == 1 &&
               EVP_DigestSign(context, ossl::octets(signature), &size, ossl::octets(message), message.size()) == 1;
    }

    bool signDigest(const Operation& operation, BytesView message, Bytes& signature, std::size_t& size) const
    {
        const MessageDigest digest(operation.digest.get(), scheme().digest, message);
        return digest.isValid() &&
               EVP_PKEY_sign(operation.key.get(), ossl::octets(signature), &size, digest.data(), digest.size()) == 1;
    }
};

Signer::Signer(std::unique_ptr<Implementation> implementation) noexcept : m_implementation(std::move(implementation)) {}

Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

Result<Signer> Signer::create(const PrivateKey& key, const SignatureScheme& scheme)
{
    if (!fits(key.kind(), scheme.family))
        return unfit(key);
    auto implementation = std::make_unique<Implementation>(shareOf(key), completed(scheme, key), Direction::Sign);
    if (!implementation->operations().borrow())
        return unfit(key);
    return Signer(std::move(implementation));
}

Result<Bytes> Signer::sign(BytesView message) const
{
    return m_implementation->sign(message);
}

} // namespace claimsmith::crypto
