// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/findings.h"
#include "gateway/plugins/openid_connect/provider.h"
#include "gateway/plugins/openid_connect/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

/// A JWT taken apart; nothing of it is verified.
struct Token
{
    std::string text;
    document::Object header;
    document::Object claims;
    Bytes signature;
    std::size_t signingInputSize = 0;

    std::string_view keyId() const noexcept;
    std::string_view algorithm() const noexcept;
};

/// Whether it looks like one: three parts with dots between them. An access token that does not is opaque.
bool looksLikeToken(std::string_view text) noexcept;

/// Reads a compact JWS as the standard has it; the plugin knows no extension, so `crit` may name none. The problem is
/// told as in checks.h.
struct ReadToken
{
    std::optional<Token> token;
    std::string_view problem;
};
ReadToken readToken(std::string text);

/// Who else than the provider a token may be signed by and for.
struct Expectations
{
    const Client* client = nullptr;   ///< whose secret may have signed, and whose id an ID token is for
    std::optional<std::string> nonce; ///< of an ID token
    bool isIdToken = false;
    bool skipsSignature = false;
};

/// The key that verifies the signature, or why there is none.
struct Signed
{
    std::string_view failed; ///< the check; empty when the signature is valid
    const PreparedKey* key = nullptr;
};
Signed checkSignature(const Token& token, const Metadata& metadata, const Settings& settings,
                      const Expectations& expectations, Findings& findings);

/// Times, issuer and, of an ID token, audience and nonce (OpenID Connect Core §3.1.3.7). Gives the check that failed,
/// or nothing.
std::string_view checkClaims(const document::Object& claims, const Metadata& metadata, const Settings& settings,
                             const Expectations& expectations, std::int64_t now, Findings& findings);

/// Only the times, as of an introspected token, whose issuer is whoever was asked.
std::string_view checkTimes(const document::Object& claims, const Settings& settings, std::int64_t now,
                            Findings& findings);

} // namespace claimsmith::gateway::openidconnect
