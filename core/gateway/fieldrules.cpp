// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/fieldrules.h"

#include "base/base64.h"
#include "base/text.h"
#include "gateway/address.h"
#include "gateway/pattern.h"
#include "gateway/requestpath.h"
#include "http/message.h"

#include <algorithm>
#include <iterator>

namespace claimsmith::gateway {

using document::Value;

namespace {

using MaybeText = std::optional<std::string>;

constexpr bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

constexpr bool isLetter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool isAsciiWord(char c, std::string_view others) noexcept
{
    return isDigit(c) || isLetter(c) || others.find(c) != std::string_view::npos;
}

constexpr bool isAscii(char c) noexcept
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// The first percent sign without two hexadecimal digits behind it, with what follows: "%zz".
std::optional<std::string_view> findBadTriplet(std::string_view text) noexcept
{
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        const auto triplet = text.substr(at, 3);
        if (triplet.size() < 3 || !fromHex(triplet.substr(1)))
            return triplet;
    }
    return std::nullopt;
}

MaybeText tripletError(std::string_view text)
{
    const auto bad = findBadTriplet(text);
    return bad ? MaybeText("invalid url-encoded value: '" + std::string(*bad) + "'") : std::nullopt;
}

struct HostParts
{
    std::string_view host;
    std::string_view port;
    bool hasPort = false;
    bool isIpv6 = false;
};

HostParts splitHost(std::string_view text) noexcept
{
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        const auto host = text.substr(1, end == std::string_view::npos ? end : end - 1);
        const auto rest = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        return {host, rest.starts_with(':') ? rest.substr(1) : rest, !rest.empty(), true};
    }
    if (std::ranges::count(text, ':') > 1)
        return {text, {}, false, true};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return {text, {}, false, false};
    return {text.substr(0, colon), text.substr(colon + 1), true, false};
}

bool isPort(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, isDigit) &&
           std::stoi(std::string(text)) <= 65535;
}

/// What is wrong with host[:port], in the words of Kong's hostname parser.
MaybeText hostError(std::string_view text)
{
    const HostParts parts = splitHost(text);
    if (parts.isIpv6 && !isIpAddress(parts.host))
        return "invalid ipv6 address: " + std::string(text);
    if (parts.hasPort && !isPort(parts.port))
        return "invalid port number";
    if (parts.isIpv6)
        return std::nullopt;
    const bool looksLikeIpv4 =
        !parts.host.empty() && std::ranges::all_of(parts.host, [](char c) { return isDigit(c) || c == '.'; });
    if (looksLikeIpv4 && std::ranges::count(parts.host, '.') == 3)
        return isIpAddress(parts.host) ? MaybeText() : "invalid ipv4 address: " + std::string(text);
    return isHostName(parts.host) ? MaybeText() : "invalid hostname: " + std::string(text);
}

MaybeText plainHostError(std::string_view text)
{
    const auto error = hostError(text);
    if (error == "invalid port number" || (!error && splitHost(text).hasPort))
        return "must not have a port";
    return error ? MaybeText("invalid value: " + std::string(text)) : std::nullopt;
}

MaybeText sniError(std::string_view text)
{
    if (isIpAddress(splitHost(text).host))
        return "must not be an IP";
    return plainHostError(text);
}

MaybeText fixedPathError(const std::string& path)
{
    const std::string normalised = normalisePath(path);
    return normalised == path ? MaybeText() : "non-normalized path, consider use '" + normalised + "' instead";
}

} // namespace

bool isHostName(std::string_view text) noexcept
{
    if (text.ends_with('.'))
        text.remove_suffix(1);
    if (text.empty())
        return false;
    return std::ranges::all_of(split(text, '.'), [](std::string_view label) {
        return !label.empty() && label.back() != '-' &&
               std::ranges::all_of(label, [](char c) { return isAsciiWord(c, "-_"); });
    });
}

MaybeText checkName(const Value& value)
{
    const std::string& name = *value.asString();
    if (const auto at = findInvalidUtf8(name); at != std::string::npos)
        return "invalid utf-8 character sequence detected at position " + std::to_string(at + 1);
    if (!std::ranges::all_of(name, [](char c) { return !isAscii(c) || isAsciiWord(c, ".-_~"); }))
        return "invalid value '" + name + "': the only accepted ascii characters are alphanumerics or ., -, _, and ~";
    return std::nullopt;
}

