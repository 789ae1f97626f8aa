// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/providercalls.h"

#include "base/base64.h"
#include "base/random.h"
#include "base/text.h"
#include "crypto/digest.h"
#include "document/json.h"
#include "gateway/exchange.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "gateway/plugins/openid_connect/claims.h"
#include "gateway/plugins/openid_connect/clientproof.h"
#include "gateway/plugins/openid_connect/presented.h"
#include "gateway/plugins/openid_connect/token.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::gateway::openidconnect {

using document::Object;
using document::Value;

namespace {

std::string formText(const Form& form)
{
    std::string text;
    for (const auto& [name, value] : form)
        text += (text.empty() ? "" : "&") + http::formEncode(name) + "=" + http::formEncode(value);
    return text;
}

void readBody(Reply& reply, BytesView body)
{
    auto value = document::parseJson(body);
    if (value && value->asObject())
        reply.members = std::move(*value->asObject());
    else
        reply.text = trimmed(body);
}

std::shared_ptr<Reply> replyOf(const Result<http::ClientResponse>& response, TimePoint now)
{
    auto reply = std::make_shared<Reply>();
    reply->received = now;
    if (!response) {
        reply->problem = response.error().detail;
        return reply;
    }
    reply->status = response->head.status;
    reply->headers = response->head.headers;
    readBody(*reply, response->body.memory());
    if (reply->status / 100 != 2) {
        const auto error = reply->member("error");
        reply->problem = error.empty() ? "status " + std::to_string(reply->status) : std::string(error);
    }
    return reply;
}

/// An introspection that is signed (RFC 9701 §5) has its answer in a claim of its own.
ReplyPointer unwrapped(ReplyPointer reply)
{
    const Value* inner = reply->members.find("token_introspection");
    if (!inner || !inner->asObject())
        return reply;
    auto copy = std::make_shared<Reply>(*reply);
    copy->members = *inner->asObject();
    return copy;
}

std::optional<double> numberIn(const Object& members, std::string_view name)
{
    const Value* value = members.find(name);
    return value && value->asNumber() ? std::optional(value->asNumber()->toDouble()) : std::nullopt;
}

/// Roughly what a reply takes.
std::size_t sizeOf(const Reply& reply)
{
    return sizeof(Reply) + reply.text.size() + 2 * document::toJson(reply.members).size();
}

} // namespace

std::string_view Reply::member(std::string_view name) const noexcept
{
    const Value* value = members.find(name);
    const std::string* found = value ? value->asString() : nullptr;
    return found ? std::string_view(*found) : std::string_view();
}

SecretBytes Shared::makeKey()
{
    return SecretBytes(randomBytes(32));
}

std::string ProviderCalls::endpoint(const Metadata& metadata, std::string_view name) const
{
    const auto configured = m_settings.endpoints.find(name);
    return configured != m_settings.endpoints.end() ? configured->second : std::string(metadata.text(name));
}

std::string ProviderCalls::cacheKey(std::string_view kind, const Client& client, std::string_view secrets) const
{
    std::string input = m_settings.provider.key;
    for (const std::string_view part :
         {kind, std::string_view(m_settings.salt), std::string_view(client.id), secrets}) {
        input += '\0';
        input += part;
    }
    if (m_settings.keepsScopesApart)
        for (const std::string& scope : m_settings.scopes)
            input += '\0' + scope;
    std::string key = "openid-connect " + toHex(crypto::digest(crypto::DigestKind::Sha256, input));
    wipe(input);
    return key;
}

/// What the client's request adds to a call, as a part of the key that its answer is kept under.
std::string ProviderCalls::clientPart(const Extras& headers, const Extras& arguments) const
{
    if (headers.client.empty() && arguments.client.empty())
        return {};
    http::ClientRequest request;
    addClientHeaders(request, headers);
    Form form;
    addClientArguments(form, arguments);
    for (const auto& [name, value] : request.headers)
        form.emplace_back(name, value);
    return toHex(crypto::digest(crypto::DigestKind::Sha256, formText(form)));
}

