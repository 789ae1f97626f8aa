// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/lintadvice.h"

#include <array>

namespace claimsmith::jose {
namespace {

constexpr std::array<LintAdvice, 19> table{{
    {LintCode::AlgorithmNone, "The token is not signed: anybody can make it.",
     "Sign it, and refuse none wherever tokens are verified.", "§3.2"},
    {LintCode::SecretShort, "The secret has {bits} bits; {algorithm} needs {required}.",
     "Make a random secret of at least {required} bits.", "§3.5"},
    {LintCode::SecretGuessable, "The {characters} characters of the secret carry about {bits} bits.",
     "Use {required} random bits instead of typed characters.", "§3.5"},
    {LintCode::KeyShort, "The RSA key has {bits} bits.", "Make one of at least {required} bits.", "§3.5"},
    {LintCode::KeyRoca, "The RSA key can be factored (ROCA).", "Make a new key with other software or hardware.",
     "§3.5"},
    {LintCode::KeyInHeader, "The header carries {member}: a key that comes with the token proves nothing.",
     "Leave it out and name the key by kid.", "§3.10"},
    {LintCode::UrlInHeader, "The header says by {member} where to fetch the key.",
     "Leave it out, or have verifiers accept only URLs that they know.", "§3.10"},
    {LintCode::NoType, "The header has no typ: a token for one use may pass for another.",
     "Add a typ of its own kind, such as at+jwt.", "§3.11"},
    {LintCode::NoKeyId, "The key has an id, and the header does not name it.", "Add kid, so that keys can be rotated.",
     ""},
    {LintCode::NoExpiration, "The token never expires.", "Add exp, some minutes ahead.", "§3.10"},
    {LintCode::NoIssuedAt, "The token does not say when it was made.", "Add iat.", ""},
    {LintCode::NoIssuer, "The token does not say who made it.", "Add iss, and bind it to the key where it is verified.",
     "§3.8"},
    {LintCode::NoAudience, "The token does not say for whom it is: every service may accept it.",
     "Add aud with the service's name.", "§3.9"},
    {LintCode::NoTokenId, "The token has no id: it can't be revoked or used just once.", "Add a random jti.", ""},
    {LintCode::TimeInMilliseconds, "{claim} is in milliseconds: read as seconds it is thousands of years ahead.",
     "Divide it by 1000.", ""},
    {LintCode::TimeAsText, "{claim} is a text; it has to be a number.", "Remove the quotes.", ""},
    {LintCode::ExpiresBeforeStart, "The token expires before it becomes valid.", "Set exp after nbf and iat.", ""},
    {LintCode::LongLifetime, "The token is valid for {seconds} seconds: a stolen one is of use for long.",
     "Shorten it, and renew it with a refresh token.", ""},
    {LintCode::SecretInPayload, "{claim} looks like a secret, and everybody can read the payload.",
     "Leave it out, or encrypt the token.", ""},
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder() && table.back().code == LintCode::SecretInPayload);

} // namespace

const LintAdvice& adviceOn(LintCode code) noexcept
{
    return table[static_cast<std::size_t>(code)];
}

std::string filled(std::string_view sentence, const LintFinding& finding)
{
    std::string text(sentence);
    for (const auto& [name, value] : finding.parameters) {
        const std::string mark = '{' + name + '}';
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

} // namespace claimsmith::jose
