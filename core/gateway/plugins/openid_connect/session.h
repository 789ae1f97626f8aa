// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "gateway/exchange.h"
#include "gateway/plugins/openid_connect/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// What the provider gave (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3). Empty texts stand for absent tokens.
struct Tokens
{
    std::string access;
    std::string id;
    std::string refresh;
    std::int64_t expires = 0; ///< Unix time of the access token's end; 0: not known
    std::string scope;
};

/// Headers for the client: Set-Cookie may come several times.
using ResponseHeaders = std::vector<std::pair<std::string, std::string>>;

/// A session as its cookie keeps it.
struct Session
{
    std::string id;
    std::int64_t created = 0; ///< Unix times
    std::int64_t rolled = 0;  ///< when it was renewed last
    std::int64_t used = 0;    ///< when the cookie was written last
    std::string client;       ///< id of the client that the tokens are for
    std::string method;       ///< how it began
    Tokens tokens;

    /// Until when it lasts, seen from `now`: idling, rolling and absolute.
    std::int64_t end(const SessionSettings& settings) const noexcept;
};

/// A login that waits for its browser to come back.
struct PendingLogin
{
    std::string state;
    std::string nonce;
    std::string verifier; ///< PKCE (RFC 7636); empty: not used
    std::string redirectUri;
    std::string target; ///< URL that was asked for
    std::string client;
    std::int64_t created = 0;
};

/// Values in cookies that nobody but this gateway can read or make: AES-256-GCM, base64url, in pieces that browsers
/// keep. The name and the audience are bound to the value.
class CookieJar final
{
public:
    /// `key` is used where the settings have none. Both have to outlive the jar. `owner` is whose tokens they are: a
    /// cookie of another one can't be opened.
    CookieJar(const Exchange& exchange, const SessionSettings& settings, const SecretBytes& key, std::string owner)
        : m_exchange(exchange), m_settings(settings), m_key(settings.key ? *settings.key : key),
          m_owner(std::move(owner))
    {
    }

    /// Nothing when there is no session, when its cookie can't be opened, or when it has ended.
    std::optional<Session> session() const;
    /// Whether there is a cookie by the name of the session's.
    bool hasSessionCookie() const noexcept;
    /// False, and nothing written, when it is too large for cookies.
    bool write(const Session& session, ResponseHeaders& headers) const;
    void endSession(ResponseHeaders& headers) const;

    /// The logins under way in this browser, the oldest first; those that took too long are left out.
    std::vector<PendingLogin> logins() const;
    /// As many of the newest as there is room for.
    void write(std::vector<PendingLogin> logins, ResponseHeaders& headers) const;

    /// Takes the plugin's cookies out of a request on its way upstream.
    void hideFrom(http::HeaderMap& headers) const;

private:
    std::optional<document::Value> open(const CookieSettings& cookie) const;
    bool seal(const CookieSettings& cookie, const document::Value& value, std::size_t mostPieces,
              std::optional<std::int64_t> lifetime, ResponseHeaders& headers) const;
    void clear(const CookieSettings& cookie, std::size_t from, ResponseHeaders& headers) const;
    std::string attributes(const CookieSettings& cookie) const;
    std::string binding(const CookieSettings& cookie) const;

    const Exchange& m_exchange;
    const SessionSettings& m_settings;
    const SecretBytes& m_key;
    std::string m_owner;
};

} // namespace claimsmith::gateway::openidconnect
