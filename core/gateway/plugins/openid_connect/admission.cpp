// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "gateway/entities.h"
#include "gateway/plugins/openid_connect/authentication.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "gateway/plugins/openid_connect/told.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Value;

namespace {

constexpr std::string_view credentialHeader = "X-Credential-Identifier";

std::string joined(const std::vector<std::string>& texts, const char* separator)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : separator) + text;
    return all;
}

/// The earliest of what is known about when the caller's token ends; 0: nothing is.
std::int64_t endOf(const Caller& caller)
{
    std::int64_t end = caller.tokens.expires;
    const auto limit = [&end](const document::Object* claims) {
        constexpr double longest = 1e15;
        const Value* exp = claims ? claims->find("exp") : nullptr;
        if (!exp || !exp->asNumber())
            return;
        const auto time = static_cast<std::int64_t>(std::clamp(exp->asNumber()->toDouble(), 1.0, longest));
        end = end > 0 ? std::min(end, time) : time;
    };
    limit(caller.accessToken ? &caller.accessToken->claims : nullptr);
    limit(caller.introspection ? &caller.introspection->members : nullptr);
    return end;
}

std::string shown(const Value* claim)
{
    return claim ? textOf(*claim) : std::string();
}

} // namespace

/// The caller is who the tokens say: what is left is what the configuration asks for beyond.
Authentication::Ending Authentication::admit()
{
    for (const auto check : {&Authentication::checkSessionCookie, &Authentication::checkLoginAge,
                             &Authentication::checkRequirements, &Authentication::identify})
        if (Ending ending = (this->*check)())
            return ending;
    shareGroups();
    keepSession();
    m_cookies.hideFrom(m_exchange.upstream.headers);
    tell(m_exchange, m_settings, m_caller, m_headers);
    return loginAction();
}

Authentication::Ending Authentication::checkSessionCookie()
{
    if (m_settings.sessionCookie.empty() || !m_caller.accessToken)
        return std::nullopt;
    const auto cookie = m_arguments.cookie(m_settings.sessionCookie);
    const Value* claim = m_caller.accessToken->claims.find(m_settings.sessionClaim);
    const bool fits = cookie && claim && equalInConstantTime(textOf(*claim), *cookie);
    if (m_findings)
        m_findings.record(fits,
                          {.check = std::string(sessionFits),
                           .pointer = m_settings.pointerTo("jwt_session_cookie"),
                           .parameters = {{"claim", m_settings.sessionClaim}, {"cookie", m_settings.sessionCookie}}});
    return fits ? Ending() : unauthorized("invalid_token", "the token is bound to another session");
}

Authentication::Ending Authentication::checkLoginAge()
{
    const ClaimSources sources = m_caller.claims();
    if (m_settings.maximumAge) {
        const Value* claim = sources.find("auth_time");
        const auto now = static_cast<double>(m_exchange.clock.unixSeconds());
        const bool isRecent = claim && claim->asNumber() &&
                              now - claim->asNumber()->toDouble() <= *m_settings.maximumAge + m_settings.leeway;
        if (m_findings)
            m_findings.record(isRecent, {.check = std::string(loginRecent),
                                         .expected = document::Number(*m_settings.maximumAge).text(),
                                         .found = shown(claim),
                                         .pointer = m_settings.pointerTo("max_age"),
                                         .standard = "OpenID Connect Core §3.1.2.1",
                                         .parameters = {{"now", std::to_string(m_exchange.clock.unixSeconds())}}});
        if (!isRecent)
            return unauthorized("invalid_token", "the login is too old");
    }
    if (m_settings.domains.empty())
        return std::nullopt;
    const std::string domain = shown(sources.find("hd"));
    const bool isAllowed = std::ranges::find(m_settings.domains, domain) != m_settings.domains.end();
    if (m_findings)
        m_findings.record(isAllowed, {.check = std::string(domainAllowed),
                                      .expected = joined(m_settings.domains, ", "),
                                      .found = domain,
                                      .pointer = m_settings.pointerTo("domains")});
    return isAllowed ? Ending() : forbidden("the domain is not allowed");
}

Authentication::Ending Authentication::checkRequirements()
{
    const ClaimSources sources = m_caller.claims();
    const Requirement* failed = nullptr;
    for (const Requirement& requirement : m_settings.requirements) {
        const bool isHeld = holds(requirement, sources);
        if (!isHeld && !failed)
            failed = &requirement;
        if (!m_findings || requirement.alternatives.empty())
            continue;
        m_findings.record(
            isHeld, {.check = std::string(requirement.check),
                     .expected = textOf(requirement),
                     .found = joined(wordsOf(sources.find(requirement.claim)), " "),
                     .pointer = m_settings.pointerTo(requirement.setting),
                     .parameters = {{"claim", joined(requirement.claim, ".")}, {"setting", requirement.setting}}});
    }
    if (failed)
        return forbidden("the token lacks what " + failed->setting + " asks for");
    std::vector<std::string> found;
    std::ranges::copy_if(m_settings.claimsForbidden, std::back_inserter(found),
                         [&](const std::string& claim) { return sources.find(claim) != nullptr; });
    if (m_findings && !m_settings.claimsForbidden.empty())
        m_findings.record(found.empty(), {.check = std::string(claimsAllowed),
                                          .expected = joined(m_settings.claimsForbidden, ", "),
                                          .found = joined(found, ", "),
                                          .pointer = m_settings.pointerTo("claims_forbidden")});
    return found.empty() ? Ending() : forbidden("the token has a forbidden claim");
}

