// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/settings.h"

#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "crypto/digest.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "gateway/plugins/openid_connect/references.h"
#include "http/url.h"
#include "jose/jwk.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace claimsmith::gateway::openidconnect {

using document::Value;

namespace {

constexpr std::pair<Method, std::string_view> methodNames[] = {
    {Method::Session, "session"},
    {Method::Bearer, "bearer"},
    {Method::KongOauth2, "kong_oauth2"},
    {Method::Introspection, "introspection"},
    {Method::UserInfo, "userinfo"},
    {Method::RefreshToken, "refresh_token"},
    {Method::Password, "password"},
    {Method::ClientCredentials, "client_credentials"},
    {Method::AuthorizationCode, "authorization_code"},
};

constexpr std::string_view discoveryPath = "/.well-known/";
/// A year and more: beyond it libcurl and clocks have nothing to say.
constexpr double longestSeconds = 1e9;

std::string textOf(const Value& config, std::string_view name)
{
    return resolved(textSetting(config, name).value_or(""));
}

std::vector<std::string> textsOf(const Value& config, std::string_view name)
{
    auto texts = textsSetting(config, name);
    std::ranges::transform(texts, texts.begin(), resolved);
    return texts;
}

std::string elementOf(const Value& config, std::string_view name, std::size_t index)
{
    const auto texts = textsOf(config, name);
    return index < texts.size() ? texts[index] : std::string();
}

std::chrono::seconds secondsOf(const Value& config, std::string_view name)
{
    const double seconds = std::clamp(numberSetting(config, name), 0.0, longestSeconds);
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(seconds)));
}

std::optional<double> maybeNumber(const Value& config, std::string_view name)
{
    const Value* value = config.find(name);
    return value && value->asNumber() ? std::optional(value->asNumber()->toDouble()) : std::nullopt;
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    for (const std::string_view word : split(text, ' '))
        if (!word.empty())
            words.emplace_back(word);
    return words;
}

Requirement requirementOf(const Value& config, std::string_view check, const std::string& kind)
{
    Requirement requirement{check, kind + "_required", textsOf(config, kind + "_claim"), {}};
    for (const std::string& line : textsOf(config, requirement.setting))
        requirement.alternatives.push_back(wordsOf(line));
    return requirement;
}

std::vector<jose::SignatureVerifier> secretVerifiers(const SecretBytes& secret)
{
    std::vector<jose::SignatureVerifier> verifiers;
    for (const auto algorithm : {jose::Algorithm::HS256, jose::Algorithm::HS384, jose::Algorithm::HS512})
        if (auto verifier = jose::SignatureVerifier::forSecret(algorithm, secret.clone()))
            verifiers.push_back(*std::move(verifier));
    return verifiers;
}

std::optional<jose::Key> clientKeyOf(const Value& config, std::size_t index)
{
    const Value* keys = config.find("client_jwk");
    if (!keys || !keys->asArray() || index >= keys->asArray()->size())
        return std::nullopt;
    document::Object members; // the schema fills in what is absent with null
    if (const auto* object = (*keys->asArray())[index].asObject())
        for (const auto& [name, value] : *object)
            if (!value.isNull() && name != "issuer")
                members.append(name, value.asString() ? Value(resolved(*value.asString())) : value);
    auto key = jose::readJwk(members);
    if (!key) {
        log(LogLevel::Warning, "gateway", "openid-connect: client_jwk: " + key.error().toString());
        return std::nullopt;
    }
    return *std::move(key);
}

