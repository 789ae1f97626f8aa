// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "identity/configurationerror.h"
#include "identity/fault.h"
#include "jose/algorithm.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity {

/// What `identity/provider.json` says: plain values that a panel edits, reads and writes. Names of secrets stand here,
/// never secrets: the file holds "{{secret:NAME}}".

/// How a client may prove who it is (OpenID Connect Core §9).
enum class ClientAuthentication { None, SecretBasic, SecretPost, SecretJwt, PrivateKeyJwt };

/// What a client may ask the token endpoint for.
enum class GrantType {
    AuthorizationCode, ///< RFC 6749 §4.1
    ClientCredentials, ///< RFC 6749 §4.4
    Password,          ///< RFC 6749 §4.3
    RefreshToken,      ///< RFC 6749 §6; also: tokens of other grants come with a refresh token
    DeviceCode,        ///< RFC 8628
    TokenExchange,     ///< RFC 8693
    JwtBearer,         ///< RFC 7523 §2.1
};

/// "client_secret_basic", as in metadata.
std::string_view toString(ClientAuthentication method) noexcept;
/// "urn:ietf:params:oauth:grant-type:device_code", as requests and metadata name it.
std::string_view toString(GrantType grant) noexcept;
/// The word and the meaning of each, for readers, writers and choosers.
const std::vector<std::pair<std::string_view, ClientAuthentication>>& clientAuthenticationWords();
const std::vector<std::pair<std::string_view, GrantType>>& grantWords();

/// All in seconds.
struct Lifetimes
{
    std::int64_t accessToken = 300;
    std::int64_t idToken = 300;
    std::int64_t refreshToken = 86'400;
    std::int64_t code = 60;         ///< RFC 6749 §4.1.2 advises at most 600
    std::int64_t deviceCode = 600;  ///< RFC 8628 §3.2
    std::int64_t session = 36'000;  ///< of a login in the browser
    std::int64_t interaction = 900; ///< from a login page to its answer

    friend bool operator==(const Lifetimes&, const Lifetimes&) = default;
};

struct Client
{
    std::string id;
    std::string name = {};   ///< for the consent page; empty: the id
    std::string secret = {}; ///< name of the secret; empty: it has none
    std::vector<ClientAuthentication> authentication = {};
    std::vector<GrantType> grants = {GrantType::AuthorizationCode};
    std::vector<std::string> redirectUris = {}; ///< compared character by character (RFC 9700 §2.1)
    std::vector<std::string> postLogoutRedirectUris = {};
    std::vector<std::string> webOrigins = {}; ///< pages that may ask the token endpoint, beside those of redirectUris
    std::vector<std::string> scopes = {};     ///< that it may ask for; empty: every one of the issuer
    std::vector<std::string> audience = {};   ///< "aud" of its access tokens; empty: its id
    std::vector<std::string> targets = {};    ///< audiences that a token exchange may ask for beside its own
    std::optional<std::int64_t> accessTokenLifetime = {}; ///< seconds; nothing: the issuer's
    bool consent = false;                                 ///< ask the user for each new scope
    bool pkce = false;            ///< demand PKCE (RFC 7636); always demanded where there is no secret
    document::Object claims = {}; ///< added to its access tokens
    document::Value keys = {};    ///< JWK Set of public keys, for private_key_jwt and JWT bearer; null: none

    bool has(GrantType grant) const noexcept;
    bool has(ClientAuthentication method) const noexcept;

    /// Whether it can prove who it is (RFC 6749 §2.1).
    bool isConfidential() const noexcept;

    friend bool operator==(const Client&, const Client&) = default;
};

struct User
{
    std::string username;
    std::string subject = {};     ///< "sub"; empty: made from issuer and name, the same at each start
    std::string password = {};    ///< name of the secret; empty: this user can't log in by password
    document::Object claims = {}; ///< issued where a granted scope names them
    std::vector<std::string> groups = {};
    std::vector<std::string> scopes = {}; ///< that can be granted for this user; empty: all
    bool enabled = true;

    friend bool operator==(const User&, const User&) = default;
};

/// A scope and the claims that it opens.
struct Scope
{
    std::string name;
    std::vector<std::string> claims;

    friend bool operator==(const Scope&, const Scope&) = default;
};

/// Whose assertions the JWT bearer grant takes beside the clients' own.
struct TrustedIssuer
{
    std::string issuer;
    document::Value keys; ///< JWK Set of public keys

    friend bool operator==(const TrustedIssuer&, const TrustedIssuer&) = default;
};

struct Issuer
{
    std::string path = {}; ///< "/realms/demo"; empty: the root
    std::string name = {}; ///< for the login page; empty: the path
    jose::Algorithm algorithm = jose::Algorithm::RS256;
    std::string keyPrefix = "claimsmith-oidc"; ///< key ids are "<prefix>-2026-11"
    std::int64_t rotateAfterDays = 0;          ///< 0: only when asked
    std::string accessTokenType = "JWT";       ///< "typ" of access tokens; RFC 9068 wants "at+jwt", Kong's jwt "JWT"
    Lifetimes lifetimes = {};
    std::vector<Scope> scopes = {}; ///< beside standardScopes(), or instead of one of them
    std::vector<Client> clients = {};
    std::vector<User> users = {};
    std::vector<TrustedIssuer> trustedIssuers = {};
    FaultSet faults = {};

    const Client* findClient(std::string_view id) const noexcept;
    const User* findUser(std::string_view username) const noexcept;

    friend bool operator==(const Issuer&, const Issuer&) = default;
};

struct ProviderConfiguration
{
    std::string listen = "localhost:8085"; ///< unless the one who starts it says otherwise
    std::string publicUrl = {};            ///< what clients call it, when that is not where it listens
    std::vector<Issuer> issuers = {};

    friend bool operator==(const ProviderConfiguration&, const ProviderConfiguration&) = default;
};

/// openid, profile, email, address, phone, offline_access, groups (OpenID Connect Core §5.4).
const std::vector<Scope>& standardScopes();
/// All scopes of an issuer: its own, and the standard ones that it does not replace.
std::vector<Scope> scopesOf(const Issuer& issuer);

/// Reads the JSON of a provider.json; comments are allowed. `file` names it in errors.
Result<ProviderConfiguration> readConfiguration(std::string_view text, const std::string& file);

/// The JSON that reads back as the same value: members in a fixed order, defaults left out, indented by two.
std::string writeConfiguration(const ProviderConfiguration& configuration);

/// Names of all secrets that the configuration refers to.
std::set<std::string> secretNames(const ProviderConfiguration& configuration);

} // namespace claimsmith::identity