Flow<ReplyPointer> ProviderCalls::token(const Metadata& metadata, const Client& client, Method grant, Form form,
                                        std::string cacheKey)
{
    const bool mayKeep = !cacheKey.empty() && m_settings.cachesTokens;
    cacheKey += clientPart(m_settings.tokenHeaders, m_settings.tokenArguments);
    if (const auto known = mayKeep ? m_shared.replies.find(cacheKey, m_exchange.clock.now()) : std::nullopt)
        co_return *known;
    for (const auto& argument : m_settings.tokenArguments.fixed)
        form.push_back(argument);
    addClientArguments(form, m_settings.tokenArguments);
    if (grant == Method::ClientCredentials || grant == Method::Password)
        for (const std::string& audience : m_settings.audience)
            form.emplace_back("audience", audience);
    http::ClientRequest request = post(metadata, client, "token_endpoint", std::move(form));
    for (const auto& [name, value] : m_settings.tokenHeaders.fixed)
        request.headers.set(name, value);
    addClientHeaders(request, m_settings.tokenHeaders);
    auto calling = call(std::move(request), "token_endpoint", std::nullopt);
    ReplyPointer reply = co_await calling;
    if (mayKeep && reply->isGood())
        keep(cacheKey, reply);
    co_return reply;
}

Flow<ReplyPointer> ProviderCalls::introspect(const Metadata& metadata, const Client& client, std::string token)
{
    const std::string key = cacheKey("introspection", client, token) +
                            clientPart(m_settings.introspectionHeaders, m_settings.introspectionArguments);
    const bool mayKeep = m_settings.cachesIntrospection;
    if (const auto known = mayKeep ? m_shared.replies.find(key, m_exchange.clock.now()) : std::nullopt)
        co_return *known;
    Form form{{m_settings.introspectionParameter, std::move(token)}};
    if (!m_settings.introspectionHint.empty())
        form.emplace_back("token_type_hint", m_settings.introspectionHint);
    for (const auto& argument : m_settings.introspectionArguments.fixed)
        form.push_back(argument);
    addClientArguments(form, m_settings.introspectionArguments);
    http::ClientRequest request = post(metadata, client, "introspection_endpoint", std::move(form));
    request.headers.set("Accept", m_settings.introspectionAccept);
    for (const auto& [name, value] : m_settings.introspectionHeaders.fixed)
        request.headers.set(name, value);
    addClientHeaders(request, m_settings.introspectionHeaders);
    auto calling = call(
        std::move(request), "introspection_endpoint",
        SignedAnswer{metadata, client, Method::Introspection, m_settings.introspectionAccept != "application/json"});
    ReplyPointer reply = unwrapped(co_await calling);
    // A token may become active, or known, at any time.
    const Value* active = reply->members.find("active");
    if (mayKeep && reply->isGood() && !(active && active->asBoolean() && !*active->asBoolean()))
        keep(key, reply);
    co_return reply;
}

Flow<ReplyPointer> ProviderCalls::userInfo(const Metadata& metadata, std::string token)
{
    const std::string key = cacheKey("userinfo", m_settings.clients.front(), token) +
                            clientPart(m_settings.userInfoHeaders, m_settings.userInfoArguments);
    const bool mayKeep = m_settings.cachesUserInfo;
    if (const auto known = mayKeep ? m_shared.replies.find(key, m_exchange.clock.now()) : std::nullopt)
        co_return *known;
    std::string url = endpoint(metadata, "userinfo_endpoint");
    Form query = m_settings.userInfoArguments.fixed;
    addClientArguments(query, m_settings.userInfoArguments);
    if (!query.empty())
        url += (url.find('?') == std::string::npos ? "?" : "&") + formText(query);
    http::ClientRequest request = m_settings.provider.connection.request("GET", url);
    request.headers.set("Accept", m_settings.userInfoAccept);
    request.headers.set("Authorization", "Bearer " + token);
    for (const auto& [name, value] : m_settings.userInfoHeaders.fixed)
        request.headers.set(name, value);
    addClientHeaders(request, m_settings.userInfoHeaders);
    auto calling = call(std::move(request), "userinfo_endpoint",
                        SignedAnswer{metadata, m_settings.clients.front(), Method::UserInfo,
                                     m_settings.userInfoAccept != "application/json"});
    ReplyPointer reply = co_await calling;
    if (mayKeep && reply->isGood())
        keep(key, reply);
    co_return reply;
}

Flow<void> ProviderCalls::revoke(const Metadata& metadata, const Client& client, std::string token, std::string hint)
{
    if (endpoint(metadata, "revocation_endpoint").empty() || token.empty())
        co_return;
    Form form{{m_settings.revocationParameter, std::move(token)}, {"token_type_hint", std::move(hint)}};
    auto sending = m_outgoing.send(m_waits, post(metadata, client, "revocation_endpoint", std::move(form)));
    const auto response = co_await sending;
    static_cast<void>(response);
}

http::ClientRequest ProviderCalls::post(const Metadata& metadata, const Client& client, std::string_view name,
                                        Form form) const
{
    http::ClientRequest request = m_settings.provider.connection.request("POST", endpoint(metadata, name));
    authenticateClient(request, form, client, metadata, m_settings, name, m_exchange.clock.unixSeconds());
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = formText(form);
    return request;
}