Client clientOf(const Value& config, std::size_t index)
{
    Client client;
    client.id = elementOf(config, "client_id", index);
    client.secret = SecretBytes(elementOf(config, "client_secret", index));
    client.authentication = elementOf(config, "client_auth", index);
    client.algorithm = elementOf(config, "client_alg", index);
    client.key = clientKeyOf(config, index);
    client.redirectUri = elementOf(config, "redirect_uri", index);
    client.loginRedirectUri = elementOf(config, "login_redirect_uri", index);
    client.logoutRedirectUri = elementOf(config, "logout_redirect_uri", index);
    client.forbiddenRedirectUri = elementOf(config, "forbidden_redirect_uri", index);
    client.unauthorizedRedirectUri = elementOf(config, "unauthorized_redirect_uri", index);
    client.unexpectedRedirectUri = elementOf(config, "unexpected_redirect_uri", index);
    if (flagSetting(config, "enable_hs_signatures") && !client.secret.empty())
        client.verifiers = secretVerifiers(client.secret);
    return client;
}

std::vector<Client> clientsOf(const Value& config)
{
    const std::size_t count = std::max<std::size_t>(textsSetting(config, "client_id").size(), 1);
    std::vector<Client> clients;
    for (std::size_t i = 0; i < count; ++i)
        clients.push_back(clientOf(config, i));
    return clients;
}

std::map<std::string, std::string, std::less<>> namedTexts(const Value& config, const char* suffix)
{
    static constexpr const char* names[] = {
        "authorization_endpoint", "token_endpoint",    "introspection_endpoint",
        "revocation_endpoint",    "userinfo_endpoint", "end_session_endpoint",
    };
    std::map<std::string, std::string, std::less<>> found;
    for (const std::string name : names)
        if (std::string text = textOf(config, name + suffix); !text.empty())
            found.emplace(name, std::move(text));
    return found;
}

std::vector<ClaimHeader> claimHeaders(const Value& config, const std::string& side)
{
    const auto claims = textsOf(config, side + "_headers_claims");
    const auto names = textsOf(config, side + "_headers_names");
    std::vector<ClaimHeader> headers;
    for (std::size_t i = 0; i < std::min(claims.size(), names.size()); ++i) {
        std::string name = names[i];
        std::ranges::replace(name, '_', '-');
        if (http::isToken(name))
            headers.push_back({claims[i], std::move(name)});
    }
    return headers;
}

http::HeaderMap headersOf(const Value& config, const std::string& prefix)
{
    http::HeaderMap headers;
    for (const auto& [name, value] : Extras(config, prefix).fixed)
        headers.add(name, value);
    return headers;
}

} // namespace

std::string_view nameOf(Method method) noexcept
{
    return methodNames[static_cast<std::size_t>(method)].second;
}

Methods::Methods(const Value& config, std::string_view setting)
{
    const auto names = textsSetting(config, setting);
    for (const auto& [method, name] : methodNames)
        m_flags[static_cast<std::size_t>(method)] = std::ranges::find(names, name) != names.end();
}

Places::Places(const Value& config, std::string_view setting)
{
    for (const std::string& place : textsSetting(config, setting))
        (place == "header" ? header : place == "query" ? query : place == "body" ? body : cookie) = true;
}

std::string Places::toString() const
{
    std::string list;
    const std::pair<bool, const char*> places[] = {
        {header, "header"}, {query, "query"}, {body, "body"}, {cookie, "cookie"}};
    for (const auto& [isSearched, name] : places)
        if (isSearched)
            list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

Extras::Extras(const Value& config, const std::string& prefix) : client(textsOf(config, prefix + "_client"))
{
    const auto names = textsOf(config, prefix + "_names");
    const auto values = textsOf(config, prefix + "_values");
    for (std::size_t i = 0; i < names.size(); ++i)
        fixed.emplace_back(names[i], i < values.size() ? values[i] : std::string());
}

Connection::Connection(const Value& config)
    : verify(flagSetting(config, "ssl_verify")), keepAlive(config.findBoolean("keepalive").value_or(true)),
      httpProxy(textOf(config, "http_proxy")), httpProxyAuthorization(textOf(config, "http_proxy_authorization")),
      httpsProxy(textOf(config, "https_proxy")), httpsProxyAuthorization(textOf(config, "https_proxy_authorization"))
{
    constexpr double longest = 2e9; // as libcurl counts
    if (const double limit = numberSetting(config, "timeout"); limit > 0)
        timeout = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(std::min(limit, longest))));
    for (const std::string_view host : split(textOf(config, "no_proxy"), ','))
        if (!trimmed(host).empty())
            withoutProxy.push_back(toLower(trimmed(host)));
}