MaybeText checkTag(const Value& value)
{
    const std::string& tag = *value.asString();
    const bool printable =
        std::ranges::all_of(tag, [](char c) { return !isAscii(c) || (c >= 0x20 && c < 0x7f && c != ',' && c != '/'); });
    if (printable && findInvalidUtf8(tag) == std::string::npos)
        return std::nullopt;
    return "invalid tag '" + tag + "': expected printable ascii (except `,` and `/`) or valid utf-8 sequences";
}

MaybeText checkHost(const Value& value)
{
    return plainHostError(*value.asString());
}

MaybeText checkHostAndPort(const Value& value)
{
    return hostError(*value.asString());
}

MaybeText checkRouteHost(const Value& value)
{
    const std::string& host = *value.asString();
    std::string plain = host;
    if (const auto star = host.find('*'); star != std::string::npos)
        plain.replace(star, 1, "abc");
    const auto error = hostError(plain);
    return error && error->starts_with("invalid hostname") ? "invalid hostname: " + host : error;
}

MaybeText checkSni(const Value& value)
{
    return sniError(*value.asString());
}

MaybeText checkWildcardSni(const Value& value)
{
    std::string name = *value.asString();
    if (std::ranges::count(name, '*') > 1)
        return "only one wildcard must be specified";
    if (const auto star = name.find('*'); star != std::string::npos) {
        if (star != 0 && star != name.size() - 1)
            return "wildcard must be leftmost or rightmost character";
        name.replace(star, 1, "abc");
    }
    const auto error = sniError(name);
    return error && error->starts_with("invalid value") ? "invalid value: " + *value.asString() : error;
}

MaybeText checkPath(const Value& value)
{
    const std::string& path = *value.asString();
    if (!std::ranges::all_of(path, [](char c) { return isAsciiWord(c, ".-_~/%:@!$&'()*+,;="); }))
        return "invalid path: '" + path + "' (characters outside of the reserved list of RFC 3986 found)";
    return tripletError(path);
}

MaybeText checkRoutePath(const Value& value)
{
    const std::string& path = *value.asString();
    if (path.starts_with('/')) {
        if (auto error = tripletError(path))
            return error;
        return fixedPathError(path);
    }
    const std::string expression = path.substr(1);
    if (const auto error = findSyntaxError(expression))
        return "invalid regex: '" + expression + "' (PCRE returned: " + *error + ")";
    return std::nullopt;
}

MaybeText checkHeaderName(const Value& value)
{
    const std::string& name = *value.asString();
    if (name.empty())
        return "no header name provided";
    if (std::ranges::all_of(name, [](char c) { return isAsciiWord(c, "-_"); }))
        return std::nullopt;
    return "bad header name '" + name + "', allowed characters are A-Z, a-z, 0-9, '_', and '-'";
}

MaybeText checkUrl(const Value& value)
{
    const std::string_view url = *value.asString();
    const auto slashes = url.find("//");
    const bool hasScheme = slashes != std::string_view::npos && slashes > 1 && url[slashes - 1] == ':';
    if (!hasScheme && slashes != 0)
        return "missing host in url";
    std::string_view authority = url.substr(slashes + 2);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority.remove_prefix(authority.find('@') + 1);
    if (authority.empty() || authority.front() == ':')
        return "missing host in url";
    return hasScheme ? std::nullopt : MaybeText("missing scheme in url");
}

MaybeText checkAddress(const Value& value)
{
    const std::string& text = *value.asString();
    return parseAddressRange(text) ? MaybeText() : "invalid ip or cidr range: '" + text + "'";
}

MaybeText checkCookieName(const Value& value)
{
    if (http::isToken(*value.asString()))
        return std::nullopt;
    return "contains one or more invalid characters. ASCII control characters (0-31;127), space, tab and the "
           "characters "
           "()<>@,;:\\\"/?={}[] are not allowed.";
}

std::vector<Value> allProtocols()
{
    return {"grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp"};
}

