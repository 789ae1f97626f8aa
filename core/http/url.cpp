// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/url.h"

#include "base/text.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::http {
namespace {

std::string_view urlCodeName(int code) noexcept
{
    static constexpr std::array names = {"syntax", "no-scheme", "unsupported-scheme", "no-host", "invalid-port"};
    return names[static_cast<std::size_t>(code)];
}

Error urlError(UrlErrorCode code, std::string detail, std::size_t offset = Place::npos)
{
    Error error{code};
    error.place.pointer = "url";
    error.place.offset = offset;
    error.detail = std::move(detail);
    return error;
}

/// The text with what RFC 3986 forbids but people type percent-encoded.
std::string encodeTyped(std::string_view text)
{
    static constexpr std::string_view forbidden = " \"<>\\^`{|}";
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || forbidden.find(c) != std::string_view::npos) {
            result += '%';
            result += digits[byte >> 4U];
            result += digits[byte & 15U];
        } else {
            result += c;
        }
    }
    return result;
}

std::optional<std::uint16_t> readPort(std::string_view digits) noexcept
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc() && end == digits.data() + digits.size() && !digits.empty() ? std::optional(port)
                                                                                           : std::nullopt;
}

std::string bracketed(const std::string& host)
{
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

std::string_view asView(boost::urls::string_view text)
{
    return {text.data(), text.size()};
}

/// "scheme:" with a scheme in the grammar of RFC 3986 §3.1, and not "localhost:3000".
bool hasScheme(std::string_view text) noexcept
{
    return text.find("://") != std::string_view::npos && text.find("://") < text.find_first_of("/?#");
}

} // namespace

const ErrorDomain& errorDomain(UrlErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"url", urlCodeName};
    return domain;
}

std::string Url::authority() const
{
    const bool isDefault = !port || *port == (isSecure() ? 443 : 80);
    return isDefault ? bracketed(host) : bracketed(host) + ':' + std::to_string(*port);
}

std::string Url::target() const
{
    std::string result = path.empty() ? "/" : path;
    if (query)
        result += '?' + *query;
    return result;
}

std::string Url::toString() const
{
    std::string result = scheme + "://";
    if (userInfo)
        result += *userInfo + '@';
    result += bracketed(host);
    if (port)
        result += ':' + std::to_string(*port);
    result += path;
    if (query)
        result += '?' + *query;
    if (fragment)
        result += '#' + *fragment;
    return result;
}

namespace {

/// Boost.URL 1.81 takes "127.0.0.1.nip.io/" for an address with the path ".nip.io/". Where the host starts when that
/// has happened.
std::optional<std::size_t> findCutHost(const std::string& encoded)
{
    const auto parsed = boost::urls::parse_uri(encoded);
    if (!parsed || parsed->host_type() != boost::urls::host_type::ipv4 || parsed->has_port() ||
        parsed->encoded_path().empty() || parsed->encoded_path().starts_with('/'))
        return std::nullopt;
    return static_cast<std::size_t>(parsed->encoded_host().data() - encoded.data());
}

Result<Url> parseEncoded(const std::string& encoded)
{
    const auto parsed = boost::urls::parse_uri(encoded);
    if (!parsed)
        return urlError(UrlErrorCode::Syntax, "not a valid URL");
    const boost::urls::url_view& view = *parsed;

    Url url;
    url.scheme = toLower(asView(view.scheme()));
    if (url.scheme != "http" && url.scheme != "https")
        return urlError(UrlErrorCode::UnsupportedScheme, "the scheme has to be http or https", 0);
    if (view.has_userinfo())
        url.userInfo = std::string(asView(view.encoded_userinfo()));
    url.host = toLower(asView(view.encoded_host_address()));
    if (url.host.empty())
        return urlError(UrlErrorCode::NoHost, "the URL names no host", url.scheme.size() + 3);
    // Boost.URL 1.81 takes "h:x/" for host "h", an empty port and the path "x/".
    if (view.has_port() && view.port().empty() && !view.encoded_path().empty() && !view.encoded_path().starts_with('/'))
        return urlError(UrlErrorCode::InvalidPort, "a port is a number up to 65535");
    if (view.has_port() && !view.port().empty()) {
        url.port = readPort(asView(view.port()));
        if (!url.port)
            return urlError(UrlErrorCode::InvalidPort, "a port is a number up to 65535");
    }
    url.path = std::string(asView(view.encoded_path()));
    if (view.has_query())
        url.query = std::string(asView(view.encoded_query()));
    if (view.has_fragment())
        url.fragment = std::string(asView(view.encoded_fragment()));
    return url;
}

} // namespace

Result<Url> parseUrl(std::string_view text)
{
    std::string encoded = encodeTyped(trimmed(text));
    if (!hasScheme(encoded))
        return urlError(UrlErrorCode::NoScheme, "the URL has to start with http:// or https://", 0);
    const std::optional<std::size_t> cutHost = findCutHost(encoded);
    if (!cutHost)
        return parseEncoded(encoded);
    encoded.insert(*cutHost, 1, 'x'); // a letter in front makes a name of it
    CLAIMSMITH_TRY(Url url, parseEncoded(encoded));
    url.host.erase(0, 1);
    return url;
}

std::string Authority::toString() const
{
    return bracketed(host) + ':' + std::to_string(port);
}

Result<Authority> parseAuthority(std::string_view text, std::optional<std::uint16_t> defaultPort)
{
    std::string_view host = text;
    std::string_view port;
    bool hasPort = false;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return urlError(UrlErrorCode::Syntax, "a '[' without ']'", 0);
        host = text.substr(1, end - 1);
        hasPort = end + 1 < text.size();
        if (hasPort && text[end + 1] != ':')
            return urlError(UrlErrorCode::Syntax, "only ':' and a port may follow ']'", end + 1);
        port = hasPort ? text.substr(end + 2) : std::string_view{};
    } else if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
        hasPort = true;
    }
    if (host.empty())
        return urlError(UrlErrorCode::NoHost, "no host before the port", 0);
    const auto number = hasPort ? readPort(port) : defaultPort;
    if (!number)
        return urlError(UrlErrorCode::InvalidPort, "expected HOST:PORT with a port up to 65535");
    return Authority{toLower(host), *number};
}

} // namespace claimsmith::http
