// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"
#include "http/client/client.h"
#include "jose/key.h"
#include "jose/signature.h"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// What `auth_methods` may list, in the order in which credentials are looked for (kong-plugins.md I1.2).
enum class Method {
    Session,
    Bearer,
    KongOauth2,
    Introspection,
    UserInfo,
    RefreshToken,
    Password,
    ClientCredentials,
    AuthorizationCode,
};

/// "client_credentials".
std::string_view nameOf(Method method) noexcept;

/// A set of methods.
class Methods final
{
public:
    Methods(const document::Value& config, std::string_view setting);
    bool has(Method method) const noexcept { return m_flags[static_cast<std::size_t>(method)]; }

private:
    std::array<bool, 9> m_flags{};
};

/// Where a credential may stand.
struct Places
{
    bool header = false;
    bool query = false;
    bool body = false;
    bool cookie = false;

    Places(const document::Value& config, std::string_view setting);
    /// "header, query": for findings.
    std::string toString() const;
};

/// One of the ids under which the gateway is known to the provider.
struct Client
{
    std::string id;
    SecretBytes secret;
    std::string authentication; ///< "client_secret_basic"…; empty: as the provider prefers
    std::string algorithm;      ///< of its assertions; empty: by its key
    std::optional<jose::Key> key;
    std::string redirectUri; ///< these four may be empty
    std::string loginRedirectUri;
    std::string logoutRedirectUri;
    std::string forbiddenRedirectUri;
    std::string unauthorizedRedirectUri;
    std::string unexpectedRedirectUri;
    std::vector<jose::SignatureVerifier> verifiers; ///< HS, by its secret; only with enable_hs_signatures
};

/// Values of which one is needed; of each all words (kong-plugins.md I1.4, step 4).
struct Requirement
{
    std::string_view check; ///< checks.h
    std::string setting;    ///< "scopes_required"
    std::vector<std::string> claim;
    std::vector<std::vector<std::string>> alternatives; ///< empty: nothing is required
};

/// Names and values that go with requests to the provider, and what is passed on from the client's request.
struct Extras
{
    std::vector<std::pair<std::string, std::string>> fixed;
    std::vector<std::string> client;

    Extras(const document::Value& config, const std::string& prefix);
};

/// How the provider is reached.
struct Connection
{
    bool verify = false;
    bool keepAlive = true;
    std::chrono::milliseconds timeout{10'000};
    std::string httpProxy;
    std::string httpProxyAuthorization;
    std::string httpsProxy;
    std::string httpsProxyAuthorization;
    std::vector<std::string> withoutProxy; ///< hosts, and domains with a leading dot

    explicit Connection(const document::Value& config);
    http::ClientRequest request(std::string method, const std::string& url) const;
};

/// What decides which documents are discovered.
struct ProviderSettings
{
    std::string issuer;       ///< as configured
    std::string discoveryUrl; ///< empty: nothing is discovered (using_pseudo_issuer)
    std::vector<std::string> extraKeySets;
    http::HeaderMap headers;
    std::chrono::seconds rediscovery{30};
    std::chrono::seconds lifetime{3600}; ///< of what was discovered
    Connection connection;
    std::string key; ///< those with the same one share what was discovered

    explicit ProviderSettings(const document::Value& config);
};

/// A cookie's attributes.
struct CookieSettings
{
    std::string name;
    std::string path;
    std::string domain;
    std::string sameSite; ///< empty: not said
    bool httpOnly = true;
    std::optional<bool> secure; ///< nothing: as the request came

    CookieSettings(const document::Value& config, const std::string& prefix);
};

struct SessionSettings
{
    CookieSettings cookie;
    CookieSettings login; ///< keeps logins under way
    std::string audience;
    std::optional<SecretBytes> key; ///< nothing: the key of this start
    std::chrono::seconds idling{900};
    std::chrono::seconds rolling{3600};
    std::chrono::seconds absolute{86400};
    std::chrono::seconds loginLifetime{600};
    std::set<std::string, std::less<>> requestHeaders;
    std::set<std::string, std::less<>> responseHeaders;

