// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::http {

enum class UrlErrorCode {
    Syntax,            ///< not a URI reference of RFC 3986; the place has the offset
    NoScheme,          ///< "example.com/path" without "http://"
    UnsupportedScheme, ///< neither http nor https
    NoHost,
    InvalidPort, ///< beyond 65535
};
const ErrorDomain& errorDomain(UrlErrorCode) noexcept;

/// An absolute http or https URL (RFC 9110 §4.2) taken apart. Parts are as written, still percent-encoded.
struct Url
{
    std::string scheme;                       ///< "http" or "https", lower case
    std::optional<std::string> userInfo = {}; ///< before '@', without it
    std::string host;                         ///< lower case; an IPv6 address without its brackets
    std::optional<std::uint16_t> port = {};   ///< as written; effectivePort() knows the default
    std::string path = {};                    ///< empty or starts with '/'
    std::optional<std::string> query = {};    ///< without '?'
    std::optional<std::string> fragment = {}; ///< without '#'

    bool isSecure() const noexcept { return scheme == "https"; }

    std::uint16_t effectivePort() const noexcept
    {
        return port.value_or(isSecure() ? std::uint16_t{443} : std::uint16_t{80});
    }

    /// Host and, unless it is the scheme's default, port: what a Host header carries (RFC 9110 §7.2).
    std::string authority() const;
    /// Path ("/" when empty) and query: what a request line carries (RFC 9112 §3.2.1).
    std::string target() const;
    std::string toString() const;

    friend bool operator==(const Url&, const Url&) = default;
};

/// Reads an absolute URL. Characters that people type and RFC 3986 forbids (spaces, non-ASCII letters, braces, '|',
/// '^',
/// '"', '<', '>', '\', '`') are percent-encoded first, everything else has to be in order.
Result<Url> parseUrl(std::string_view text);

/// A host and a port, as listeners and upstreams are named.
struct Authority
{
    std::string host; ///< an IPv6 address without its brackets
    std::uint16_t port = 0;

    std::string toString() const; ///< "127.0.0.1:8000", "[::1]:8000"
    friend bool operator==(const Authority&, const Authority&) = default;
};

/// Reads "host:port", "[::1]:port" or, with `defaultPort`, a host alone.
Result<Authority> parseAuthority(std::string_view text, std::optional<std::uint16_t> defaultPort = {});

} // namespace claimsmith::http
