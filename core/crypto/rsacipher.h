// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/digest.h"
#include "crypto/key.h"

namespace claimsmith::crypto {

/// RSAES-OAEP with MGF1, both of this digest (RFC 8017 §7.1). KeyUnfit when the key is none of RSA or too short for the
/// message.
Result<Bytes> encryptOaep(const PublicKey& key, DigestKind digest, const SecretBytes& message);
/// DecryptionFailed when the key is another one or the ciphertext was changed; one answer for all that may be wrong.
Result<SecretBytes> decryptOaep(const PrivateKey& key, DigestKind digest, BytesView ciphertext);

/// RSAES-PKCS1-v1_5 (RFC 8017 §7.2).
Result<Bytes> encryptPkcs1(const PublicKey& key, const SecretBytes& message);
/// The message of `size` octets, or as many random ones when the padding is wrong or the message has another length:
/// whoever sends ciphertexts learns nothing about the padding (RFC 7516 §11.5, RFC 3218), for the choice is made
/// without a branch. Fails only with KeyUnfit, for a key that is none of RSA, and DecryptionFailed, for a ciphertext
/// that is not as long as the modulus: both can be seen from outside.
Result<SecretBytes> decryptPkcs1(const PrivateKey& key, BytesView ciphertext, std::size_t size);

} // namespace claimsmith::crypto
