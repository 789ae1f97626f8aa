// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/hmac.h"
#include "crypto/key.h"
#include "crypto/signature.h"
#include "jose/algorithm.h"

#include <variant>

namespace claimsmith::jose {

/// How closely a key and a signature have to follow RFC 7518.
enum class Fit {
    Standard, ///< the algorithm's own curve; PSS salt as long as the digest
    Lenient,  ///< any curve and any salt, as Kong verifies; the signature's length is still the algorithm's
};

/// One algorithm with one key, prepared for many signatures. Immutable and thread-safe; verifying allocates nothing of
/// its own. Which keys are tried, and whether the token's "alg" is allowed, is decided before.
class SignatureVerifier final
{
public:
    /// `algorithm` is one of HS256, HS384, HS512. A secret of any length is taken, an empty one too.
    static Result<SignatureVerifier> forSecret(Algorithm algorithm, SecretBytes secret);
    /// crypto's KeyUnfit when the key is not one for this algorithm.
    static Result<SignatureVerifier> forKey(Algorithm algorithm, const crypto::PublicKey& key, Fit fit = Fit::Standard);

    Algorithm algorithm() const noexcept { return m_algorithm; }
    /// `signature` is decoded. False says only that the signature is not of this input by this key.
    bool verify(BytesView signingInput, BytesView signature) const noexcept;
    /// Octets of a well-formed signature.
    std::size_t signatureSize() const noexcept;

private:
    using Content = std::variant<crypto::Hmac, crypto::Verifier>;
    SignatureVerifier(Algorithm algorithm, Content content) noexcept
        : m_algorithm(algorithm), m_content(std::move(content))
    {
    }

    Algorithm m_algorithm;
    Content m_content;
};

/// The counterpart that signs; the same promises.
class SignatureMaker final
{
public:
    static Result<SignatureMaker> forSecret(Algorithm algorithm, SecretBytes secret);
    static Result<SignatureMaker> forKey(Algorithm algorithm, const crypto::PrivateKey& key);

    Algorithm algorithm() const noexcept { return m_algorithm; }
    /// The signature, not encoded.
    Result<Bytes> sign(BytesView signingInput) const;

private:
    using Content = std::variant<crypto::Hmac, crypto::Signer>;
    SignatureMaker(Algorithm algorithm, Content content) noexcept
        : m_algorithm(algorithm), m_content(std::move(content))
    {
    }

    Algorithm m_algorithm;
    Content m_content;
};

/// The scheme of an asymmetric algorithm.
crypto::SignatureScheme schemeOf(const AlgorithmInfo& algorithm, Fit fit = Fit::Standard) noexcept;

} // namespace claimsmith::jose
