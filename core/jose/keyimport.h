// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "base/secret.h"
#include "jose/key.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// What a text or file can be taken for.
enum class KeyShape {
    Jwk,
    JwkSet,
    Pem,         ///< one or several blocks of any label
    Certificate, ///< X.509, alone or as a chain, PEM or DER
    OpenSsh,     ///< a line of authorized_keys, RFC 4716, or OpenSSH's private form
    Pkcs12,
    Der,
    Url, ///< of a JWK Set or an issuer: nothing is fetched here
    SecretText,
    SecretHex,
    SecretBase64,
    SecretBase64Url,
};

/// One way to take it.
struct KeyInterpretation
{
    KeyShape shape;
    std::vector<Key> keys = {};                ///< none for a Url, an empty set, or PKCS #12 without keys
    std::vector<KeySet::Ignored> ignored = {}; ///< of a set
    std::string wrapping = {};                 ///< "base64", "hex", "escaped line ends": what was undone first
};

/// Why a shape that the input has gave no key: PassphraseNeeded, a corrupt block…
struct KeyRefusal
{
    KeyShape shape;
    Error reason;
};

struct KeyImport
{
    std::vector<KeyInterpretation> interpretations; ///< the likeliest first
    std::vector<KeyRefusal> refusals;

    bool needsPassphrase() const noexcept;
};

/// Takes anything key-shaped for whatever it can be: JSON, PEM, DER, PKCS #12, OpenSSH, hexadecimal or base64 of those,
/// PEM whose line ends were pasted as "\n", and secrets. A structure that can be read always comes before a secret; of
/// secrets the reading that gives a usual length comes first, and the text as it stands, but for white space at its
/// ends, is always among them unless the input is a structure. A key's certificate, and those that certify it, become
/// its x5c; others are keys of their own. Nothing is fetched.
KeyImport importKey(BytesView input, const SecretBytes* passphrase = nullptr);

/// kebab-case: "jwk-set", "secret-hex".
std::string_view toString(KeyShape shape) noexcept;

} // namespace claimsmith::jose
