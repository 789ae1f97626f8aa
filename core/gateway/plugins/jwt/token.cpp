// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/token.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/plugins/authorization.h"
#include "gateway/plugins/jwt/checks.h"
#include "gateway/plugins/requestarguments.h"
#include "http/cookie.h"
#include "http/query.h"
#include "jose/compact.h"

#include <algorithm>

namespace claimsmith::gateway::jwt {

using document::Value;

namespace {

void keep(std::vector<FoundToken>& tokens, std::string_view text, bool isText, std::string place)
{
    const auto known = std::ranges::find_if(
        tokens, [&](const FoundToken& token) { return token.isText == isText && token.text == text; });
    if (known != tokens.end())
        known->places.push_back(std::move(place));
    else
        tokens.push_back({std::string(text), isText, {std::move(place)}});
}

void append(std::string& list, std::string_view kind, const std::vector<std::string>& names)
{
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + std::string(kind) + " " + name;
}

struct Decoded
{
    Value value;
    std::string_view quirk;
};

document::JsonOptions leniently()
{
    return {.allowDuplicateKeys = true, .allowInvalidUtf8 = true, .allowKongNumbers = true};
}

/// As many "=" as there may be: Kong's decoder takes none of them amiss.
std::optional<Bytes> decodeLeniently(std::string_view encoded)
{
    while (encoded.ends_with('='))
        encoded.remove_suffix(1);
    return fromBase64Url(encoded, Base64Rule::Lenient);
}

/// One JSON part of a token, or nothing.
std::optional<Decoded> decodePart(std::string_view encoded, Conduct conduct)
{
    const auto canonical = fromBase64Url(encoded);
    const auto bytes = conduct == Conduct::Kong ? decodeLeniently(encoded) : canonical;
    if (!bytes)
        return std::nullopt;
    auto strict = document::parseJson(*bytes);
    if (strict)
        return Decoded{std::move(*strict), canonical ? std::string_view() : laxEncoding};
    if (conduct == Conduct::Strict)
        return std::nullopt;
    auto value = document::parseJson(*bytes, leniently());
    if (!value)
        return std::nullopt;
    const bool isRepeated = strict.error().code == document::JsonErrorCode::DuplicateKey;
    return Decoded{std::move(*value), isRepeated ? repeatedMember : std::string_view()};
}

bool namesExtensions(const Value& header)
{
    return header.find("crit") != nullptr;
}

/// Whether the token says that its payload is not base64url (RFC 7797 §3), which a JWT must not (§7).
bool leavesPayloadPlain(const Value& header)
{
    const Value* const encodes = header.find("b64");
    return encodes && *encodes != Value(true);
}

/// What the standards hold against a header that decodes; nothing when all is well.
std::optional<std::string_view> problemOfHeader(const Value& header)
{
    if (!header.asObject())
        return "invalid JSON";
    if (namesExtensions(header))
        return "unknown crit";
    return leavesPayloadPlain(header) ? std::optional<std::string_view>("unencoded payload") : std::nullopt;
}

} // namespace

std::string Places::toString() const
{
    std::string list;
    append(list, "header", headerNames);
    append(list, "query", queryNames);
    append(list, "cookie", cookieNames);
    return list;
}

std::vector<FoundToken> collectTokens(const http::HeaderMap& headers, std::optional<std::string_view> query,
                                      const Places& places)
{
    std::vector<FoundToken> tokens;
    if (query && !places.queryNames.empty()) {
        const auto arguments = http::parseQuery(*query);
        for (const std::string& name : places.queryNames)
            for (const http::QueryArgument* argument : arguments.all(name))
                if (!argument->value || !argument->value->empty())
                    keep(tokens, argument->value.value_or(""), argument->value.has_value(), "query " + name);
    }
    for (const std::string& name : places.cookieNames)
        if (const auto value = http::findCookie(headers, name); value && !value->empty())
            keep(tokens, *value, true, "cookie " + name);
    for (const std::string& name : places.headerNames)
        if (const auto value = findHeaderLine(headers, name))
            if (const auto token = findAfterScheme(*value, "bearer", SchemeGap::Needed))
                keep(tokens, *token, true, "header " + name);
    return tokens;
}

std::variant<Token, Broken> decodeToken(std::string text, Conduct conduct)
{
    const auto parts = jose::splitCompact(text);
    if (!parts)
        return Broken{std::ranges::count(text, '.') == 0 ? Broken::Part::Header : Broken::Part::Signature,
                      "invalid JSON"};
    auto header = decodePart(parts->header, conduct);
    if (!header)
        return Broken{Broken::Part::Header, "invalid JSON"};
    auto claims = decodePart(parts->payload, conduct);
    if (!claims)
        return Broken{Broken::Part::Payload, "invalid JSON"};
    if (const auto problem = problemOfHeader(header->value); problem && conduct == Conduct::Strict)
        return Broken{Broken::Part::Header, *problem};
    if (conduct == Conduct::Strict && !claims->value.asObject())
        return Broken{Broken::Part::Payload, "invalid claims"};

    Token token;
    token.quirk = !header->quirk.empty() ? header->quirk : claims->quirk;
    if (namesExtensions(header->value))
        token.quirk = unknownCritical;
    else if (leavesPayloadPlain(header->value))
        token.quirk = plainPayload;
    auto signature = conduct == Conduct::Kong ? decodeLeniently(parts->signature) : fromBase64Url(parts->signature);
    token.header = std::move(header->value);
    token.claims = std::move(claims->value);
    token.signingInputSize = parts->signingInput.size();
    token.signature = signature ? std::move(*signature) : Bytes();
    token.signatureDecodes = signature.has_value();
    token.text = std::move(text);
    return token;
}

} // namespace claimsmith::gateway::jwt
