// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/upstreamhead.h"

#include "base/text.h"
#include "gateway/entities.h"
#include "gateway/proxy/product.h"
#include "gateway/settings.h"
#include "http/wire/nominations.h"
#include "http/wire/writer.h"

#include <algorithm>
#include <array>
#include <optional>

namespace claimsmith::gateway {
namespace {

using http::appendHeader;

/// Headers of the client that never pass: they belong to its connection (RFC 9110 §7.6.1), frame the message, or are
/// written anew below.
constexpr std::array<std::string_view, 23> replaced = {
    "host",
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy",
    "expect",
    "te",
    "upgrade",
    "transfer-encoding",
    "content-length",
    "transfer_encoding", // what upstreams that make variables of headers take for the real ones
    "content_length",
    "via",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-path",
    "x-forwarded-prefix",
    "x-kong-request-id",
    "x-claimsmith-trace",
    "http2-settings",
};

bool isReplaced(std::string_view name) noexcept
{
    return std::ranges::any_of(replaced, [name](std::string_view known) {
        return known.size() == name.size() && equalIgnoringCase(known, name);
    });
}

std::string_view schemeName(Scheme scheme) noexcept
{
    return scheme == Scheme::Https ? "https" : "http";
}

void appendHost(std::string& out, const UpstreamRequest& upstream)
{
    if (upstream.hostHeader) {
        appendHeader(out, "Host", *upstream.hostHeader);
        return;
    }
    const bool isDefault = upstream.port == (upstream.scheme == Scheme::Https ? 443 : 80);
    std::string host = upstream.host.find(':') == std::string::npos ? upstream.host : '[' + upstream.host + ']';
    if (!isDefault)
        host += ':' + std::to_string(upstream.port);
    appendHeader(out, "Host", host);
}

/// The chain of proxies so far, from the client's first line, with one more behind it.
void appendToChain(std::string& out, std::string_view name, std::optional<std::string_view> before,
                   std::string_view own)
{
    if (!before) {
        appendHeader(out, name, own);
        return;
    }
    std::string chain(*before);
    chain += ", ";
    chain += own;
    appendHeader(out, name, chain);
}

std::string_view prefixOf(const Exchange& exchange) noexcept
{
    const bool isStripped = exchange.match && exchange.match->route != nullptr && exchange.match->route->stripPath &&
                            exchange.match->prefix != "/";
    return isStripped ? std::string_view(exchange.match->prefix) : std::string_view();
}

/// What the gateway knows of the client; where a trusted peer says more, that passes (trusted_ips).
void appendForwarded(std::string& out, const Exchange& exchange, const Settings& settings)
{
    const ClientRequest& request = exchange.request;
    const http::HeaderMap& sent = request.head.headers;
    const bool isTrusted = !settings.trust.trusted.empty() && settings.trust.isTrusted(request.peer.address);
    const auto before = sent.find("x-forwarded-for");
    appendToChain(out, "X-Forwarded-For", before, before ? request.peer.address : request.clientAddress);
    appendHeader(out, "X-Forwarded-Proto", schemeName(request.forwardedScheme));
    appendHeader(out, "X-Forwarded-Host", request.forwardedHost);
    appendHeader(out, "X-Forwarded-Port", std::to_string(request.forwardedPort));
    const auto told = [&](std::string_view name) { return isTrusted ? sent.value(name) : std::string_view(); };
    const std::string_view path = told("x-forwarded-path");
    appendHeader(out, "X-Forwarded-Path", path.empty() ? request.head.path() : path);
    const std::string_view prefix = told("x-forwarded-prefix");
    if (!prefix.empty() || !prefixOf(exchange).empty())
        appendHeader(out, "X-Forwarded-Prefix", prefix.empty() ? prefixOf(exchange) : prefix);
    appendHeader(out, "X-Real-IP", request.clientAddress);
    if (settings.headers.upstreamRequestId)
        appendHeader(out, "X-Kong-Request-Id", exchange.requestId);
}

std::string viaOf(http::Version version)
{
    // The version as a number, as Kong prints it: "1.1", "2", and "1" for HTTP/1.0.
    std::string text = std::to_string(version.major);
    if (version.minor != 0)
        text += '.' + std::to_string(version.minor);
    return text + ' ' + std::string(productName);
}

} // namespace

std::string upstreamServerName(const UpstreamRequest& upstream)
{
    if (!upstream.hostHeader)
        return upstream.host;
    const std::string_view host = *upstream.hostHeader;
    if (host.starts_with('['))
        return std::string(host.substr(1, host.find(']') - 1));
    return std::string(host.substr(0, host.find(':')));
}

bool asksForWebSocket(const http::HeaderMap& headers) noexcept
{
    return equalIgnoringCase(headers.value("upgrade"), "websocket");
}

void writeUpstreamHead(std::string& out, const Exchange& exchange, http::BodyFraming body, const Settings& settings)
{
    const UpstreamRequest& upstream = exchange.upstream;
    const http::HeaderMap& sent = exchange.request.head.headers;
    out += upstream.method;
    out += ' ';
    // Clients can't send what would break the line, but plugins can make it.
    http::appendTarget(out, upstream.path);
    if (upstream.query) {
        out += '?';
        http::appendTarget(out, *upstream.query);
    }
    out += " HTTP/1.1\r\n";
    // In the order in which Kong writes them.
    appendToChain(out, "Via", sent.find("via"), viaOf(exchange.request.head.version));
    appendHost(out, upstream);
    if (asksForWebSocket(sent))
        out += "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n";
    else
        out += "Connection: keep-alive\r\n";
    if (sent.hasToken("te", "trailers"))
        out += "TE: trailers\r\n";
    appendForwarded(out, exchange, settings);
    if (body.kind == http::BodyFraming::Kind::Length)
        appendHeader(out, "Content-Length", std::to_string(body.length));
    else if (body.kind == http::BodyFraming::Kind::Chunked)
        out += "Transfer-Encoding: chunked\r\n";
    const http::Nominations nominations(sent);
    for (const http::HeaderField& field : upstream.headers) {
        if (!isReplaced(field.name) && !nominations.contain(field.name))
            appendHeader(out, field.name, field.value);
    }
    out += "\r\n";
}

} // namespace claimsmith::gateway
