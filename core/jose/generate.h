// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "jose/encryption.h"
#include "jose/key.h"

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

namespace claimsmith::jose {

struct GenerateOptions
{
    std::size_t bits = 0; ///< of an RSA key or a secret; 0: what the standard demands at least
    std::string id =
        {}; ///< kid; empty: the RFC 7638 thumbprint, or a random id for a secret, whose thumbprint tells about it
    /// Set from another thread, it ends the making of an RSA key early with crypto's LibraryFailure. Has to outlive the
    /// call; null: never.
    const std::atomic<bool>* cancelled = nullptr;
};

/// A new key for one algorithm, with "use" sig and "alg" set. crypto's SizeRefused for sizes that are not made; secrets
/// are of whole octets. RSA takes up to seconds: not on a GUI thread.
Result<Key> generateKey(Algorithm algorithm, const GenerateOptions& options = {});

/// A key by what it is, for whatever it will be used.
struct KeySpec
{
    KeyType type = KeyType::Ec;
    std::string curve = {};     ///< "P-256", "P-384", "P-521", "secp256k1", "Ed25519", "Ed448", "X25519", "X448"
    std::string use = {};       ///< "sig", "enc" or nothing
    std::string algorithm = {}; ///< "alg" of the JWK, or nothing
};

/// A new key of this kind; of `options` bits may be 0: 2048 for RSA, 256 for a secret. Beside the errors above
/// KeyCurveUnknown for a curve that the type does not have.
Result<Key> generateKey(const KeySpec& spec, const GenerateOptions& options = {});

/// What a key for encrypting has to be: secrets as long as the algorithm takes them, in `bits`.
KeySpec specFor(KeyManagement algorithm, ContentEncryption encryption, std::size_t& bits);

} // namespace claimsmith::jose
