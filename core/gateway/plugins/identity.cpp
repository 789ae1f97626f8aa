// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/identity.h"

#include "gateway/entities.h"
#include "gateway/plugins/config.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway {
namespace {

constexpr std::string_view credentialHeader = "X-Credential-Identifier";
constexpr std::string_view anonymousHeader = "X-Anonymous-Consumer";

void setOrRemove(http::HeaderMap& headers, std::string_view name, std::string_view value)
{
    if (value.empty())
        headers.remove(name);
    else
        headers.set(name, value);
}

void writeConsumer(http::HeaderMap& headers, const Consumer& consumer)
{
    headers.set("X-Consumer-ID", consumer.id);
    setOrRemove(headers, "X-Consumer-Custom-ID", consumer.customId);
    setOrRemove(headers, "X-Consumer-Username", consumer.username);
}

constexpr auto passed = Finding::State::Passed;

/// Why a plugin with `anonymous` had nothing to do: who was authenticated, and by which credential.
Finding authenticatedFinding(const Identity& identity)
{
    Finding finding{.check = std::string(authenticatedBefore),
                    .state = passed,
                    .found = identity.consumer ? std::string(identity.consumer->entity->name())
                                               : identity.credential->identifier};
    if (const Entity* credential = identity.credential->entity)
        finding.pointer = credential->pointer;
    return finding;
}

} // namespace

void authenticate(Exchange& exchange, const Consumer& consumer, const Entity& credential, std::string_view identifier)
{
    exchange.identity = {&consumer, Credential{&credential, std::string(identifier)}, false};
    http::HeaderMap& headers = exchange.upstream.headers;
    writeConsumer(headers, consumer);
    setOrRemove(headers, credentialHeader, identifier);
    headers.remove(anonymousHeader);
}

AuthenticationRule::AuthenticationRule(const document::Value& config)
    : m_anonymous(textSetting(config, "anonymous")),
      m_runsOnPreflight(config.findBoolean("run_on_preflight").value_or(true))
{
}

bool AuthenticationRule::passes(Exchange& exchange) const
{
    const bool isPreflight = !m_runsOnPreflight && exchange.request.head.method == "OPTIONS";
    const bool isDone = m_anonymous && exchange.identity.credential;
    if (!isPreflight && !isDone)
        return false;
    exchange.setVerdict(Step::Verdict::Skipped);
    if (Step* step = exchange.step())
        step->findings.push_back(isPreflight ? Finding{.check = std::string(preflightPasses), .state = passed}
                                             : authenticatedFinding(exchange.identity));
    return true;
}

Decision AuthenticationRule::refuse(Exchange& exchange, Answer refusal) const
{
    if (!m_anonymous)
        return refusal;
    const Consumer* consumer = exchange.snapshot->findAnonymous(*m_anonymous);
    if (!consumer)
        throw Fault{"the anonymous consumer is not configured"};
    exchange.identity = {consumer, std::nullopt, true};
    http::HeaderMap& headers = exchange.upstream.headers;
    writeConsumer(headers, *consumer);
    headers.remove(credentialHeader);
    headers.set(anonymousHeader, "true");
    exchange.setVerdict(Step::Verdict::Anonymous);
    return Continue{};
}

} // namespace claimsmith::gateway