Field idField()
{
    return stringField("id")
        .describe("A string representing a UUID (universally unique identifier).")
        .hint("Names the entity. Made from its name when there is one.")
        .as(Format::Uuid)
        .makeAutomatic();
}

Field createdField()
{
    return integerField("created_at")
        .describe("An integer representing an automatic Unix timestamp in seconds.")
        .hint("When it was made, in Unix time.")
        .measuredIn("s")
        .makeTime();
}

Field updatedField()
{
    return integerField("updated_at")
        .describe("An integer representing an automatic Unix timestamp in seconds.")
        .hint("When it was changed, in Unix time.")
        .measuredIn("s")
        .makeTime();
}

Field nameField()
{
    return stringField("name")
        .describe("A unique string representing a UTF-8 encoded name.")
        .hint("Names the entity for people.")
        .makeUnique()
        .check(checkName);
}

Field tagsField()
{
    return setField("tags", stringField().describe("A string representing a tag.").require().check(checkTag))
        .describe("A set of strings representing tags.")
        .hint("Words to group and filter entities by.");
}

Field headerNameField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing an HTTP header name.")
        .as(Format::HeaderName)
        .check(checkHeaderName);
}

Field urlField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a URL, such as https://example.com/path/to/resource?q=search.")
        .as(Format::Url)
        .check(checkUrl);
}

Field headersField(std::string name)
{
    return mapField(std::move(name), headerNameField(), arrayField({}, stringField()))
        .describe("A map of header names to arrays of header values.");
}

Field methodField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing an HTTP method, such as GET, POST, PUT, or DELETE. The string must contain "
                  "only uppercase letters.")
        .as(Format::Method)
        .match("^%u+$");
}

Field hostField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a host name, such as example.com.")
        .as(Format::HostName)
        .check(checkHost);
}

Field sniField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing an SNI (server name indication) value for TLS.")
        .as(Format::HostName)
        .check(checkSni);
}

Field wildcardHostField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a wildcard host name, such as *.example.com.")
        .as(Format::HostName)
        .check(checkWildcardSni);
}

Field pathField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a URL path, such as /path/to/resource. Must start with a forward slash (/) "
                  "and must not contain empty segments (i.e., two consecutive forward slashes).")
        .as(Format::Path)
        .startWith("/")
        .match({PatternRule::Kind::None, {"//"}, "must not have empty segments"})
        .check(checkPath);
}

Field addressField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing an IP address or CIDR block, such as 192.168.1.1 or 192.168.0.0/16.")
        .check(checkAddress);
}

Field portField(std::string name)
{
    return integerField(std::move(name))
        .describe("An integer representing a port number between 0 and 65535, inclusive.")
        .range(0, 65535);
}

Field timeoutField(std::string name)
{
    return integerField(std::move(name)).measuredIn("ms").range(1, 2147483646).defaultTo(60000);
}

Field consumerField()
{
    return foreignField("consumer", "consumers").hint("Who the credential belongs to.").require().cascade();
}

Field forbiddenConsumerField()
{
    return foreignField("consumer", "consumers")
        .describe("Custom type for representing a foreign key with a null value allowed.")
        .forbid();
}

Schema credentialSchema(std::vector<Field> own)
{
    Schema schema{.fields = {idField(), createdField(), consumerField()}, .checks = {}};
    std::ranges::move(own, std::back_inserter(schema.fields));
    schema.fields.push_back(tagsField());
    return schema;
}

Field protocolField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a protocol, such as HTTP or HTTPS.")
        .oneOf(allProtocols());
}

Field httpProtocolsField()
{
    const std::vector<Value> protocols{"grpc", "grpcs", "http", "https"};
    return setField("protocols", stringField().oneOf(protocols))
        .describe("A set of strings representing HTTP protocols.")
        .hint("Protocols of requests that the plugin applies to.")
        .require()
        .defaultTo(document::Array(protocols.begin(), protocols.end()));
}

Field protocolsField(document::Array initial)
{
    return setField("protocols", protocolField())
        .describe("A set of strings representing protocols.")
        .hint("Protocols of requests that the plugin applies to.")
        .require()
        .defaultTo(std::move(initial));
}

} // namespace claimsmith::gateway
