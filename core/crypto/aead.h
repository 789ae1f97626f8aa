// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/error.h"

#include <cstddef>

namespace claimsmith::crypto {

/// Authenticated encryption with the nonce and the tag apart, as JWE has it (RFC 7518 §5). For sealing what only this
/// program opens, crypto/cipher.h is the simpler one.
enum class AeadKind { A128CbcHs256, A192CbcHs384, A256CbcHs512, A128Gcm, A192Gcm, A256Gcm };

/// Octets of the key; of the CBC kinds it is the key for the code followed by that for the cipher (RFC 7518 §5.2.2.1).
std::size_t aeadKeySize(AeadKind kind) noexcept;
std::size_t aeadNonceSize(AeadKind kind) noexcept;
std::size_t aeadTagSize(AeadKind kind) noexcept;

struct Sealed
{
    Bytes ciphertext;
    Bytes tag;
};

/// KeyInvalid for a key or nonce of another length, or a text above 1 GiB. One key must never see a nonce twice.
Result<Sealed> seal(AeadKind kind, const SecretBytes& key, BytesView nonce, BytesView plaintext,
                    BytesView associatedData);

/// DecryptionFailed, whatever does not fit: key, nonce, tag, padding or their lengths. The tag is checked, in constant
/// time, before anything is decrypted (RFC 7518 §5.2.2.2).
Result<SecretBytes> open(AeadKind kind, const SecretBytes& key, BytesView nonce, const Sealed& sealed,
                         BytesView associatedData);

} // namespace claimsmith::crypto
