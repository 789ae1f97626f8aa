// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/key.h"

#include <cstddef>
#include <memory>

namespace claimsmith::crypto {

enum class SignatureFamily {
    RsaPkcs1, ///< RSASSA-PKCS1-v1_5 (RFC 8017 §8.2)
    RsaPss,   ///< RSASSA-PSS with MGF1 and the same digest (RFC 8017 §8.1)
    Ecdsa,
    EdDsa, ///< Ed25519 or Ed448, as the key is (RFC 8032); the digest is not used
};

enum class PssSalt {
    DigestLength, ///< RFC 7518 §3.5
    Any,          ///< verifying only: whatever length the signature was made with, as Kong and most TLS code read it
};

enum class EcdsaEncoding {
    Raw, ///< r and s side by side, each padded to the same length (RFC 7518 §3.4)
    Der, ///< SEQUENCE of two INTEGER (RFC 3279 §2.2.3)
};

struct SignatureScheme
{
    SignatureFamily family = SignatureFamily::RsaPkcs1;
    DigestKind digest = DigestKind::Sha256;
    PssSalt pssSalt = PssSalt::DigestLength;
    EcdsaEncoding ecdsaEncoding = EcdsaEncoding::Raw;
    /// Octets of r and of s in a raw signature; 0 takes it from the key's curve. Kong takes it from the algorithm
    /// alone.
    std::size_t ecdsaCoordinate = 0;
};

/// Verifies with one key and one scheme. Made once, then immutable and cheap: any number of threads may verify at once;
/// each call borrows a prepared context, so that nothing is fetched and nothing beside OpenSSL's own temporaries
/// allocated.
class Verifier final
{
public:
    /// KeyUnfit when the key's kind is not the scheme's. The curve of an Ec key is not compared with the digest: that
    /// is for JOSE.
    static Result<Verifier> create(const PublicKey& key, const SignatureScheme& scheme);
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;
    ~Verifier();

    bool verify(BytesView message, BytesView signature) const noexcept;
    /// Octets of a well-formed signature; 0 when it varies (DER).
    std::size_t signatureSize() const noexcept;

private:
    class Implementation;
    explicit Verifier(std::unique_ptr<Implementation> implementation) noexcept;

    std::unique_ptr<Implementation> m_implementation;
};

/// Signs with one key and one scheme; the same promises as Verifier.
class Signer final
{
public:
    static Result<Signer> create(const PrivateKey& key, const SignatureScheme& scheme);
    Signer(Signer&&) noexcept;
    Signer& operator=(Signer&&) noexcept;
    ~Signer();

    /// KeyUnfit when the key is too short for the digest, as a 512-bit RSA key is for SHA-512.
    Result<Bytes> sign(BytesView message) const;

private:
    class Implementation;
    explicit Signer(std::unique_ptr<Implementation> implementation) noexcept;

    std::unique_ptr<Implementation> m_implementation;
};

/// A raw signature as DER and back; nothing when the input is malformed or a number does not fit the coordinate.
std::optional<Bytes> ecdsaRawToDer(BytesView raw);
std::optional<Bytes> ecdsaDerToRaw(BytesView der, std::size_t coordinate);

} // namespace claimsmith::crypto
