// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "jose/key.h"

#include <string_view>

namespace claimsmith::jose {

/// How a secret is written in a text field, a file or a Kong credential.
enum class SecretEncoding { Text, Base64, Base64Url, Hex };

/// The octets of a secret. SecretEncodingInvalid when the text is not of that encoding; padding is optional in the
/// base64s.
Result<SecretBytes> readSecret(std::string_view text, SecretEncoding encoding);

/// How a key text was understood.
enum class KeyFormat { Pem, Der, Jwk, JwkSet, OpenSsh, Pkcs12 };

struct KeysFromText
{
    KeyFormat format;
    KeySet set;
};

/// Reads whatever is a key: a JWK, a JWK Set, PEM of any kind (the first key in it), OpenSSH, PKCS #12 (its key), DER.
/// Bare secrets are not guessed; they go through readSecret(). A certificate's key gets x5c, so that nothing of it is
/// lost. To be told everything that a text may be, see jose/keyimport.h.
Result<KeysFromText> readKeys(std::string_view text, const SecretBytes* passphrase = nullptr);

/// The only key of the text; KeySetInvalid when a set has none or several.
Result<Key> readKey(std::string_view text, const SecretBytes* passphrase = nullptr);

} // namespace claimsmith::jose
