// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/key.h"
#include "crypto/signature.h"

#include <optional>
#include <span>
#include <string_view>

namespace claimsmith::jose {

/// Signature algorithms of JWS (RFC 7518 §3.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2). "none" is none of them: a
/// token without a signature is described by its error.
enum class Algorithm {
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    ES256K,
    EdDSA,
    Ed25519,
    Ed448,
};

/// The "kty" of a JWK (RFC 7518 §6.1, RFC 8037 §2).
enum class KeyType { Oct, Rsa, Ec, Okp };

/// "oct", "RSA", "EC", "OKP".
std::string_view toString(KeyType type) noexcept;

struct AlgorithmInfo
{
    Algorithm id;
    std::string_view name; ///< as in the header's "alg"; case counts (RFC 7515 §4.1.1)
    KeyType keyType;
    crypto::DigestKind digest;                 ///< unused by EdDSA and its kin
    crypto::SignatureFamily family;            ///< unused by HS
    std::optional<crypto::Curve> curve;        ///< ES: the only curve
    std::optional<crypto::KeyKind> edwardsKey; ///< Ed25519, Ed448: the only kind; EdDSA takes both
    std::size_t minimumBits;                   ///< of the key, as the standard demands it
    std::string_view standard;                 ///< "RFC 7518 §3.2"
};

/// All of them, in the order of the enumeration.
std::span<const AlgorithmInfo> algorithms() noexcept;
const AlgorithmInfo& info(Algorithm algorithm) noexcept;
std::string_view toString(Algorithm algorithm) noexcept;
/// Null when the name is none of the table's, "none" included.
const AlgorithmInfo* findAlgorithm(std::string_view name) noexcept;

/// The standard of a registered name that is recognised, but not done here: ML-DSA-44 and its kin
/// (FIPS 204). Empty for any other name.
std::string_view standardOfForeign(std::string_view name) noexcept;

/// Whether this asymmetric key is one that the algorithm takes: its kind and, for ES and Ed names, its curve.
bool fits(const AlgorithmInfo& algorithm, const crypto::AsymmetricKey& key) noexcept;

} // namespace claimsmith::jose
