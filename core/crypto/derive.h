// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/digest.h"
#include "crypto/key.h"

#include <cstdint>

namespace claimsmith::crypto {

/// The shared secret of two keys: ECDH on one curve (its x-coordinate, SEC 1 §3.3.1), X25519 or X448 (RFC 7748 §6).
/// KeyUnfit when the keys are not of the same kind and curve, or not for this; KeyInvalid when the peer's is one that
/// makes the secret zero.
Result<SecretBytes> agree(const PrivateKey& own, const PublicKey& peer);

/// The Concat KDF of NIST SP 800-56A §5.8.1 with SHA-256, as RFC 7518 §4.6.2 wants it. `otherInfo` is already put
/// together. At most 2^16 octets.
SecretBytes concatKdf(const SecretBytes& sharedSecret, BytesView otherInfo, std::size_t size);

/// PBKDF2 with HMAC (RFC 8018 §5.2). Takes as long as `iterations` says: the caller bounds them. LibraryFailure for 0
/// or more than 2^31-1.
Result<SecretBytes> pbkdf2(DigestKind digest, const SecretBytes& password, BytesView salt, std::uint64_t iterations,
                           std::size_t size);

} // namespace claimsmith::crypto