/// The consumer whom a claim names; without consumer_claim, a credential that no consumer owns.
Authentication::Ending Authentication::identify()
{
    if (m_settings.consumerClaim.empty()) {
        authenticateVirtually();
        return std::nullopt;
    }
    const ClaimSources sources = m_caller.claims();
    const Value* claim = sources.find(m_settings.consumerClaim);
    const std::string value = shown(claim);
    const Consumer* consumer = claim ? m_consumers.find(value, m_settings.consumerBy, m_settings.ignoresCase) : nullptr;
    Finding finding{.check = std::string(consumerFound)};
    if (m_findings) {
        finding.expected = joined(m_settings.consumerBy, ", ");
        finding.found = value;
        finding.pointer = m_settings.pointerTo("consumer_claim");
        finding.parameters = {{"claim", joined(m_settings.consumerClaim, ".")},
                              {"problem", consumer ? ""
                                          : claim  ? "unknown"
                                                   : "no-claim"},
                              {"consumer", consumer ? std::string(consumer->entity->name()) : std::string()}};
        const bool isOptional = !consumer && m_settings.consumerOptional;
        isOptional ? m_findings.notAsked(std::move(finding))
                   : m_findings.record(consumer != nullptr, std::move(finding));
    }
    if (consumer) {
        const Value* credential = sources.find(m_settings.credentialClaim);
        gateway::authenticate(m_exchange, *consumer, *consumer->entity, credential ? textOf(*credential) : value);
        return std::nullopt;
    }
    if (!m_settings.consumerOptional)
        return forbidden("no consumer is known by the token");
    authenticateVirtually();
    return std::nullopt;
}

void Authentication::authenticateVirtually()
{
    const ClaimSources sources = m_caller.claims();
    const std::string identifier = shown(sources.find(m_settings.credentialClaim));
    m_exchange.identity = {nullptr, Credential{nullptr, identifier}, false};
    http::HeaderMap& headers = m_exchange.upstream.headers;
    for (const std::string_view name :
         {"X-Consumer-ID", "X-Consumer-Custom-ID", "X-Consumer-Username", "X-Anonymous-Consumer"})
        headers.remove(name);
    if (identifier.empty() || !http::isSafeHeaderValue(identifier))
        headers.remove(credentialHeader);
    else
        headers.set(credentialHeader, identifier);
}

void Authentication::shareGroups()
{
    if (m_settings.groupsClaim.empty())
        return;
    Array groups;
    for (std::string& group : wordsOf(m_caller.claims().find(m_settings.groupsClaim)))
        groups.emplace_back(std::move(group));
    m_exchange.shared.set("authenticated_groups", std::move(groups));
}

/// Begins a session, or writes its cookie anew before it ends of itself.
void Authentication::keepSession()
{
    if (!m_settings.methods.has(Method::Session))
        return;
    const std::int64_t now = m_exchange.clock.unixSeconds();
    m_caller.tokens.expires = endOf(m_caller); // no session outlives its token
    if (!m_caller.session) {
        if (m_settings.withoutSession.has(m_caller.method))
            return;
        m_caller.session = Session{.id = randomAlphanumeric(32),
                                   .created = now,
                                   .rolled = now,
                                   .used = now,
                                   .client = m_client == &m_ownClient ? std::string() : m_client->id,
                                   .method = std::string(nameOf(m_caller.method)),
                                   .tokens = m_caller.tokens};
        if (m_cookies.write(*m_caller.session, m_headers))
            return;
        m_caller.session.reset();
        if (m_caller.method == Method::AuthorizationCode)
            throw Fault{"the tokens are too large for cookies"};
        return;
    }
    Session& session = *m_caller.session;
    const bool isRefreshed = m_caller.grant != nullptr;
    const bool isOld = now - session.rolled > m_settings.session.rolling.count() * 3 / 4;
    const bool isIdle = now - session.used > m_settings.session.idling.count() / 4;
    if (!isRefreshed && !isOld && !isIdle)
        return;
    session.tokens = m_caller.tokens;
    session.used = now;
    if (isRefreshed || isOld)
        session.rolled = now;
    if (!m_cookies.write(session, m_headers))
        throw Fault{"the tokens are too large for cookies"};
}

} // namespace claimsmith::gateway::openidconnect
