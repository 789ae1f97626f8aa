// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/error.h"

#include <memory>
#include <optional>

struct evp_pkey_st;

namespace claimsmith::crypto {

enum class KeyKind { Rsa, RsaPss, Ec, Ed25519, Ed448, X25519, X448, Other };

/// The curves that JOSE names (RFC 7518 §6.2.1.1, RFC 8812 §3.1). Keys on another curve load, but have no JWK.
enum class Curve { P256, P384, P521, Secp256k1 };

/// Octets of one coordinate, and of each half of a raw ECDSA signature (RFC 7518 §3.4).
std::size_t coordinateSize(Curve curve) noexcept;
/// Octets of the public (and private) value of an Ed or X key (RFC 8032, RFC 7748); 0 for the other kinds.
std::size_t octetKeySize(KeyKind kind) noexcept;

/// Unsigned, big-endian, without leading zeros.
struct RsaPublicNumbers
{
    Bytes modulus;
    Bytes exponent;
};

/// The primes and what follows from them may be empty, all together (RFC 7518 §6.3.2).
struct RsaPrivateNumbers
{
    SecretBytes exponent; ///< d
    SecretBytes firstPrime, secondPrime;
    SecretBytes firstCrtExponent, secondCrtExponent, firstCrtCoefficient;
};

/// Coordinates as long as the curve has it (RFC 7518 §6.2.1.2).
struct EcPoint
{
    Curve curve = Curve::P256;
    Bytes x;
    Bytes y;
};

/// What both halves of a key pair tell about themselves. The OpenSSL object behind it is shared by copies, immutable,
/// and may be used by several threads at once.
class AsymmetricKey
{
public:
    KeyKind kind() const noexcept;
    /// The curve of an Ec key, when JOSE names it.
    std::optional<Curve> curve() const noexcept;
    /// The size as people name it: modulus, order of the curve; 256 for Ed25519.
    int bits() const noexcept;
    /// "RSA", "EC", "ED25519", "DSA"…: OpenSSL's name, for messages.
    std::string typeName() const;

    /// Empty when the key is of another kind.
    std::optional<RsaPublicNumbers> rsaPublicNumbers() const;
    std::optional<EcPoint> ecPoint() const;
    std::optional<Bytes> octetPublicKey() const; ///< Ed and X keys

    /// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    std::string publicPem() const;
    Bytes publicDer() const;

    /// Private to core/crypto.
    evp_pkey_st* handle() const noexcept { return m_key.get(); }

protected:
    explicit AsymmetricKey(std::shared_ptr<evp_pkey_st> key) noexcept : m_key(std::move(key)) {}
    AsymmetricKey(const AsymmetricKey&) = default;
    AsymmetricKey& operator=(const AsymmetricKey&) = default;
    AsymmetricKey(AsymmetricKey&&) = default;
    AsymmetricKey& operator=(AsymmetricKey&&) = default;
    ~AsymmetricKey() = default;

private:
    std::shared_ptr<evp_pkey_st> m_key;
};

class PublicKey final : public AsymmetricKey
{
public:
    /// KeyInvalid when the numbers make no key.
    static Result<PublicKey> fromRsa(const RsaPublicNumbers& numbers);
    /// KeyInvalid for a wrong length, PointNotOnCurve.
    static Result<PublicKey> fromEc(const EcPoint& point);
    /// `kind` is one of the Ed and X kinds. KeyInvalid for a wrong length.
    static Result<PublicKey> fromOctets(KeyKind kind, BytesView octets);

    /// Takes the object over. Private to core/crypto.
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) noexcept : AsymmetricKey(std::move(key)) {}

    /// The same kind and the same public numbers.
    friend bool operator==(const PublicKey& a, const PublicKey& b) noexcept;
};

class PrivateKey final : public AsymmetricKey
{
public:
    /// Each also fails with KeyPairMismatch when the private part belongs to another public part.
    static Result<PrivateKey> fromRsa(const RsaPublicNumbers& numbers, const RsaPrivateNumbers& secret);
    static Result<PrivateKey> fromEc(const EcPoint& point, const SecretBytes& scalar);
    static Result<PrivateKey> fromOctets(KeyKind kind, BytesView publicOctets, const SecretBytes& privateOctets);

    /// SizeRefused outside 1024…16384. Takes up to seconds: not on a GUI thread.
    static Result<PrivateKey> generateRsa(int bits);
    static Result<PrivateKey> generateEc(Curve curve);
    /// `kind` is one of the Ed and X kinds.
    static Result<PrivateKey> generate(KeyKind kind);

    /// Takes the object over. Private to core/crypto.
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) noexcept : AsymmetricKey(std::move(key)) {}

    /// Whether both halves belong together: KeyPairMismatch, or KeyInvalid for numbers that make no key. The readers
    /// and the makers from numbers have checked it already; OpenSSL does not.
    Result<void> checkPair() const;

    /// A key without any private number in it.
    PublicKey publicKey() const;

    /// Empty when the key is of another kind.
    std::optional<RsaPrivateNumbers> rsaPrivateNumbers() const;
    std::optional<SecretBytes> ecScalar() const;        ///< as long as a coordinate (RFC 7518 §6.2.2.1)
    std::optional<SecretBytes> octetPrivateKey() const; ///< Ed and X keys

    /// PKCS#8 (RFC 5958), encrypted with AES-256 when there is a passphrase.
    SecretBytes pem(const SecretBytes* passphrase = nullptr) const;
    /// The form that carries the kind in its label: PKCS#1 "RSA PRIVATE KEY" or SEC 1 "EC PRIVATE KEY"; nothing for
    /// others.
    std::optional<SecretBytes> traditionalPem() const;
};

} // namespace claimsmith::crypto
