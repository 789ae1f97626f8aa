// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/fault.h"

#include <algorithm>
#include <array>

namespace claimsmith::identity {
namespace {

using enum FaultArea;

constexpr std::array<FaultInfo, faultCount> table{{
    {Fault::ExpiredToken, "expired-token", Tokens, "Expired tokens",
     "New tokens have an exp that passed a minute ago."},
    {Fault::FutureToken, "future-token", Tokens, "Tokens from the future",
     "New tokens have iat and nbf that lie an hour ahead."},
    {Fault::WrongIssuer, "wrong-issuer", Tokens, "Wrong issuer", "New tokens name another iss than discovery does."},
    {Fault::WrongAudience, "wrong-audience", Tokens, "Wrong audience", "New tokens name an aud that nobody asked for."},
    {Fault::WrongNonce, "wrong-nonce", Tokens, "Wrong nonce", "ID tokens carry another nonce than the request had."},
    {Fault::WrongKeyId, "wrong-key-id", Tokens, "Unknown key id", "New tokens name a kid that the JWKS does not hold."},
    {Fault::WrongSignature, "wrong-signature", Tokens, "Broken signature", "One bit of each signature is changed."},
    {Fault::AlgorithmSwitched, "algorithm-switched", Tokens, "Algorithm switched to HS256",
     "New tokens are signed with HMAC, the text of the public key being the secret."},
    {Fault::AlgorithmNone, "algorithm-none", Tokens, "Unsigned tokens", "New tokens have alg none and no signature."},
    {Fault::ClockAhead, "clock-ahead", Tokens, "Clock ahead", "The clock that dates tokens is ten minutes ahead."},
    {Fault::ClockBehind, "clock-behind", Tokens, "Clock behind", "The clock that dates tokens is ten minutes behind."},
    {Fault::KeysRotated, "keys-rotated", Keys, "Keys rotated without overlap",
     "A new key signs and the JWKS no longer holds the old ones."},
    {Fault::KeysDown, "keys-down", Keys, "JWKS down", "The JWKS endpoint answers 503."},
    {Fault::KeysEmpty, "keys-empty", Keys, "JWKS empty", "The JWKS holds no key."},
    {Fault::DiscoveryDown, "discovery-down", Answers, "Discovery down", "The discovery documents answer 503."},
    {Fault::DiscoveryOtherIssuer, "discovery-other-issuer", Answers, "Discovery names another issuer",
     "The discovery documents name another issuer than the one they were fetched for."},
    {Fault::OtherState, "other-state", Answers, "Other state",
     "Authorization answers carry another state than the request had."},
    {Fault::RedirectMismatch, "redirect-mismatch", Answers, "Redirect mismatch",
     "Every redirect URI is refused as if it were not registered."},
    {Fault::OtherSubject, "other-subject", Answers, "User info of somebody else",
     "User info names another sub than the token does."},
    {Fault::Slow, "slow", Answers, "Slow answers", "Every answer comes ten seconds late."},
    {Fault::ServerError, "server-error", Answers, "Server errors", "Every request is answered with 500."},
    {Fault::Truncated, "truncated", Answers, "Truncated answers",
     "The connection closes after half of each answer's body."},
}};

} // namespace

std::span<const FaultInfo> faults() noexcept
{
    return table;
}

const FaultInfo& info(Fault fault) noexcept
{
    return table[static_cast<std::size_t>(fault)];
}

std::optional<Fault> findFault(std::string_view id) noexcept
{
    const auto found = std::ranges::find(table, id, &FaultInfo::id);
    return found == table.end() ? std::nullopt : std::optional(found->fault);
}

} // namespace claimsmith::identity