http::ClientRequest Connection::request(std::string method, const std::string& url) const
{
    constexpr std::uint64_t largestAnswer = 4U << 20U;
    http::ClientRequest request;
    request.method = std::move(method);
    request.url = url;
    request.headers.set("Accept", "application/json");
    request.protocol = http::ClientRequest::Protocol::Http11;
    request.connectTimeout = request.totalTimeout = timeout;
    request.tls.verify = verify;
    request.maximumBody = largestAnswer;
    if (!keepAlive)
        request.headers.set("Connection", "close");
    const auto parsed = http::parseUrl(url);
    const std::string host = parsed ? parsed->host : std::string();
    const bool isDirect = std::ranges::any_of(withoutProxy, [&](const std::string& name) {
        return name == "*" || host == name || (name.front() == '.' && host.ends_with(name));
    });
    if (isDirect)
        return request;
    const bool isSecure = parsed && parsed->isSecure();
    request.proxy = isSecure ? httpsProxy : httpProxy;
    const std::string& authorization = isSecure ? httpsProxyAuthorization : httpProxyAuthorization;
    if (!request.proxy.empty() && !authorization.empty())
        request.headers.set("Proxy-Authorization", authorization);
    return request;
}

ProviderSettings::ProviderSettings(const Value& config)
    : issuer(textOf(config, "issuer")), extraKeySets(textsOf(config, "extra_jwks_uris")),
      headers(headersOf(config, "discovery_headers")), rediscovery(secondsOf(config, "rediscovery_lifetime")),
      lifetime(secondsOf(config, "cache_ttl")), connection(config)
{
    const bool isAddress = issuer.find(discoveryPath) != std::string::npos;
    if (!flagSetting(config, "using_pseudo_issuer"))
        discoveryUrl =
            isAddress ? issuer : issuer + (issuer.ends_with('/') ? "" : "/") + ".well-known/openid-configuration";
    key = issuer + '\n' + discoveryUrl + '\n' + (connection.verify ? "verified" : "") + '\n' + connection.httpProxy +
          '\n' + connection.httpsProxy;
    for (const std::string& url : extraKeySets)
        key += '\n' + url;
    for (const auto& [name, value] : headers)
        key += '\n' + std::string(name) + ':' + std::string(value);
}

CookieSettings::CookieSettings(const Value& config, const std::string& prefix)
    : name(textOf(config, prefix + "_cookie_name")), path(textOf(config, prefix + "_cookie_path")),
      domain(textOf(config, prefix + "_cookie_domain")), sameSite(textOf(config, prefix + "_cookie_same_site")),
      httpOnly(config.findBoolean(prefix + "_cookie_http_only").value_or(true)),
      secure(config.findBoolean(prefix + "_cookie_secure"))
{
    if (sameSite == "Default") // as Kong's library for sessions: browsers take nothing for Lax
        sameSite.clear();
    if (!http::isToken(name))
        name = prefix;
}

SessionSettings::SessionSettings(const Value& config)
    : cookie(config, "session"), login(config, "authorization"), audience(textOf(config, "session_audience")),
      idling(secondsOf(config, "session_idling_timeout")), rolling(secondsOf(config, "session_rolling_timeout")),
      absolute(secondsOf(config, "session_absolute_timeout")),
      loginLifetime(secondsOf(config, "authorization_rolling_timeout"))
{
    if (std::string secret = textOf(config, "session_secret"); !secret.empty()) {
        key = SecretBytes(crypto::digest(crypto::DigestKind::Sha256, "claimsmith session\n" + secret));
        wipe(secret);
    }
    for (const std::string& name : textsSetting(config, "session_request_headers"))
        requestHeaders.insert(name);
    for (const std::string& name : textsSetting(config, "session_response_headers"))
        responseHeaders.insert(name);
}

