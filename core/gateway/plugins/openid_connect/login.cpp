// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "document/json.h"
#include "gateway/plugins/openid_connect/authentication.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "http/query.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Object;

namespace {

/// Octets of states, nonces and PKCE's verifiers: 256 bits.
constexpr std::size_t randomSize = 32;

std::string randomText()
{
    return toBase64Url(randomBytes(randomSize));
}

void append(std::string& url, std::string_view name, std::string_view value)
{
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += http::formEncode(name) + "=" + http::formEncode(value);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// What login_tokens asks for, of what there is.
Object tokensFor(const std::vector<std::string>& names, const Caller& caller)
{
    Object tokens;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty() && std::ranges::find(names, name) != names.end())
            tokens.set(name, text);
    };
    if (std::ranges::find(names, "tokens") != names.end() && caller.grant)
        tokens = caller.grant->members;
    add("id_token", caller.tokens.id);
    add("access_token", caller.tokens.access);
    add("refresh_token", caller.tokens.refresh);
    if (std::ranges::find(names, "introspection") != names.end() && caller.introspection)
        tokens.set("introspection", caller.introspection->members);
    return tokens;
}

} // namespace

std::string Authentication::requestUrl(bool withQuery) const
{
    const ClientRequest& request = m_exchange.request;
    const bool isSecure = request.forwardedScheme == Scheme::Https;
    std::string url = isSecure ? "https://" : "http://";
    url += request.forwardedHost.find(':') == std::string::npos ? request.forwardedHost
                                                                : "[" + request.forwardedHost + "]";
    if (request.forwardedPort != (isSecure ? 443 : 80))
        url += ":" + std::to_string(request.forwardedPort);
    url += request.head.path();
    if (const auto query = request.head.query(); query && withQuery)
        url += "?" + std::string(*query);
    return url;
}

/// OpenID Connect Core §3.1.2.1, with PKCE (RFC 7636 §4.3) where the provider knows it.
Flow<Authentication::Ending> Authentication::beginLogin()
{
    noteCredential(false, {}, Method::AuthorizationCode);
    auto finding = findProvider();
    const bool isKnown = co_await finding;
    std::string url = isKnown ? m_calls.endpoint(*m_metadata, "authorization_endpoint") : std::string();
    if (url.empty())
        co_return unexpected();
    PendingLogin login;
    login.state = randomText();
    login.nonce = randomText();
    login.redirectUri = m_client->redirectUri.empty() ? requestUrl(false) : m_client->redirectUri;
    login.target = requestUrl(true);
    login.client = m_client->id;
    login.created = m_exchange.clock.unixSeconds();
    if (m_settings.usesProofKey.value_or(m_metadata->lists("code_challenge_methods_supported", "S256")))
        login.verifier = randomText();
    append(url, "response_type", "code");
    append(url, "client_id", m_client->id);
    append(url, "redirect_uri", login.redirectUri);
    append(url, "scope", joined(m_settings.scopes));
    append(url, "state", login.state);
    append(url, "nonce", login.nonce);
    append(url, "response_mode", m_settings.responseMode);
    if (!login.verifier.empty()) {
        append(url, "code_challenge", toBase64Url(crypto::digest(crypto::DigestKind::Sha256, login.verifier)));
        append(url, "code_challenge_method", "S256");
    }
    for (const std::string& audience : m_settings.audience)
        append(url, "audience", audience);
    if (m_settings.maximumAge)
        append(url, "max_age", document::Number(*m_settings.maximumAge).text());
    for (const auto& [name, value] : m_settings.authorizationArguments.fixed)
        append(url, name, value);
    for (const std::string& name : m_settings.authorizationArguments.client)
        if (const auto value = m_arguments.inQuery(name))
            append(url, name, *value);
    auto logins = m_cookies.logins();
    logins.push_back(std::move(login));
    m_cookies.write(logins, m_headers);
    m_isAnswered = true;
    co_return redirect(url);
}

/// The login in this browser that has the state, which is over with this request.
std::optional<PendingLogin> Authentication::takeLogin(const std::string& state)
{
    auto logins = m_cookies.logins();
    const auto found = std::ranges::find_if(
        logins, [&](const PendingLogin& login) { return equalInConstantTime(login.state, state); });
    if (found == logins.end())
        return std::nullopt;
    PendingLogin login = std::move(*found);
    logins.erase(found);
    m_cookies.write(logins, m_headers);
    return login;
}

/// The browser is back (OpenID Connect Core §3.1.2.5): its code becomes tokens.
Flow<Authentication::Ending> Authentication::finishLogin(PendingLogin login)
{
    noteCredential(true, "query code", Method::AuthorizationCode);
    m_client = &m_settings.client(login.client);
    m_caller.method = Method::AuthorizationCode;
    const auto argument = [this](std::string_view name) {
        auto value = m_arguments.inQuery(name);
        return value ? value : m_arguments.inBody(name);
    };
    auto finding = findProvider();
    const bool isKnown = co_await finding;
    if (!isKnown)
        co_return unexpected();
    if (const auto error = argument("error"))
        co_return abandonLogin("error", *error);
    if (const auto issuer = argument("iss"); issuer && *issuer != m_metadata->issuer)
        co_return abandonLogin("issuer", *issuer); // RFC 9207 §2.4
    const auto code = argument("code");
    if (!code)
        co_return abandonLogin("no-code", {});
    hideLoginArguments(login);
    Form form{{"grant_type", "authorization_code"}, {"code", *code}, {"redirect_uri", login.redirectUri}};
    if (!login.verifier.empty())
        form.emplace_back("code_verifier", login.verifier);
    auto fetching = fetchTokens(Method::AuthorizationCode, std::move(form), {});
    Ending ending = co_await fetching;
    if (ending)
        co_return ending;
    if (m_caller.tokens.id.empty() && std::ranges::find(m_settings.scopes, "openid") != m_settings.scopes.end())
        co_return abandonLogin("no-id-token", {});
    if (m_findings)
        m_findings.passed({.check = std::string(loginValid), .standard = "OpenID Connect Core §3.1.3.3"});
    auto identifying = verifyIdToken(login.nonce);
    ending = co_await identifying;
    m_login = std::move(login);
    if (ending)
        co_return ending;
    auto verifying = verifyAccessToken(true);
    co_return co_await verifying;
}

