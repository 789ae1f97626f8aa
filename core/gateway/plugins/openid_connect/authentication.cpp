// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/authentication.h"

#include "gateway/plugins/openid_connect/checks.h"
#include "gateway/sharedstate.h"

#include <utility>

namespace claimsmith::gateway::openidconnect {
namespace {

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// Whose sessions and logins these are: tokens of one provider say nothing about another's, and what one instance takes
/// without verification is nothing for the others.
std::string ownerOf(const Settings& settings)
{
    std::string owner = settings.provider.issuer;
    for (const Client& client : settings.clients)
        owner += '\n' + client.id;
    return owner + (settings.verifiesSignature ? "\nverified" : "\n") + (settings.verifiesClaims ? "claims" : "");
}

} // namespace

ClaimSources Caller::claims() const
{
    ClaimSources sources;
    sources.add(accessToken ? &accessToken->claims : nullptr);
    sources.add(idToken ? &idToken->claims : nullptr);
    sources.add(introspection ? &introspection->members : nullptr);
    sources.add(userInfo ? &userInfo->members : nullptr);
    return sources;
}

Authentication::Authentication(Waits& waits, Exchange& exchange, const Settings& settings, const Consumers& consumers,
                               const AuthenticationRule& rule, Shared& shared, Outgoing& outgoing,
                               ResponseHeaders& headers)
    : m_waits(waits), m_exchange(exchange), m_settings(settings), m_consumers(consumers), m_rule(rule),
      m_shared(shared), m_outgoing(outgoing), m_headers(headers), m_findings(exchange.step(), all),
      m_arguments(exchange), m_cookies(exchange, settings.session, shared.sessionKey, ownerOf(settings)),
      m_calls(waits, exchange, shared, outgoing, settings, m_findings), m_client(&chooseClient(m_arguments, settings))
{
}

Flow<Decision> Authentication::run()
{
    auto deciding = decide();
    Decision decision = co_await deciding;
    m_findings.closeUnchecked();
    co_return decision;
}

Flow<Decision> Authentication::decide()
{
    auto authenticating = authenticate();
    Ending ending = co_await authenticating;
    if (!ending && wantsUserInfo()) {
        auto asking = askAboutUser(false);
        ending = co_await asking;
    }
    if (!ending)
        ending = admit();
    if (!ending)
        co_return Continue{};
    if (m_isAnswered)
        co_return *std::move(ending);
    co_return m_rule.refuse(m_exchange, *std::move(ending));
}

bool Authentication::wantsUserInfo() const
{
    const bool isWanted =
        m_settings.searchesUserInfo || m_settings.upstream.wantsUserInfo() || m_settings.downstream.wantsUserInfo();
    return isWanted && !m_caller.userInfo && !m_calls.endpoint(*m_metadata, "userinfo_endpoint").empty();
}

/// Kong's order (kong-plugins.md I1.2), with a browser that comes back from its login before everything.
Flow<Authentication::Ending> Authentication::authenticate()
{
    if (wantsLogout()) {
        auto leaving = logOut();
        co_return co_await leaving;
    }
    const bool takesLogins = m_settings.methods.has(Method::AuthorizationCode);
    const auto argument = [this](std::string_view name) {
        auto value = m_arguments.inQuery(name);
        return value ? value : m_arguments.inBody(name);
    };
    const auto state = takesLogins ? argument("state") : std::nullopt;
    if (state)
        if (auto login = takeLogin(*state)) {
            auto finishing = finishLogin(*std::move(login));
            co_return co_await finishing;
        }
    if (m_settings.methods.has(Method::Session))
        if (auto session = m_cookies.session(); session && isUsable(*session)) {
            auto resuming = bySession(*std::move(session));
            co_return co_await resuming;
        }
    if (auto presented = findCredential(m_arguments, m_settings)) {
        auto verifying = byCredential(*std::move(presented));
        co_return co_await verifying;
    }
    if (state && (argument("code") || argument("error")))
        co_return abandonLogin("state", *state);
    if (takesLogins) {
        auto beginning = beginLogin();
        co_return co_await beginning;
    }
    co_return unknownCaller();
}

Authentication::Ending Authentication::unknownCaller()
{
    noteCredential(false, {}, Method::Bearer);
    return unauthorized({});
}

void Authentication::noteCredential(bool isFound, std::string found, Method method)
{
    if (m_findings)
        m_findings.record(isFound, {.check = std::string(credentialFound),
                                    .expected = placesSearched(m_settings),
                                    .found = std::move(found),
                                    .pointer = m_settings.pointerTo("auth_methods"),
                                    .standard = "RFC 6750 §2",
                                    .parameters = {{"method", std::string(isFound ? nameOf(method) : "")}}});
}

Flow<Authentication::Ending> Authentication::byCredential(Presented presented)
{
    noteCredential(true, presented.place, presented.method);
    if (m_settings.hidesCredentials)
        hideCredential(m_exchange, presented);
    m_caller.method = presented.method;
    auto finding = findProvider();
    const bool isKnown = co_await finding;
    if (!isKnown)
        co_return unexpected();
    const std::string scope = joined(m_settings.scopes);
    if (presented.method == Method::Password) {
        const std::string secrets = presented.name + '\0' + presented.secret;
        auto granting = byGrant(Method::Password,
                                {{"grant_type", "password"},
                                 {"username", presented.name},
                                 {"password", presented.secret},
                                 {"scope", scope}},
                                secrets);
        co_return co_await granting;
    }
    if (presented.method == Method::ClientCredentials) {
        m_ownClient.id = presented.name;
        m_ownClient.secret = SecretBytes(presented.secret);
        m_ownClient.authentication = m_client->authentication;
        m_client = &m_ownClient;
        auto granting = byGrant(Method::ClientCredentials, {{"grant_type", "client_credentials"}, {"scope", scope}},
                                presented.secret);
        co_return co_await granting;
    }
    if (presented.method == Method::RefreshToken) {
        auto granting =
            byGrant(Method::RefreshToken, {{"grant_type", "refresh_token"}, {"refresh_token", presented.token}}, {});
        co_return co_await granting;
    }
    m_caller.tokens.access = std::move(presented.token);
    if (presented.method == Method::Bearer) {
        auto verifying = verifyAccessToken(false);
        co_return co_await verifying;
    }
    if (presented.method == Method::UserInfo) {
        auto asking = askAboutUser(true);
        co_return co_await asking;
    }
    auto asking = introspect();
    co_return co_await asking;
}

/// Gets tokens for what the request carries. `secrets` is what tells one caller's tokens from another's in the cache;
/// empty: they are not kept.
Flow<Authentication::Ending> Authentication::byGrant(Method method, Form form, std::string secrets)
{
    std::string key = secrets.empty() ? std::string() : m_calls.cacheKey(nameOf(method), *m_client, secrets);
    auto fetching = fetchTokens(method, std::move(form), std::move(key));
    Ending ending = co_await fetching;
    if (ending)
        co_return ending;
    auto identifying = verifyIdToken(std::nullopt);
    ending = co_await identifying;
    if (ending)
        co_return ending;
    auto verifying = verifyAccessToken(true);
    co_return co_await verifying;
}

Flow<Authentication::Ending> Authentication::fetchTokens(Method method, Form form, std::string cacheKey)
{
    auto calling = m_calls.token(*m_metadata, *m_client, method, std::move(form), std::move(cacheKey));
    const ReplyPointer reply = co_await calling;
    if (isUnreachable(*reply))
        co_return unexpected();
    const bool hasToken = !reply->member("access_token").empty();
    if (reply->isGood() && !hasToken)
        m_findings.failed({.check = std::string(providerAnswered),
                           .found = std::to_string(reply->status),
                           .pointer = m_settings.pointerTo("issuer"),
                           .standard = "RFC 6749 §5.1",
                           .parameters = {{"endpoint", "token_endpoint"}, {"problem", "no access_token"}}});
    if (!reply->isGood() || !hasToken)
        co_return unauthorized("invalid_token", reply->problem);
    take(reply);
    co_return std::nullopt;
}

bool Authentication::isOver(const Tokens& tokens) const noexcept
{
    const auto now = static_cast<double>(m_exchange.clock.unixSeconds());
    return tokens.expires > 0 && now >= static_cast<double>(tokens.expires) + m_settings.leeway;
}

/// A session whose token has expired and can't be refreshed is none: the caller has to come with something else.
bool Authentication::isUsable(const Session& session) const noexcept
{
    const bool hasClient = session.client.empty() || m_settings.client(session.client).id == session.client;
    return hasClient && (!isOver(session.tokens) || (m_settings.refreshesTokens && !session.tokens.refresh.empty()));
}

Flow<Authentication::Ending> Authentication::bySession(Session session)
{
    noteCredential(true, "cookie " + m_settings.session.cookie.name, Method::Session);
    m_client = &m_settings.client(session.client);
    m_caller.method = Method::Session;
    m_caller.tokens = session.tokens;
    m_caller.session = std::move(session);
    auto finding = findProvider();
    const bool isKnown = co_await finding;
    if (!isKnown)
        co_return unexpected();
    if (isOver(m_caller.tokens)) {
        auto refreshing = refresh();
        co_return co_await refreshing;
    }
    const std::string method = m_caller.session->method;
    if (method == nameOf(Method::UserInfo)) {
        auto asking = askAboutUser(true);
        co_return co_await asking;
    }
    if (method == nameOf(Method::Introspection)) {
        auto asking = introspect();
        co_return co_await asking;
    }
    if (m_settings.reverifies) {
        auto reverifying = reverify();
        co_return co_await reverifying;
    }
    // What the cookie holds was verified before it was sealed.
    m_caller.accessToken = readToken(m_caller.tokens.access).token;
    m_caller.idToken = readToken(m_caller.tokens.id).token;
    const bool isOpaque = !m_caller.accessToken && !m_caller.idToken;
    if (isOpaque ? !m_settings.methods.has(Method::Introspection) : !m_settings.introspectsTokens)
        co_return std::nullopt;
    auto asking = introspect();
    co_return co_await asking;
}

/// The tokens of a session once more, as if they had just come.
Flow<Authentication::Ending> Authentication::reverify()
{
    if (!m_caller.tokens.id.empty()) {
        auto identifying = verifyIdToken(std::nullopt);
        Ending ending = co_await identifying;
        if (ending)
            co_return ending;
    }
    auto verifying = verifyAccessToken(true);
    Ending ending = co_await verifying;
    if (ending || m_caller.accessToken || m_caller.idToken || m_caller.introspection)
        co_return ending;
    auto asking = introspect();
    co_return co_await asking;
}

Flow<Authentication::Ending> Authentication::refresh()
{
    const std::string before = m_caller.tokens.refresh;
    const auto known = readToken(m_caller.tokens.id).token;
    auto granting = byGrant(Method::RefreshToken, {{"grant_type", "refresh_token"}, {"refresh_token", before}}, {});
    Ending ending = co_await granting;
    if (!ending && m_caller.tokens.refresh.empty())
        m_caller.tokens.refresh = before; // RFC 6749 §6: the old one stays where there is no new one
    if (!ending && known && m_caller.idToken && !isSameSubject(known->claims, m_caller.idToken->claims))
        co_return unauthorized("invalid_token", "the new ID token is another user's"); // OpenID Connect Core §12.2
    co_return ending;
}

} // namespace claimsmith::gateway::openidconnect
