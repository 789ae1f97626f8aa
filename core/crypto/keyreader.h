// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/certificate.h"
#include "crypto/key.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace claimsmith::crypto {

/// How a key was written.
enum class KeyEncoding {
    Spki,        ///< "PUBLIC KEY"
    Pkcs1Public, ///< "RSA PUBLIC KEY"
    Pkcs8,
    EncryptedPkcs8,
    Traditional, ///< "RSA PRIVATE KEY", "EC PRIVATE KEY"
    EncryptedTraditional,
    Certificate,
};

struct ReadKey
{
    std::variant<PublicKey, PrivateKey> key;
    KeyEncoding encoding;
    std::optional<CertificateInfo> certificate = {};

    const PrivateKey* privateKey() const noexcept { return std::get_if<PrivateKey>(&key); }
    /// The public part in both cases.
    PublicKey publicKey() const;
    const AsymmetricKey& any() const noexcept;
};

/// Whether the text has a PEM BEGIN line anywhere.
bool looksLikePem(std::string_view text) noexcept;

/// Reads the first key or certificate of a PEM text (RFC 7468); text around it and blocks of parameters are skipped.
/// The error's place has the offset of the block. A passphrase that is not needed is ignored.
Result<ReadKey> readPemKey(std::string_view text, const SecretBytes* passphrase = nullptr);

/// Reads every key and certificate of a PEM text, in their order; blocks of parameters are skipped. Fails as
/// readPemKey() does when one of them can't be read.
Result<std::vector<ReadKey>> readPemKeys(std::string_view text, const SecretBytes* passphrase = nullptr);

/// Reads SPKI, PKCS#8, PKCS#1, SEC 1 or a certificate in DER.
Result<ReadKey> readDerKey(BytesView der, const SecretBytes* passphrase = nullptr);

/// PEM when it looks like it, else DER: "any key that OpenSSL can load".
Result<ReadKey> readKey(BytesView bytes, const SecretBytes* passphrase = nullptr);

} // namespace claimsmith::crypto