    explicit SessionSettings(const document::Value& config);
};

/// A claim that becomes a header.
struct ClaimHeader
{
    std::string claim;
    std::string name;
};

/// What one side, upstream or client, is told.
struct TokenHeaders
{
    std::vector<ClaimHeader> claims;
    std::string accessToken; ///< header names; empty: not told. "authorization:bearer" is one of them
    std::string accessTokenKey;
    std::string idToken;
    std::string idTokenKey;
    std::string refreshToken;
    std::string userInfo;
    std::string userInfoToken;
    std::string introspection;
    std::string introspectionToken;
    std::string sessionId;

    TokenHeaders(const document::Value& config, const std::string& side);
    /// Whether a claim or the user info header may need the userinfo endpoint.
    bool wantsUserInfo() const noexcept { return !userInfo.empty() || !userInfoToken.empty(); }
};

struct LoginSettings
{
    Methods methods;
    std::string action; ///< "upstream", "response", "redirect"
    std::vector<std::string> tokens;
    bool inFragment = true;
    std::string logoutQueryArgument; ///< these three may be empty
    std::string logoutPostArgument;
    std::string logoutSuffix;
    std::vector<std::string> logoutMethods;
    bool revokes = false;
    bool revokesAccessToken = true;
    bool revokesRefreshToken = true;

    explicit LoginSettings(const document::Value& config);
};

/// The plugin's configuration, prepared.
struct Settings
{
    ProviderSettings provider;
    Methods methods;
    std::vector<Client> clients; ///< never empty
    std::string clientArgument;
    std::map<std::string, std::string, std::less<>> endpoints; ///< overrides, by discovery's names
    std::map<std::string, std::string, std::less<>> endpointAuthentication;

    std::vector<std::string> scopes;
    std::vector<std::string> audience;
    std::string responseMode;
    std::vector<std::string> issuersAllowed;
    std::array<Requirement, 4> requirements;
    std::vector<std::string> claimsForbidden;
    std::vector<std::string> domains;
    std::optional<double> maximumAge;
    std::vector<std::string> groupsClaim; ///< for acl; empty: none

    std::vector<std::string> consumerClaim; ///< empty: no look-up
    std::vector<std::string> consumerBy;
    bool consumerOptional = false;
    bool ignoresCase = false;
    std::vector<std::string> credentialClaim;

    double leeway = 0;
    bool verifiesNonce = true;
    bool verifiesClaims = true;
    bool verifiesSignature = true;
    Methods ignoresSignature;
    bool reverifies = false;
    std::string sessionClaim;
    std::string sessionCookie;

    Places bearerPlaces;
    std::string bearerCookie;
    Places passwordPlaces;
    Places clientPlaces;
    Places refreshPlaces;
    std::string refreshName;
    bool hidesCredentials = false;
    bool refreshesTokens = true;
    Methods withoutSession;

    bool introspectsTokens = false;
    bool checksActive = true;
    std::string introspectionHint;
    std::string introspectionAccept;
    std::string introspectionParameter;
    std::string revocationParameter;
    std::string userInfoAccept;
    bool searchesUserInfo = false;
    Extras authorizationArguments;
    Extras tokenHeaders;
    Extras tokenArguments;
    Extras introspectionHeaders;
    Extras introspectionArguments;
    Extras userInfoHeaders;
    Extras userInfoArguments;
    std::vector<std::string> tokenHeadersReplay;
    std::string tokenHeadersPrefix;
    std::optional<bool> usesProofKey; ///< nothing: as discovered
    bool keepsQuery = false;

    bool cachesTokens = true;
    bool cachesIntrospection = true;
    bool cachesUserInfo = true;
    bool keepsScopesApart = false;
    std::string salt;
    double cacheLifetime = 3600;
    std::optional<double> cacheLongest;
    std::optional<double> cacheShortest;

    SessionSettings session;
    LoginSettings login;
    TokenHeaders upstream;
    TokenHeaders downstream;

    std::string unauthorizedMessage;
    std::string forbiddenMessage;
    bool unauthorizedEndsSession = true;
    bool forbiddenEndsSession = true;
    bool displaysErrors = false;
    bool exposesCodes = true;
    std::string pointer; ///< of the configuration in the document

    explicit Settings(const PluginContext& context);

    std::string pointerTo(std::string_view setting) const;
    /// The client that an argument of a request names, by id or by number from 1 on; else the first.
    const Client& client(std::string_view argument) const noexcept;
    bool needsBody(const http::RequestHead& head) const noexcept;
};

} // namespace claimsmith::gateway::openidconnect