TokenHeaders::TokenHeaders(const Value& config, const std::string& side) : claims(claimHeaders(config, side))
{
    const std::pair<const char*, std::string*> names[] = {
        {"access_token", &accessToken},
        {"access_token_jwk", &accessTokenKey},
        {"id_token", &idToken},
        {"id_token_jwk", &idTokenKey},
        {"refresh_token", &refreshToken},
        {"user_info", &userInfo},
        {"user_info_jwt", &userInfoToken},
        {"introspection", &introspection},
        {"introspection_jwt", &introspectionToken},
        {"session_id", &sessionId},
    };
    for (const auto& [name, header] : names)
        *header = textOf(config, side + "_" + name + "_header");
}

LoginSettings::LoginSettings(const Value& config)
    : methods(config, "login_methods"), action(textOf(config, "login_action")), tokens(textsOf(config, "login_tokens")),
      inFragment(textOf(config, "login_redirect_mode") != "query"),
      logoutQueryArgument(textOf(config, "logout_query_arg")), logoutPostArgument(textOf(config, "logout_post_arg")),
      logoutSuffix(textOf(config, "logout_uri_suffix")), logoutMethods(textsOf(config, "logout_methods")),
      revokes(flagSetting(config, "logout_revoke")),
      revokesAccessToken(config.findBoolean("logout_revoke_access_token").value_or(true)),
      revokesRefreshToken(config.findBoolean("logout_revoke_refresh_token").value_or(true))
{
}

