// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/requestpath.h"

#include "base/base64.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

constexpr std::string_view reserved = "!*'();:@&=+$,/?%#[]";
constexpr std::string_view upperDigits = "0123456789ABCDEF";

void appendTriplet(std::string& out, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += upperDigits[byte >> 4U];
    out += upperDigits[byte & 0xfU];
}

std::string decodeUnreserved(std::string_view path)
{
    std::string out;
    out.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto octet = path[i] == '%' ? fromHex(path.substr(i + 1, 2)) : std::nullopt;
        if (!octet || octet->size() != 1) {
            out += path[i];
            continue;
        }
        const char c = octet->front();
        if (reserved.find(c) != std::string_view::npos)
            appendTriplet(out, c);
        else
            out += c;
        i += 2;
    }
    return out;
}

/// RFC 3986 §5.2.4, and empty segments vanish.
std::string removeDotSegments(std::string_view path)
{
    std::string out;
    out.reserve(path.size());
    std::size_t at = 0;
    while (at < path.size()) {
        const auto end = std::min(path.find('/', at), path.size());
        const auto segment = path.substr(at, end - at);
        const bool last = end == path.size();
        if (segment == "..") {
            const auto parent = out.size() < 2 ? std::string::npos : out.rfind('/', out.size() - 2);
            out.resize(parent == std::string::npos ? (out.starts_with('/') ? 1 : 0) : parent + 1);
        } else if (segment != "." && (!segment.empty() || at == 0)) {
            out += segment;
            if (!last)
                out += '/';
        }
        at = end + 1;
    }
    return out;
}

bool isPathCharacter(char c) noexcept
{
    static constexpr std::string_view others = "!#$&'()*+,/:;=?@[]-_.~%";
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// What is left of the path behind the prefix. A dot segment must not come about where the two were cut.
std::string_view behindPrefix(std::string_view path, std::string_view prefix) noexcept
{
    auto rest = path.substr(std::min(prefix.size(), path.size()));
    if (rest == "." || rest == "..")
        return {};
    if (rest.starts_with("./"))
        return rest.substr(2);
    return rest.starts_with("../") ? rest.substr(3) : rest;
}

std::string joinStripped(std::string_view base, std::string_view path, std::string_view rest)
{
    const bool baseEnds = base.ends_with('/');
    const auto trimmedBase = baseEnds ? base.substr(0, base.size() - 1) : base;
    if (rest.empty()) {
        if (base == "/")
            return "/";
        const bool keepSlash = path.ends_with('/') && (baseEnds || path.size() > 1);
        return std::string(trimmedBase) + (keepSlash ? "/" : "");
    }
    return std::string(trimmedBase) + (rest.starts_with('/') ? "" : "/") + std::string(rest);
}

} // namespace

std::string normalisePath(std::string_view path)
{
    if (path.empty() || path == "/")
        return std::string(path);
    return removeDotSegments(decodeUnreserved(path));
}

std::string encodePath(std::string_view path)
{
    std::string out;
    out.reserve(path.size());
    for (const char c : path) {
        if (isPathCharacter(c))
            out += c;
        else
            appendTriplet(out, c);
    }
    return out;
}

std::string joinUpstreamPath(std::string_view base, std::string_view path, std::string_view prefix, bool strip)
{
    if (base.empty())
        base = "/";
    if (strip)
        return joinStripped(base, path, behindPrefix(path, prefix));
    if (base.ends_with('/'))
        return std::string(base) + std::string(path.substr(std::min<std::size_t>(1, path.size())));
    return path == "/" ? std::string(base) : std::string(base) + std::string(path);
}

} // namespace claimsmith::gateway
