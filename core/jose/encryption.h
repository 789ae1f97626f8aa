// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/aead.h"
#include "crypto/digest.h"
#include "jose/algorithm.h"
#include "jose/key.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// How the content encryption key of a JWE gets to its recipient: "alg" (RFC 7518 §4.1, RFC 8037 §3.2, and -384 and
/// -512 of the IANA registry).
enum class KeyManagement {
    RsaOaep,
    RsaOaep256,
    RsaOaep384,
    RsaOaep512,
    EcdhEs,
    EcdhEsA128Kw,
    EcdhEsA192Kw,
    EcdhEsA256Kw,
    A128Kw,
    A192Kw,
    A256Kw,
    A128GcmKw,
    A192GcmKw,
    A256GcmKw,
    Direct,
    Pbes2Hs256A128Kw,
    Pbes2Hs384A192Kw,
    Pbes2Hs512A256Kw,
    Rsa1_5, ///< known, and refused unless it is named: RFC 8725 §3.2
};

enum class KeyManagementFamily {
    RsaOaep,
    RsaPkcs1,
    KeyAgreement, ///< ECDH-ES, with a key wrap behind it when there are wrapping bits
    KeyWrap,
    GcmKeyWrap,
    Direct,
    Password,
};

struct KeyManagementInfo
{
    KeyManagement id;
    std::string_view name; ///< as in the header's "alg"
    KeyManagementFamily family;
    crypto::DigestKind digest; ///< of RSA-OAEP and PBES2
    std::size_t wrappingBits;  ///< of the AES key that wraps; 0 when nothing is wrapped with AES
    std::string_view standard; ///< "RFC 7518 §4.3"

    /// Whether the content key is the shared one itself: nothing stands in the token's encrypted key, and such a token
    /// has one recipient.
    bool isDirect() const noexcept;
};

/// All of them, in the order of the enumeration.
std::span<const KeyManagementInfo> keyManagements() noexcept;
const KeyManagementInfo& info(KeyManagement algorithm) noexcept;
std::string_view toString(KeyManagement algorithm) noexcept;
/// Null when the name is none of the table's.
const KeyManagementInfo* findKeyManagement(std::string_view name) noexcept;

/// How the content is encrypted: "enc" (RFC 7518 §5.1).
using ContentEncryption = crypto::AeadKind;

struct ContentEncryptionInfo
{
    ContentEncryption id;
    std::string_view name;     ///< as in the header's "enc"
    std::string_view standard; ///< "RFC 7518 §5.3"

    std::size_t keySize() const noexcept { return crypto::aeadKeySize(id); }
};

/// All of them, in the order of the enumeration.
std::span<const ContentEncryptionInfo> contentEncryptions() noexcept;
const ContentEncryptionInfo& info(ContentEncryption encryption) noexcept;
std::string_view toString(ContentEncryption encryption) noexcept;
/// Null when the name is none of the table's.
const ContentEncryptionInfo* findContentEncryption(std::string_view name) noexcept;

enum class EncryptionPurpose { Encrypt, Decrypt };

/// Whether this key may be tried for these algorithms: its type, curve and size, and what its alg, use and key_ops say
/// (RFC 7517 §4.2-4.4). The "alg" of a key for "dir" may name the content encryption, as RFC 7520 §5.6 has it. The
/// reason when it may not.
Result<void> checkSuitable(const Key& key, const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption,
                           EncryptionPurpose purpose);

/// The algorithms that this key fits with any encryption, the one its "alg" names first; RSA1_5 is not among them. A
/// secret fits PBES2 as a password, whatever its length.
std::vector<KeyManagement> keyManagementsFor(const Key& key);

} // namespace claimsmith::jose