Settings::Settings(const PluginContext& context)
    : provider(context.config), methods(context.config, "auth_methods"), clients(clientsOf(context.config)),
      clientArgument(textOf(context.config, "client_arg")), endpoints(namedTexts(context.config, "")),
      endpointAuthentication(namedTexts(context.config, "_auth_method")), scopes(textsOf(context.config, "scopes")),
      audience(textsOf(context.config, "audience")), responseMode(textOf(context.config, "response_mode")),
      issuersAllowed(textsOf(context.config, "issuers_allowed")),
      requirements{
          requirementOf(context.config, scopesHeld, "scopes"), requirementOf(context.config, audienceHeld, "audience"),
          requirementOf(context.config, groupsHeld, "groups"), requirementOf(context.config, rolesHeld, "roles")},
      claimsForbidden(textsOf(context.config, "claims_forbidden")), domains(textsOf(context.config, "domains")),
      maximumAge(maybeNumber(context.config, "max_age")),
      groupsClaim(textsOf(context.config, "authenticated_groups_claim")),
      consumerClaim(textsOf(context.config, "consumer_claim")), consumerBy(textsOf(context.config, "consumer_by")),
      consumerOptional(flagSetting(context.config, "consumer_optional")),
      ignoresCase(flagSetting(context.config, "by_username_ignore_case")),
      credentialClaim(textsOf(context.config, "credential_claim")), leeway(numberSetting(context.config, "leeway")),
      verifiesNonce(context.config.findBoolean("verify_nonce").value_or(true)),
      verifiesClaims(context.config.findBoolean("verify_claims").value_or(true)),
      verifiesSignature(context.config.findBoolean("verify_signature").value_or(true)),
      ignoresSignature(context.config, "ignore_signature"), reverifies(flagSetting(context.config, "reverify")),
      sessionClaim(textOf(context.config, "jwt_session_claim")),
      sessionCookie(textOf(context.config, "jwt_session_cookie")),
      bearerPlaces(context.config, "bearer_token_param_type"),
      bearerCookie(textOf(context.config, "bearer_token_cookie_name")),
      passwordPlaces(context.config, "password_param_type"),
      clientPlaces(context.config, "client_credentials_param_type"),
      refreshPlaces(context.config, "refresh_token_param_type"),
      refreshName(textOf(context.config, "refresh_token_param_name")),
      hidesCredentials(flagSetting(context.config, "hide_credentials")),
      refreshesTokens(context.config.findBoolean("refresh_tokens").value_or(true)),
      withoutSession(context.config, "disable_session"),
      introspectsTokens(flagSetting(context.config, "introspect_jwt_tokens")),
      checksActive(context.config.findBoolean("introspection_check_active").value_or(true)),
      introspectionHint(textOf(context.config, "introspection_hint")),
      introspectionAccept(textOf(context.config, "introspection_accept")),
      introspectionParameter(textOf(context.config, "introspection_token_param_name")),
      revocationParameter(textOf(context.config, "revocation_token_param_name")),
      userInfoAccept(textOf(context.config, "userinfo_accept")),
      searchesUserInfo(flagSetting(context.config, "search_user_info")),
      authorizationArguments(context.config, "authorization_query_args"), tokenHeaders(context.config, "token_headers"),
      tokenArguments(context.config, "token_post_args"), introspectionHeaders(context.config, "introspection_headers"),
      introspectionArguments(context.config, "introspection_post_args"),
      userInfoHeaders(context.config, "userinfo_headers"), userInfoArguments(context.config, "userinfo_query_args"),
      tokenHeadersReplay(textsOf(context.config, "token_headers_replay")),
      tokenHeadersPrefix(textOf(context.config, "token_headers_prefix")),
      usesProofKey(context.config.findBoolean("require_proof_key_for_code_exchange")),
      keepsQuery(flagSetting(context.config, "preserve_query_args")),
      cachesTokens(context.config.findBoolean("cache_tokens").value_or(true)),
      cachesIntrospection(context.config.findBoolean("cache_introspection").value_or(true)),
      cachesUserInfo(context.config.findBoolean("cache_user_info").value_or(true)),
      keepsScopesApart(flagSetting(context.config, "token_cache_key_include_scope")),
      salt(textOf(context.config, "cache_tokens_salt")), cacheLifetime(numberSetting(context.config, "cache_ttl")),
      cacheLongest(maybeNumber(context.config, "cache_ttl_max")),
      cacheShortest(maybeNumber(context.config, "cache_ttl_min")), session(context.config), login(context.config),
      upstream(context.config, "upstream"), downstream(context.config, "downstream"),
      unauthorizedMessage(textOf(context.config, "unauthorized_error_message")),
      forbiddenMessage(textOf(context.config, "forbidden_error_message")),
      unauthorizedEndsSession(context.config.findBoolean("unauthorized_destroy_session").value_or(true)),
      forbiddenEndsSession(context.config.findBoolean("forbidden_destroy_session").value_or(true)),
      displaysErrors(flagSetting(context.config, "display_errors")),
      exposesCodes(context.config.findBoolean("expose_error_code").value_or(true)), pointer(context.pointer)
{
    if (salt.empty())
        salt = randomAlphanumeric(32);
}

std::string Settings::pointerTo(std::string_view setting) const
{
    return document::joinPointer(pointer, setting);
}

const Client& Settings::client(std::string_view argument) const noexcept
{
    const auto byId = std::ranges::find(clients, argument, &Client::id);
    if (!argument.empty() && byId != clients.end())
        return *byId;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(argument.data(), argument.data() + argument.size(), number);
    const bool isNumber = error == std::errc() && end == argument.data() + argument.size();
    return isNumber && number >= 1 && number <= clients.size() ? clients[number - 1] : clients.front();
}

bool Settings::needsBody(const http::RequestHead& head) const noexcept
{
    const bool hasHeader = bearerPlaces.header && head.headers.contains("Authorization");
    if (head.method == "GET" || head.method == "HEAD" || (hasHeader && login.logoutPostArgument.empty()))
        return false;
    const bool searches = bearerPlaces.body || passwordPlaces.body || clientPlaces.body || refreshPlaces.body ||
                          !login.logoutPostArgument.empty() || responseMode == "form_post";
    const std::string type = toLower(head.headers.value("Content-Type"));
    return searches && (type.starts_with("application/x-www-form-urlencoded") || type.starts_with("application/json") ||
                        type.starts_with("multipart/form-data"));
}

} // namespace claimsmith::gateway::openidconnect
