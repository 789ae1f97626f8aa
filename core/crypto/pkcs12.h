// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/certificate.h"
#include "crypto/key.h"

#include <optional>
#include <vector>

namespace claimsmith::crypto {

/// What a PKCS #12 file holds (RFC 7292).
struct Pkcs12Content
{
    std::optional<PrivateKey> key = {};
    std::vector<Certificate> chain = {}; ///< the key's own certificate first, when there is one
};

/// Whether the octets are the outer structure of PKCS #12, whatever is inside.
bool looksLikePkcs12(BytesView der) noexcept;

/// NotAKey when it is something else; PassphraseNeeded, or PassphraseWrong when the code over the content does not fit;
/// PemCorrupt for a content that can't be read then, as with ciphers that OpenSSL 3 no longer has by default, and for a
/// passphrase that would have to be hashed more than two million times.
Result<Pkcs12Content> readPkcs12(BytesView der, const SecretBytes* passphrase = nullptr);

} // namespace claimsmith::crypto
