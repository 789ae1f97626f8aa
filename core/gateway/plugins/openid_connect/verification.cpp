// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/authentication.h"
#include "gateway/plugins/openid_connect/checks.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Value;

namespace {

/// Between two attempts to reach a provider that nobody has reached yet.
constexpr std::chrono::seconds shortestPause{1};

std::chrono::seconds wholeSeconds(const Value* value)
{
    constexpr double longest = 1e9;
    const double seconds = value && value->asNumber() ? value->asNumber()->toDouble() : 0;
    return std::chrono::seconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, longest)));
}

} // namespace

/// What was discovered before will do while something newer is on its way.
Flow<bool> Authentication::findProvider()
{
    Provider& provider = m_shared.providers.provider(m_settings.provider.key);
    const TimePoint now = m_exchange.clock.now();
    m_metadata = provider.metadata();
    if (!m_metadata) {
        auto discovering = provider.discover(m_waits, m_outgoing, m_settings.provider, now, now - shortestPause);
        co_await discovering;
        m_metadata = provider.metadata();
    } else if (now - m_metadata->discovered >= m_settings.provider.lifetime) {
        provider.discoverAside(m_outgoing, m_settings.provider, now, now - m_settings.provider.rediscovery);
    }
    if (m_findings)
        m_findings.record(m_metadata != nullptr,
                          {.check = std::string(providerKnown),
                           .expected = m_settings.provider.discoveryUrl,
                           .found = m_metadata ? m_metadata->issuer : std::string(),
                           .pointer = m_settings.pointerTo("issuer"),
                           .standard = "OpenID Connect Discovery 1.0 §4",
                           .parameters = {{"problem", m_metadata ? std::string() : provider.problem()},
                                          {"keys", m_metadata ? m_metadata->keyIds() : std::string()}}});
    co_return m_metadata != nullptr;
}

Expectations Authentication::expectations(bool isIdToken) const
{
    Expectations expectations;
    expectations.client = m_client;
    expectations.isIdToken = isIdToken;
    expectations.skipsSignature = m_settings.ignoresSignature.has(m_caller.method);
    return expectations;
}

Flow<Authentication::Ending> Authentication::verifyAccessToken(bool mayBeOpaque)
{
    const std::string& text = m_caller.tokens.access;
    if (mayBeOpaque && !looksLikeToken(text)) {
        const bool isAsked = m_settings.methods.has(Method::Introspection) && !m_caller.idToken;
        if (!isAsked)
            co_return std::nullopt;
        auto asking = introspect();
        co_return co_await asking;
    }
    auto read = readToken(text);
    if (m_findings)
        m_findings.record(read.token.has_value(), {.check = std::string(tokenReadable),
                                                   .found = std::string(read.problem),
                                                   .standard = "RFC 7515 §5.2",
                                                   .parameters = {{"problem", std::string(read.problem)}}});
    if (!read.token)
        co_return unauthorized("invalid_token", "the token can't be read");
    auto verifying = verify(*read.token, expectations(false), m_caller.accessKey);
    Ending ending = co_await verifying;
    if (ending)
        co_return ending;
    m_caller.accessToken = std::move(read.token);
    if (!m_settings.introspectsTokens)
        co_return std::nullopt;
    auto asking = introspect();
    co_return co_await asking;
}

Flow<Authentication::Ending> Authentication::verifyIdToken(std::optional<std::string> nonce)
{
    auto read = readToken(m_caller.tokens.id);
    if (m_caller.grant && m_caller.grant->member("id_token").empty()) {
        m_caller.idToken = std::move(read.token); // the session's, which was verified when it came
        co_return std::nullopt;
    }
    if (!read.token) {
        m_findings.failed({.check = std::string(tokenReadable),
                           .found = "id_token",
                           .parameters = {{"problem", std::string(read.problem)}}});
        co_return unauthorized("invalid_token", "the ID token can't be read");
    }
    Expectations expected = expectations(true);
    if (m_settings.verifiesNonce)
        expected.nonce = std::move(nonce);
    auto verifying = verify(*read.token, std::move(expected), m_caller.idKey);
    Ending ending = co_await verifying;
    if (!ending)
        m_caller.idToken = std::move(read.token);
    co_return ending;
}