Authentication::Ending Authentication::abandonLogin(std::string_view problem, const std::string& found)
{
    if (m_findings)
        m_findings.failed({.check = std::string(loginValid),
                           .found = problem == "state" ? std::string() : found,
                           .pointer = m_settings.pointerTo("authorization_cookie_name"),
                           .standard = "OpenID Connect Core §3.1.2.7",
                           .parameters = {{"problem", std::string(problem)}}});
    return unauthorized("invalid_token", problem == "error" ? std::string_view(found) : "the login is not valid");
}

/// The upstream gets the address that was asked for, and no code.
void Authentication::hideLoginArguments(const PendingLogin& login)
{
    UpstreamRequest& upstream = m_exchange.upstream;
    if (m_exchange.request.body)
        for (const std::string_view name : {"code", "state", "session_state", "iss"})
            if (auto rest = BodyArguments::parse(upstream.headers.value("Content-Type"),
                                                 upstream.body.value_or(*m_exchange.request.body))
                                .without(name))
                upstream.body = std::move(rest);
    if (m_settings.keepsQuery) {
        const std::size_t query = login.target.find('?');
        upstream.query = query == std::string::npos ? std::optional<std::string>() : login.target.substr(query + 1);
        return;
    }
    for (const std::string_view name : {"code", "state", "session_state", "iss"})
        if (upstream.query)
            upstream.query = http::withoutArgument(*upstream.query, name);
    if (upstream.query && upstream.query->empty())
        upstream.query.reset();
}

/// What `login_action` asks for after a login; nothing: the request goes on.
Authentication::Ending Authentication::loginAction()
{
    const LoginSettings& settings = m_settings.login;
    if (!settings.methods.has(m_caller.method) || settings.action == "upstream")
        return std::nullopt;
    const Object tokens = tokensFor(settings.tokens, m_caller);
    m_isAnswered = true;
    if (settings.action == "response") {
        Answer answer = exitAnswer(200, tokens);
        answer.headers.set("Cache-Control", "no-store");
        return answer;
    }
    std::string url = m_client->loginRedirectUri;
    if (url.empty())
        url = m_login ? m_login->target : requestUrl(true);
    std::string arguments;
    for (const auto& [name, value] : tokens)
        arguments += (arguments.empty() ? "" : "&") + http::formEncode(name) + "=" + http::formEncode(textOf(value));
    if (!arguments.empty())
        url += (settings.inFragment ? "#" : url.find('?') == std::string::npos ? "?" : "&") + arguments;
    return redirect(url);
}

bool Authentication::wantsLogout()
{
    const LoginSettings& settings = m_settings.login;
    const http::RequestHead& head = m_exchange.request.head;
    if (std::ranges::find(settings.logoutMethods, head.method) == settings.logoutMethods.end())
        return false;
    const auto query = http::parseQuery(head.query().value_or(""));
    return (!settings.logoutSuffix.empty() && head.path().ends_with(settings.logoutSuffix)) ||
           (!settings.logoutQueryArgument.empty() && query.find(settings.logoutQueryArgument)) ||
           (!settings.logoutPostArgument.empty() && m_arguments.inBody(settings.logoutPostArgument));
}

/// Ends the session here, its tokens where that is asked for, and sends the browser on to end the one at the provider
/// (OpenID Connect RP-Initiated Logout 1.0 §2).
Flow<Authentication::Ending> Authentication::logOut()
{
    const auto session = m_cookies.session();
    m_isAnswered = true;
    m_cookies.endSession(m_headers);
    if (session)
        m_client = &m_settings.client(session->client);
    auto finding = findProvider();
    const bool isKnown = co_await finding;
    if (isKnown && session && m_settings.login.revokes) {
        if (m_settings.login.revokesRefreshToken) {
            auto revoking = m_calls.revoke(*m_metadata, *m_client, session->tokens.refresh, "refresh_token");
            co_await revoking;
        }
        if (m_settings.login.revokesAccessToken) {
            auto revoking = m_calls.revoke(*m_metadata, *m_client, session->tokens.access, "access_token");
            co_await revoking;
        }
    }
    std::string url = isKnown ? m_calls.endpoint(*m_metadata, "end_session_endpoint") : std::string();
    const std::string& target = m_client->logoutRedirectUri;
    if (url.empty())
        co_return target.empty() ? exitAnswer(200, Object{{"message", "Logged out"}}) : redirect(target);
    if (session && !session->tokens.id.empty())
        append(url, "id_token_hint", session->tokens.id);
    append(url, "client_id", m_client->id);
    if (!target.empty())
        append(url, "post_logout_redirect_uri", target);
    co_return redirect(url);
}

} // namespace claimsmith::gateway::openidconnect
