// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/told.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/jwk.h"

#include <functional>

namespace claimsmith::gateway::openidconnect {

using document::Value;

namespace {

using Write = std::function<void(const std::string& name, const std::string& value)>;

std::string encoded(const Value& value)
{
    return toBase64(document::toJson(value));
}

std::string encoded(const PreparedKey* key)
{
    return key ? encoded(jose::writeJwk(key->key, jose::KeyParts::Public)) : std::string();
}

std::string encoded(const ReplyPointer& reply)
{
    return reply ? encoded(Value(reply->members)) : std::string();
}

std::string signedText(const ReplyPointer& reply)
{
    return reply ? reply->text : std::string();
}

/// "authorization:bearer" is the header with the scheme before the token; any other name is a header with the token.
void writeAccessToken(const std::string& header, const std::string& token, const Write& write)
{
    const std::size_t colon = header.find(':');
    const bool isBearer = colon != std::string::npos && equalIgnoringCase(header.substr(colon + 1), "bearer");
    if (!header.empty() && !token.empty())
        write(header.substr(0, colon), (isBearer ? "Bearer " : "") + token);
}

void writeTokens(const TokenHeaders& names, const Caller& caller, const Write& write)
{
    writeAccessToken(names.accessToken, caller.tokens.access, write);
    const std::pair<const std::string*, std::string> rows[] = {
        {&names.accessTokenKey, encoded(caller.accessKey.get())},
        {&names.idToken, caller.tokens.id},
        {&names.idTokenKey, encoded(caller.idKey.get())},
        {&names.refreshToken, caller.tokens.refresh},
        {&names.userInfo, encoded(caller.userInfo)},
        {&names.userInfoToken, signedText(caller.userInfo)},
        {&names.introspection, encoded(caller.introspection)},
        {&names.introspectionToken, signedText(caller.introspection)},
        {&names.sessionId, caller.session ? caller.session->id : std::string()},
    };
    for (const auto& [name, value] : rows)
        if (!name->empty() && !value.empty())
            write(*name, value);
}

/// Kong 3.9 leaves a client's own header in place when the claim is missing.
void writeClaims(const TokenHeaders& names, const ClaimSources& sources, const Write& write)
{
    for (const ClaimHeader& header : names.claims)
        if (const Value* value = sources.find(header.claim))
            write(header.name, textOf(*value));
}

std::string sessionValue(std::string_view name, const Session& session, const Settings& settings, std::int64_t now)
{
    const SessionSettings& limits = settings.session;
    const auto left = [now](std::int64_t from, std::chrono::seconds lifetime) {
        return std::to_string(from + lifetime.count() - now);
    };
    if (name == "id")
        return session.id;
    if (name == "audience")
        return limits.audience;
    if (name == "idling-timeout")
        return left(session.used, limits.idling);
    if (name == "rolling-timeout")
        return left(session.rolled, limits.rolling);
    if (name == "absolute-timeout")
        return left(session.created, limits.absolute);
    return name == "timeout" ? std::to_string(session.end(limits) - now) : std::string();
}

/// "Session-Id", "Session-Idling-Timeout": as Kong's library for sessions names them.
std::string sessionHeader(std::string_view name)
{
    std::string header = "Session-";
    bool isFirst = true;
    for (const char c : name) {
        header += isFirst && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        isFirst = c == '-';
    }
    return header;
}

void writeSession(const std::set<std::string, std::less<>>& names, const Settings& settings, const Caller& caller,
                  std::int64_t now, const Write& write)
{
    if (!caller.session)
        return;
    for (const std::string& name : names) {
        std::string value = sessionValue(name, *caller.session, settings, now);
        const Value* subject = name == "subject" ? caller.claims().find("sub") : nullptr;
        if (subject)
            value = textOf(*subject);
        if (!value.empty())
            write(sessionHeader(name), value);
    }
}

/// Strictly, nobody but this gateway tells the upstream who the caller is: what a client wrote there goes first.
void forgetForged(http::HeaderMap& headers, const Settings& settings)
{
    const TokenHeaders& names = settings.upstream;
    headers.remove(names.accessToken.substr(0, names.accessToken.find(':')));
    for (const std::string* name :
         {&names.accessTokenKey, &names.idToken, &names.idTokenKey, &names.refreshToken, &names.userInfo,
          &names.userInfoToken, &names.introspection, &names.introspectionToken, &names.sessionId})
        headers.remove(*name);
    for (const ClaimHeader& claim : names.claims)
        headers.remove(claim.name);
    for (const std::string& name : settings.session.requestHeaders)
        headers.remove(sessionHeader(name));
}

} // namespace

void tell(Exchange& exchange, const Settings& settings, const Caller& caller, ResponseHeaders& headers)
{
    // Claims are whatever the provider's users typed.
    const auto isSafe = [](const std::string& name, const std::string& value) {
        return http::isToken(name) && http::isSafeHeaderValue(value);
    };
    const Write upstream = [&](const std::string& name, const std::string& value) {
        if (isSafe(name, value))
            exchange.upstream.headers.set(name, value);
    };
    const Write client = [&](const std::string& name, const std::string& value) {
        if (isSafe(name, value))
            headers.emplace_back(name, value);
    };
    if (exchange.snapshot->conduct() == Conduct::Strict)
        forgetForged(exchange.upstream.headers, settings);
    const ClaimSources sources = caller.claims();
    const std::int64_t now = exchange.clock.unixSeconds();
    writeTokens(settings.upstream, caller, upstream);
    writeClaims(settings.upstream, sources, upstream);
    writeSession(settings.session.requestHeaders, settings, caller, now, upstream);
    writeTokens(settings.downstream, caller, client);
    writeClaims(settings.downstream, sources, client);
    writeSession(settings.session.responseHeaders, settings, caller, now, client);
}

} // namespace claimsmith::gateway::openidconnect
