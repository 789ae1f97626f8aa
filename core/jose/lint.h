// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "jose/key.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::jose {

/// What is legal and still unwise about a token or its key (RFC 8725). The parameters stand behind each.
enum class LintCode {
    AlgorithmNone,   ///< anybody can make such a token
    SecretShort,     ///< "algorithm", "bits", "required": octets of the secret (RFC 7518 §3.2)
    SecretGuessable, ///< "algorithm", "characters", "bits", "required": typed characters carry fewer bits than octets
    KeyShort,        ///< "bits", "required": RSA (RFC 7518 §3.3)
    KeyRoca,         ///< an RSA modulus that factors easily (CVE-2017-15361)
    KeyInHeader,     ///< "member": jwk or x5c, a verifier must not trust it
    UrlInHeader,     ///< "member": jku or x5u, a verifier must not follow it unasked
    NoType,          ///< typ is absent: tokens for one use may be taken for another
    NoKeyId,         ///< kid is absent beside a key that has one
    NoExpiration,
    NoIssuedAt,
    NoIssuer,
    NoAudience,
    NoTokenId,          ///< jti
    TimeInMilliseconds, ///< "claim": seconds are meant, and this is a year after 5000
    TimeAsText,         ///< "claim": a number within quotes
    ExpiresBeforeStart, ///< exp is not after nbf or iat
    LongLifetime,       ///< "seconds": more than a day
    SecretInPayload,    ///< "claim": its name speaks of a password; the payload is readable by all
};

enum class LintSeverity { Info, Warning, Error };

struct LintFinding
{
    LintCode code;
    LintSeverity severity;
    std::string_view standard; ///< "RFC 8725 §3.5"; empty when none says it
    std::string pointer = {};  ///< JSON pointer into header or claims, when it is about one member
    std::vector<std::pair<std::string, std::string>> parameters = {};
};

/// What there is to look at; any part may be null.
struct LintInput
{
    const document::Object* header = nullptr;
    const document::Object* claims = nullptr;
    const Key* key = nullptr;
};

/// All findings, the worst first.
std::vector<LintFinding> lint(const LintInput& input);

/// kebab-case: "secret-short".
std::string_view toString(LintCode code) noexcept;
/// "info", "warning", "error".
std::string_view toString(LintSeverity severity) noexcept;

/// How many bits a secret carries at most: eight an octet, or fewer when all octets are characters of a small alphabet.
std::size_t estimatedBits(const SecretBytes& secret) noexcept;

} // namespace claimsmith::jose