/// Signature and claims. A key that nobody knows may be new: then the provider is asked once more.
Flow<Authentication::Ending> Authentication::verify(Token& token, Expectations expectations,
                                                    std::shared_ptr<const PreparedKey>& key)
{
    const bool isNew = m_settings.verifiesSignature && !expectations.skipsSignature && !token.keyId().empty() &&
                       !m_metadata->hasKey(token.keyId());
    if (isNew) {
        Provider& provider = m_shared.providers.provider(m_settings.provider.key);
        const TimePoint now = m_exchange.clock.now();
        auto discovering =
            provider.discover(m_waits, m_outgoing, m_settings.provider, now, now - m_settings.provider.rediscovery);
        co_await discovering;
        m_metadata = provider.metadata();
    }
    const Signed result = checkSignature(token, *m_metadata, m_settings, expectations, m_findings);
    if (!result.failed.empty())
        co_return unauthorized("invalid_token",
                               result.failed == keyFound ? "no key fits the token" : "the signature is not valid");
    key = result.key ? std::shared_ptr<const PreparedKey>(m_metadata, result.key) : nullptr;
    const std::string_view failed =
        checkClaims(token.claims, *m_metadata, m_settings, expectations, m_exchange.clock.unixSeconds(), m_findings);
    if (!failed.empty())
        co_return unauthorized("invalid_token",
                               failed == expiration ? "the token has expired" : "a claim of the token does not hold");
    co_return std::nullopt;
}

Flow<Authentication::Ending> Authentication::introspect()
{
    auto calling = m_calls.introspect(*m_metadata, *m_client, m_caller.tokens.access);
    const ReplyPointer reply = co_await calling;
    if (isUnreachable(*reply))
        co_return unexpected();
    if (!reply->isGood())
        co_return unauthorized("invalid_token", reply->problem);
    const Value* active = reply->members.find("active");
    const bool isActive = active && active->asBoolean() && *active->asBoolean();
    if (m_findings && m_settings.checksActive)
        m_findings.record(isActive, {.check = std::string(tokenActive),
                                     .expected = "true",
                                     .found = active ? textOf(*active) : std::string(),
                                     .pointer = m_settings.pointerTo("introspection_check_active"),
                                     .standard = "RFC 7662 §2.2"});
    if (m_settings.checksActive && !isActive)
        co_return unauthorized("invalid_token", "the token is not active");
    m_caller.introspection = reply;
    const std::string_view failed = checkTimes(reply->members, m_settings, m_exchange.clock.unixSeconds(), m_findings);
    if (!failed.empty())
        co_return unauthorized("invalid_token", "the token has expired");
    co_return std::nullopt;
}

Flow<Authentication::Ending> Authentication::askAboutUser(bool isRequired)
{
    auto calling = m_calls.userInfo(*m_metadata, m_caller.tokens.access);
    const ReplyPointer reply = co_await calling;
    // Of somebody else it is nobody's (OpenID Connect Core §5.3.2).
    const bool isOther = m_caller.idToken && !isSameSubject(m_caller.idToken->claims, reply->members);
    if (reply->isGood() && !isOther)
        m_caller.userInfo = reply;
    if (reply->isGood() || !isRequired)
        co_return std::nullopt;
    if (isUnreachable(*reply))
        co_return unexpected();
    co_return unauthorized("invalid_token", reply->problem);
}

/// What the token endpoint gave.
void Authentication::take(const ReplyPointer& reply)
{
    Tokens& tokens = m_caller.tokens;
    tokens.access = reply->member("access_token");
    if (const auto id = reply->member("id_token"); !id.empty())
        tokens.id = id;
    tokens.refresh = reply->member("refresh_token");
    tokens.scope = reply->member("scope");
    const auto lifetime = wholeSeconds(reply->members.find("expires_in"));
    const auto received = std::chrono::floor<std::chrono::seconds>(reply->received.time_since_epoch());
    tokens.expires = lifetime.count() > 0 ? (received + lifetime).count() : 0;
    m_caller.grant = reply;
    for (const std::string& name : m_settings.tokenHeadersReplay)
        if (const auto value = reply->headers.find(name))
            m_headers.emplace_back(m_settings.tokenHeadersPrefix + name, std::string(*value));
}

/// No answer, or one that says that the provider itself is in trouble.
bool Authentication::isUnreachable(const Reply& reply) const noexcept
{
    return reply.status == 0 || reply.status >= 500;
}

} // namespace claimsmith::gateway::openidconnect
