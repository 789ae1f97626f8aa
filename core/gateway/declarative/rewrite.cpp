// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/text.h"
#include "gateway/declarative/item.h"
#include "gateway/requestpath.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::Object;
using document::Value;

namespace {

struct UrlParts
{
    std::string_view scheme;
    std::string_view host;
    std::string_view port;
    std::string_view path;
};

/// Takes a URL apart as leniently as Kong's library does: what is not there is empty.
UrlParts splitUrl(std::string_view url)
{
    UrlParts parts;
    url = url.substr(0, url.find('#'));
    if (const auto colon = url.find(':');
        colon != std::string_view::npos && url.substr(0, colon).find_first_of("/?.") == std::string_view::npos) {
        parts.scheme = url.substr(0, colon);
        url.remove_prefix(colon + 1);
    }
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        const auto end = std::min(url.find_first_of("/?"), url.size());
        parts.host = url.substr(0, end);
        url.remove_prefix(end);
    }
    parts.path = url.substr(0, url.find_first_of("?;"));
    parts.host.remove_prefix(parts.host.rfind('@') == std::string_view::npos ? 0 : parts.host.rfind('@') + 1);
    const auto colon = parts.host.rfind(':');
    if (colon != std::string_view::npos && parts.host.find(']', colon) == std::string_view::npos) {
        parts.port = parts.host.substr(colon + 1);
        parts.host = parts.host.substr(0, colon);
    }
    if (parts.host.starts_with('[') && parts.host.ends_with(']'))
        parts.host = parts.host.substr(1, parts.host.size() - 2);
    return parts;
}

void expandUrl(Object& service)
{
    const Value* url = service.find("url");
    if (!url || !url->asString()) {
        service.remove("url");
        return;
    }
    const std::string text = *url->asString();
    const UrlParts parts = splitUrl(text);
    int port = 0;
    const auto [end, error] = std::from_chars(parts.port.data(), parts.port.data() + parts.port.size(), port);
    const bool hasPort = error == std::errc() && end == parts.port.data() + parts.port.size();
    const std::string scheme = !parts.scheme.empty()    ? toLower(parts.scheme)
                               : hasPort && port == 443 ? "https"
                                                        : "http";
    service.remove("url");
    service.set("protocol", scheme);
    service.set("port", hasPort ? port : scheme == "https" ? 443 : 80);
    service.set("host", parts.host.empty() ? Value() : Value(parts.host));
    service.set("path", parts.path.empty() ? Value() : Value(parts.path));
}

bool isGrpc(const Object& route)
{
    const Value* protocols = route.find("protocols");
    return protocols && protocols->asArray() && std::ranges::any_of(*protocols->asArray(), [](const Value& protocol) {
               return protocol.asString() && protocol.asString()->starts_with("grpc");
           });
}

/// Writing one of the two settles the other (kong-core.md §2.4).
void coupleHashing(Object& upstream)
{
    const auto* algorithm = upstream.find("algorithm") ? upstream.find("algorithm")->asString() : nullptr;
    const auto* hashOn = upstream.find("hash_on") ? upstream.find("hash_on")->asString() : nullptr;
    if (algorithm && (*algorithm == "least-connections" || *algorithm == "latency"))
        upstream.set("hash_on", "none");
    else if (hashOn)
        upstream.set("algorithm", *hashOn == "none" ? "round-robin" : "consistent-hashing");
}

constexpr bool isPlainPathCharacter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_~/%").find(c) != std::string_view::npos;
}

/// Percent triplets of an old regular expression: decoded, but for reserved characters; what would then mean something
/// to the expression is escaped.
std::string decodeExpression(std::string_view path)
{
    static constexpr std::string_view reserved = "!*'();:@&=+$,/?%#[]";
    static constexpr std::string_view meaningful = "\\^$.|?*+()[]{}";
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto octet = path[i] == '%' ? fromHex(path.substr(i + 1, 2)) : std::nullopt;
        if (!octet || octet->size() != 1 || reserved.find(octet->front()) != std::string_view::npos) {
            out += path[i];
            continue;
        }
        if (meaningful.find(octet->front()) != std::string_view::npos)
            out += '\\';
        out += octet->front();
        i += 2;
    }
    return out;
}

} // namespace

void expandShorthands(const EntityType& type, Object& fields)
{
    if (type.name == "services")
        expandUrl(fields);
    else if (type.name == "routes" && isGrpc(fields) && !fields.contains("strip_path"))
        fields.set("strip_path", false);
    else if (type.name == "upstreams")
        coupleHashing(fields);
}

void migrateRoute(Object& route)
{
    Value* paths = route.find("paths");
    if (!paths || !paths->asArray())
        return;
    for (Value& path : *paths->asArray()) {
        const std::string* text = path.asString();
        if (!text || !text->starts_with('/'))
            continue;
        path = std::ranges::all_of(*text, isPlainPathCharacter) ? normalisePath(*text) : "~" + decodeExpression(*text);
    }
}

} // namespace claimsmith::gateway::declarative
