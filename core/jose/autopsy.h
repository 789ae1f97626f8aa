// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secret.h"
#include "jose/key.h"
#include "jose/keytext.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// What would make a signature valid.
enum class AutopsyCause {
    // The token's text was damaged on its way
    TokenHasSpaces, ///< around it, or line breaks inside
    TokenIsQuoted,
    TokenHasScheme,    ///< "Bearer " in front
    TokenIsUrlEncoded, ///< %2E for a dot…
    TokenIsPadded,     ///< base64 padding, or "+" and "/" for "-" and "_"
    // The secret is another sequence of octets than the text looks like
    SecretIsText,   ///< use it as it stands, do not decode it
    SecretIsBase64, ///< decode it
    SecretIsBase64Url,
    SecretIsHex,
    SecretLacksLineEnd, ///< it was signed with "\n" behind it
    SecretHasLineEnd,   ///< it was signed without the line end or spaces that are here
    SecretIsUtf16,      ///< signed with UTF-16LE text, as .NET's Encoding.Unicode makes it
    // The key
    OtherKey,          ///< keyIndex: another key of the set fits, though kid, alg or use point elsewhere
    OtherAlgorithm,    ///< algorithm: signed with this one, though the header says another
    PublicKeyAsSecret, ///< HMAC keyed with the PEM text: the algorithm confusion attack
    // The signature's form
    SignatureIsDer, ///< ECDSA as DER instead of r and s side by side (RFC 7518 §3.4)
    SaltLength,     ///< PSS with another salt length (RFC 7518 §3.5)
};

struct Autopsy
{
    AutopsyCause cause;
    std::optional<std::size_t> keyIndex = {}; ///< in AutopsyInput::keys
    std::optional<Algorithm> algorithm = {};
    std::string token = {}; ///< the repaired token, when its text was the cause
};

/// What the failed verification had. Either a secret as it was typed, or keys.
struct AutopsyInput
{
    std::string_view token;
    const SecretBytes* secretText = nullptr;
    SecretEncoding encoding = SecretEncoding::Text;
    std::vector<Key> keys = {};
    std::string_view keyText = {}; ///< the PEM that the keys came from, when it was one
};

/// Looks for the first change that makes the signature valid; nothing when none of those it knows does. Tries some
/// dozens of signatures: not for the request path.
std::optional<Autopsy> autopsy(const AutopsyInput& input);

/// kebab-case: "secret-is-base64".
std::string_view toString(AutopsyCause cause) noexcept;

} // namespace claimsmith::jose
