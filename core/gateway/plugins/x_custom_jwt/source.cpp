// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/source.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/plugins/kongjson.h"
#include "gateway/plugins/requestarguments.h"

namespace claimsmith::gateway::xcustomjwt {

using document::Object;
using document::Value;

namespace {

/// What stands behind the scheme, when the header names it exactly once. "Bearer " counts wherever it stands, and by
/// case: the plugin splits the header at it.
std::optional<std::string_view> behindScheme(std::string_view header, std::string_view scheme)
{
    if (countParts(header, scheme) != 2)
        return std::nullopt;
    return header.substr(header.find(scheme) + scheme.size());
}

/// Base64 of the usual alphabet, as ngx.decode_base64 takes it: padding may be missing.
std::optional<Bytes> decode(std::string_view text)
{
    return fromBase64(text, Base64Rule::Lenient);
}

/// Lua takes a claim that is false for one that is missing.
bool isClaim(const Value* value) noexcept
{
    return value && !(value->asBoolean() && !*value->asBoolean());
}

/// The plugin's JSON reader makes an empty list and an empty object the same table, which is written as an object.
Value withoutEmptyLists(const Value& value)
{
    if (const auto* array = value.asArray()) {
        if (array->empty())
            return Object();
        document::Array copy;
        for (const Value& element : *array)
            copy.push_back(withoutEmptyLists(element));
        return copy;
    }
    if (!value.asObject())
        return value;
    Object copy;
    for (const auto& [name, member] : *value.asObject())
        copy.append(name, withoutEmptyLists(member));
    return copy;
}

Identification unreadablePayload(std::string_view reason)
{
    std::string message("Unable to get the 'Auth token' payload: ");
    message.append(reason);
    return {{}, {}, std::move(message)};
}

Identification identifyBearer(std::string_view token, std::string_view clientIdClaim)
{
    const auto parts = split(token, '.');
    if (parts.size() != 3)
        return unreadablePayload("Inconsistent JWT: unable to get the typical structure Header.Payload.Signature");
    // The standard's alphabet has "-" and "_", which the plugin does not read: tokens with them fail here as in Kong.
    const auto decoded = decode(parts[1]);
    auto payload = document::parseJson(
        decoded.value_or(""), {.allowDuplicateKeys = true, .allowInvalidUtf8 = true, .allowKongNumbers = true});
    if (!decoded || !payload || !payload->asObject()) {
        const std::string reason = !decoded  ? "the payload is not in base64"
                                   : payload ? "the payload is no object"
                                             : payload.error().detail;
        return unreadablePayload("Unable to decode JSON from JWT: '" + reason + "'");
    }
    const Value claims = withoutEmptyLists(asKongWritesIt(*payload));
    const Value* clientId = claims.find(clientIdClaim);
    if (!isClaim(clientId))
        return {{}, {}, "Unable to get '" + std::string(clientIdClaim) + "' claim from the Bearer token"};
    return {*claims.asObject(), *clientId, {}};
}

Identification identifyBasic(std::string_view text)
{
    const auto decoded = decode(text);
    if (!decoded)
        return {{}, {}, "Unable to decode correctly in base64 the 'Basic Auth'"};
    // An empty password, or one with a colon, leaves no client_id.
    if (countParts(*decoded, ":") != 2)
        return {};
    return {{}, Value(std::string_view(*decoded).substr(0, decoded->find(':'))), {}};
}

} // namespace

std::string_view nameOf(Source::Kind kind) noexcept
{
    switch (kind) {
    case Source::Kind::None:
        return {};
    case Source::Kind::Bearer:
        return "bearer";
    case Source::Kind::Basic:
        return "basic";
    case Source::Kind::Certificate:
        return "certificate";
    case Source::Kind::ApiKey:
        return "api-key";
    }
    return {};
}

/// As Penlight's split() counts: a text that ends with the separator has no part behind it.
std::size_t countParts(std::string_view text, std::string_view separator) noexcept
{
    std::size_t count = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        ++count;
        const std::size_t next = text.find(separator, at);
        if (next == std::string_view::npos)
            break;
        at = next + separator.size();
    }
    return count;
}

Source findSource(const Exchange& exchange, std::string_view apiKeyHeader, std::string_view subject)
{
    const http::HeaderMap& headers = exchange.upstream.headers;
    if (const auto header = headers.find("Authorization")) {
        if (const auto token = behindScheme(*header, "Bearer "))
            return {Source::Kind::Bearer, *token};
        if (const auto basic = behindScheme(*header, "Basic "))
            return {Source::Kind::Basic, *basic};
    }
    if (!subject.empty())
        return {Source::Kind::Certificate, subject};
    const auto keys = findHeaderLines(headers, apiKeyHeader);
    return keys.empty() ? Source() : Source{Source::Kind::ApiKey, keys.front()};
}

Identification identify(const Source& source, std::string_view clientIdClaim)
{
    if (source.kind == Source::Kind::Bearer)
        return identifyBearer(source.text, clientIdClaim);
    if (source.kind == Source::Kind::Basic)
        return identifyBasic(source.text);
    return {{}, Value(source.text), {}};
}

} // namespace claimsmith::gateway::xcustomjwt
