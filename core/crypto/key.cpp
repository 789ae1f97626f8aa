// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/key.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <utility>

namespace claimsmith::crypto {
namespace {

struct CurveInfo
{
    const char* groupName; ///< OpenSSL's
    std::size_t coordinateSize;
};

constexpr std::array<CurveInfo, 4> curves{{
    {"prime256v1", 32},
    {"secp384r1", 48},
    {"secp521r1", 66},
    {"secp256k1", 32},
}};

const char* groupName(Curve curve) noexcept
{
    return curves[static_cast<std::size_t>(curve)].groupName;
}

struct OctetKeyInfo
{
    KeyKind kind;
    const char* name; ///< OpenSSL's
    std::size_t size;
};

constexpr std::array<OctetKeyInfo, 4> octetKeys{{
    {KeyKind::Ed25519, "ED25519", 32},
    {KeyKind::Ed448, "ED448", 57},
    {KeyKind::X25519, "X25519", 32},
    {KeyKind::X448, "X448", 56},
}};

const OctetKeyInfo* findOctetKey(KeyKind kind) noexcept
{
    for (const OctetKeyInfo& info : octetKeys) {
        if (info.kind == kind)
            return &info;
    }
    return nullptr;
}

std::shared_ptr<EVP_PKEY> shared(ossl::PKey key)
{
    return {std::move(key)};
}

Result<PrivateKey> generated(EVP_PKEY* key)
{
    if (key == nullptr)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return PrivateKey(shared(ossl::PKey(key)));
}

} // namespace

std::size_t coordinateSize(Curve curve) noexcept
{
    return curves[static_cast<std::size_t>(curve)].coordinateSize;
}

std::size_t octetKeySize(KeyKind kind) noexcept
{
    const OctetKeyInfo* info = findOctetKey(kind);
    return info == nullptr ? 0 : info->size;
}

KeyKind AsymmetricKey::kind() const noexcept
{
    switch (EVP_PKEY_get_base_id(handle())) {
    case EVP_PKEY_RSA:
        return KeyKind::Rsa;
    case EVP_PKEY_RSA_PSS:
        return KeyKind::RsaPss;
    case EVP_PKEY_EC:
        return KeyKind::Ec;
    case EVP_PKEY_ED25519:
        return KeyKind::Ed25519;
    case EVP_PKEY_ED448:
        return KeyKind::Ed448;
    case EVP_PKEY_X25519:
        return KeyKind::X25519;
    case EVP_PKEY_X448:
        return KeyKind::X448;
    default:
        return KeyKind::Other;
    }
}

std::optional<Curve> AsymmetricKey::curve() const noexcept
{
    if (kind() != KeyKind::Ec)
        return std::nullopt;
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(handle(), name.data(), name.size(), &size) != 1)
        return std::nullopt;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (std::string_view(name.data(), size) == curves[i].groupName)
            return static_cast<Curve>(i);
    }
    return std::nullopt;
}

int AsymmetricKey::bits() const noexcept
{
    return EVP_PKEY_get_bits(handle());
}

std::string AsymmetricKey::typeName() const
{
    const char* name = EVP_PKEY_get0_type_name(handle());
    return name == nullptr ? "unknown" : name;
}

std::string AsymmetricKey::publicPem() const
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(out.get(), handle());
    return std::string(ossl::contentOf(out));
}

Bytes AsymmetricKey::publicDer() const
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    i2d_PUBKEY_bio(out.get(), handle());
    return Bytes(ossl::contentOf(out));
}

bool operator==(const PublicKey& a, const PublicKey& b) noexcept
{
    const ossl::ErrorQueueGuard guard;
    return EVP_PKEY_eq(a.handle(), b.handle()) == 1;
}

Result<PrivateKey> PrivateKey::generateRsa(int bits)
{
    constexpr int smallest = 1024;
    constexpr int largest = 16384;
    if (bits < smallest || bits > largest)
        return Error{.code = CryptoErrorCode::SizeRefused, .parameters = {{"bits", std::to_string(bits)}}};
    const ossl::ErrorQueueGuard guard;
    return generated(EVP_RSA_gen(static_cast<unsigned>(bits)));
}

Result<PrivateKey> PrivateKey::generateEc(Curve curve)
{
    const ossl::ErrorQueueGuard guard;
    return generated(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", groupName(curve)));
}

Result<PrivateKey> PrivateKey::generate(KeyKind kind)
{
    const OctetKeyInfo* info = findOctetKey(kind);
    if (info == nullptr)
        return Error{.code = CryptoErrorCode::KeyTypeUnsupported};
    const ossl::ErrorQueueGuard guard;
    return generated(EVP_PKEY_Q_keygen(nullptr, nullptr, info->name));
}

PublicKey PrivateKey::publicKey() const
{
    const Bytes der = publicDer();
    const unsigned char* next = ossl::octets(der);
    ossl::PKey key(d2i_PUBKEY(nullptr, &next, static_cast<long>(der.size())));
    if (!key)
        ossl::fatal("a public key that was just written can't be read");
    return PublicKey(shared(std::move(key)));
}

SecretBytes PrivateKey::pem(const SecretBytes* passphrase) const
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    if (passphrase != nullptr) {
        const BytesView word = passphrase->view();
        PEM_write_bio_PKCS8PrivateKey(out.get(), handle(), EVP_aes_256_cbc(), word.data(),
                                      static_cast<int>(word.size()), nullptr, nullptr);
    } else {
        PEM_write_bio_PKCS8PrivateKey(out.get(), handle(), nullptr, nullptr, 0, nullptr, nullptr);
    }
    return SecretBytes(ossl::contentOf(out));
}

std::optional<SecretBytes> PrivateKey::traditionalPem() const
{
    if (kind() != KeyKind::Rsa && kind() != KeyKind::Ec)
        return std::nullopt;
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    const ossl::Encoder encoder(
        OSSL_ENCODER_CTX_new_for_pkey(handle(), EVP_PKEY_KEYPAIR, "PEM", "type-specific", nullptr));
    if (!encoder || OSSL_ENCODER_to_bio(encoder.get(), out.get()) != 1)
        return std::nullopt;
    return SecretBytes(ossl::contentOf(out));
}

} // namespace claimsmith::crypto
