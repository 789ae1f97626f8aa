// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/error.h"

#include <cstdint>

namespace claimsmith::crypto {

inline constexpr std::size_t aes256KeySize = 32;
inline constexpr std::size_t gcmNonceSize = 12;
inline constexpr std::size_t gcmTagSize = 16;

/// AES-256-GCM (NIST SP 800-38D) with a fresh random nonce. Returns nonce ‖ ciphertext ‖ tag. One key must seal fewer
/// than 2^32 messages. KeyInvalid when the key has not 32 octets.
Result<Bytes> sealAes256Gcm(const SecretBytes& key, BytesView plaintext, BytesView associatedData = {});

/// Opens what sealAes256Gcm() made. DecryptionFailed when the key is wrong or an octet of any part was changed.
Result<SecretBytes> openAes256Gcm(const SecretBytes& key, BytesView sealed, BytesView associatedData = {});

/// Costs of scrypt (RFC 7914 §2). The default takes 128 MiB and some tenths of a second.
struct ScryptCost
{
    std::uint64_t n = 1U << 17; ///< a power of two
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

/// Memory that scrypt() may use at most; a file that asks for more is refused.
inline constexpr std::uint64_t maximumScryptMemory = 1U << 30;

/// A key from a passphrase. KeyInvalid for costs that scrypt does not know or that need more than maximumScryptMemory.
Result<SecretBytes> scrypt(const SecretBytes& passphrase, BytesView salt, const ScryptCost& cost = {},
                           std::size_t size = aes256KeySize);

} // namespace claimsmith::crypto