/// A signed answer (RFC 9701 §5, OpenID Connect Core §5.3.2) counts where one was asked for, and when the provider
/// signed it for this client.
void ProviderCalls::open(Reply& reply, const SignedAnswer& wanted) const
{
    if (!reply.isGood() || reply.text.empty())
        return;
    reply.problem = "no JSON";
    auto read = readToken(wanted.isAsked ? reply.text : std::string());
    if (!read.token)
        return;
    Expectations expectations;
    expectations.client = &wanted.client;
    expectations.skipsSignature = m_settings.ignoresSignature.has(wanted.method);
    const Signed signing = checkSignature(*read.token, wanted.metadata, m_settings, expectations, m_findings);
    const Value* issuer = read.token->claims.find("iss");
    const auto audience = wordsOf(read.token->claims.find("aud"));
    const bool isMeant = issuer && textOf(*issuer) == wanted.metadata.issuer &&
                         std::ranges::find(audience, wanted.client.id) != audience.end();
    reply.problem = !signing.failed.empty() ? "the answer's signature is not valid"
                    : !isMeant              ? "the answer is for somebody else"
                                            : "";
    if (reply.isGood())
        reply.members = std::move(read.token->claims);
}

Flow<ReplyPointer> ProviderCalls::call(http::ClientRequest request, std::string_view endpoint,
                                       std::optional<SignedAnswer> wanted)
{
    const std::string url = request.url.substr(0, request.url.find('?'));
    if (url.empty()) {
        auto reply = std::make_shared<Reply>();
        reply->problem = "there is no " + std::string(endpoint);
        note(endpoint, url, *reply);
        co_return reply;
    }
    auto sending = m_outgoing.send(m_waits, std::move(request));
    const auto response = co_await sending;
    const auto reply = replyOf(response, m_exchange.clock.now());
    if (wanted)
        open(*reply, *wanted);
    else if (reply->isGood() && !reply->text.empty())
        reply->problem = "no JSON";
    note(endpoint, url, *reply);
    co_return reply;
}

/// For as long as the answer and its tokens say, within what the configuration allows (kong-plugins.md I1.4).
void ProviderCalls::keep(const std::string& key, const ReplyPointer& reply) const
{
    const auto now = static_cast<double>(m_exchange.clock.unixSeconds());
    double lifetime = m_settings.cacheLifetime;
    if (const auto expires = numberIn(reply->members, "exp"))
        lifetime = *expires - now;
    else if (const auto given = numberIn(reply->members, "expires_in"))
        lifetime = *given;
    for (const std::string_view name : {"access_token", "id_token"}) {
        const auto token = readToken(std::string(reply->member(name))).token;
        if (const auto expires = token ? numberIn(token->claims, "exp") : std::nullopt)
            lifetime = std::min(lifetime, *expires - now);
    }
    if (m_settings.cacheLongest)
        lifetime = std::min(lifetime, *m_settings.cacheLongest);
    if (m_settings.cacheShortest)
        lifetime = std::max(lifetime, *m_settings.cacheShortest);
    if (!(lifetime > 0))
        return;
    constexpr double longest = 1e9;
    const auto limit = std::chrono::seconds(static_cast<std::int64_t>(std::min(lifetime, longest)));
    m_shared.replies.put(key, reply, m_exchange.clock.now() + limit, sizeOf(*reply));
}

void ProviderCalls::note(std::string_view endpoint, const std::string& url, const Reply& reply) const
{
    if (m_findings)
        m_findings.record(reply.isGood(),
                          {.check = std::string(providerAnswered),
                           .expected = url,
                           .found = reply.status == 0 ? std::string() : std::to_string(reply.status),
                           .pointer = m_settings.pointerTo(
                               m_settings.endpoints.contains(std::string(endpoint)) ? endpoint : "issuer"),
                           .parameters = {{"endpoint", std::string(endpoint)},
                                          {"problem", reply.problem},
                                          {"description", std::string(reply.member("error_description"))}}});
}

void ProviderCalls::addClientHeaders(http::ClientRequest& request, const Extras& extras) const
{
    for (const std::string& name : extras.client)
        if (const auto value = m_exchange.request.head.headers.find(name))
            request.headers.set(name, *value);
}

void ProviderCalls::addClientArguments(Form& form, const Extras& extras) const
{
    RequestArguments arguments(m_exchange);
    for (const std::string& name : extras.client) {
        auto value = arguments.inQuery(name);
        if (!value)
            value = arguments.inBody(name);
        if (value)
            form.emplace_back(name, *std::move(value));
    }
}

} // namespace claimsmith::gateway::openidconnect
