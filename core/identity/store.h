// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "identity/boundedmap.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace claimsmith::identity {

/// What an issuer remembers between requests. Times are Unix seconds; clients and users are named, not pointed at,
/// because the configuration may change in between.

/// What somebody was allowed: the login or grant that tokens come from.
struct Authorization
{
    std::string id;
    std::string client;
    std::string user; ///< empty: the client for itself
    std::vector<std::string> scopes;
    std::vector<std::string> audience = {};         ///< empty: the client's
    std::string nonce = {};                         ///< of the authorization request
    std::optional<std::int64_t> authenticated = {}; ///< when the user proved who they are
    std::string session = {};                       ///< of the browser; "sid"
    std::string parent = {};                        ///< the authorization that it was exchanged from; empty: none
    document::Object extra = {};                    ///< claims beside those that settings and scopes give
    std::optional<std::int64_t> lifetime = {};      ///< of access tokens, instead of the settings'
    std::int64_t created = 0;
    std::int64_t accessIssued = 0;  ///< when the latest access token was made
    std::int64_t accessExpires = 0; ///< of the latest access token; 0: there is none
    bool hasRefreshToken = false;
    bool refreshed = false;
    bool revoked = false;
};

struct AccessToken
{
    std::string authorization;
    bool revoked = false;
};

struct RefreshToken
{
    std::string authorization;
    std::int64_t expires = 0;
    bool used = false;
};

struct AuthorizationCode
{
    std::string authorization;
    std::string redirectUri; ///< as the request had it; empty when it had none
    std::string challenge;   ///< S256; empty: no PKCE
    std::int64_t expires = 0;
    bool used = false;
};

/// A browser in which a user is signed in.
struct Session
{
    std::string id; ///< "sid" of its tokens; the cookie is another secret
    std::string user;
    std::int64_t authenticated = 0;
    std::int64_t expires = 0;
};

/// An authorization request that was found in order (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
struct AuthorizationRequest
{
    std::string client;
    std::string redirectUri;
    bool namesRedirectUri = true; ///< false: it is the client's only one
    std::string responseMode = {};
    std::string state = {};
    std::string nonce = {};
    std::string challenge = {};
    std::string loginHint = {};
    std::string hintedSubject = {}; ///< of id_token_hint
    std::set<std::string> prompts = {};
    std::optional<std::int64_t> maximumAge = {};
    std::vector<std::string> scopes = {};
};

/// A page that waits for its answer, in the one browser that it was shown to.
struct Interaction
{
    enum class Kind { Login, Consent, Device, Logout };

    Kind kind = Kind::Login;
    std::string browser = {}; ///< value of the cookie
    std::string token = {};   ///< of the form, against forged ones
    std::int64_t expires = 0;
    AuthorizationRequest request = {}; ///< Login and Consent of an authorization request
    std::string userCode = {};         ///< Login and Consent for a device
    std::string logoutUri = {};        ///< Logout: where to go then
    int failures = 0;
};

/// RFC 8628 §3.2.
struct DeviceAuthorization
{
    enum class State { Pending, Approved, Denied, Used };

    std::string client;
    std::string userCode;
    std::vector<std::string> scopes;
    std::int64_t expires;
    std::int64_t interval;
    std::int64_t lastPoll = 0;
    State state = State::Pending;
    std::string user = {};
    std::int64_t authenticated = 0;
    std::string session = {}; ///< that the user approved in
};

struct Store
{
    BoundedMap<Authorization> authorizations; ///< by id
    BoundedMap<AccessToken> accessTokens;     ///< by "jti"
    BoundedMap<RefreshToken> refreshTokens;
    BoundedMap<AuthorizationCode> codes;
    BoundedMap<Session> sessions;         ///< by the cookie's value
    BoundedMap<Interaction> interactions; ///< by id
    BoundedMap<DeviceAuthorization> devices;
    BoundedMap<std::int64_t> assertions;           ///< ids of assertions that were used → when they expire
    BoundedMap<std::vector<std::string>> consents; ///< "client user" → scopes that the user agreed to
};

} // namespace claimsmith::identity
