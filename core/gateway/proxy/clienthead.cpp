// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/clienthead.h"

#include "base/text.h"
#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/proxy/product.h"
#include "gateway/settings.h"
#include "http/wire/nominations.h"

#include <algorithm>
#include <array>
#include <string>

namespace claimsmith::gateway {
namespace {

constexpr std::array<std::string_view, 6> hopByHop = {"connection",     "keep-alive", "transfer-encoding",
                                                      "content-length", "upgrade",    "proxy-connection"};

/// The types that nginx's charset filter knows.
constexpr std::array<std::string_view, 6> textTypes = {
    "text/html", "text/xml", "text/plain", "text/vnd.wap.wml", "application/javascript", "application/rss+xml",
};

bool isOneOf(std::string_view name, const auto& names) noexcept
{
    return std::ranges::any_of(names, [name](std::string_view known) {
        return known.size() == name.size() && equalIgnoringCase(known, name);
    });
}

void setMilliseconds(http::HeaderMap& headers, std::string_view name, std::chrono::steady_clock::duration duration)
{
    const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    headers.set(name, std::to_string(std::max<std::int64_t>(count, 0)));
}

/// Content-Type with a charset where nginx's charset filter, which comes after Kong's plugins, would add one.
void addCharset(http::ResponseHead& head)
{
    if (head.status == 301 || head.status == 302)
        return;
    const std::string_view type = head.headers.value("content-type");
    if (isOneOf(type, textTypes))
        head.headers.set("Content-Type", std::string(type) + "; charset=UTF-8");
}

/// Which route and service answered, for those who debug (allow_debug_header).
void addDebugHeaders(http::HeaderMap& headers, const RouteMatch& match)
{
    if (match.route != nullptr) {
        headers.set("Kong-Route-Id", match.route->id);
        if (!match.route->name.empty())
            headers.set("Kong-Route-Name", match.route->name);
    }
    if (match.service != nullptr) {
        headers.set("Kong-Service-Id", match.service->id);
        if (!match.service->name.empty())
            headers.set("Kong-Service-Name", match.service->name);
    }
}

} // namespace

void adoptUpstreamHead(Exchange& exchange, const http::ResponseHead& upstream)
{
    http::ResponseHead& head = exchange.response;
    head.clear();
    head.status = upstream.status;
    head.reason = upstream.reason;
    const http::Nominations nominations(upstream.headers);
    const bool takesTrailers = exchange.request.head.headers.hasToken("te", "trailers");
    bool hasServer = false;
    for (const http::HeaderField& field : upstream.headers) {
        if (isOneOf(field.name, hopByHop) || nominations.contain(field.name))
            continue;
        if (!takesTrailers && equalIgnoringCase(field.name, "trailer"))
            continue;
        if (equalIgnoringCase(field.name, "server") && std::exchange(hasServer, true))
            continue;
        head.headers.add(field.name, field.value);
    }
}

void finishClientHead(Exchange& exchange, const ExchangeTimes& times, bool isProxied, const Settings& settings)
{
    http::HeaderMap& headers = exchange.response.headers;
    const HeaderTokens& tokens = settings.headers;
    const bool wasSent = times.balanced != ExchangeTimes::TimePoint{};
    if (wasSent) {
        if (tokens.upstreamLatency)
            setMilliseconds(headers, "X-Kong-Upstream-Latency", times.answered - times.balanced);
        if (tokens.proxyLatency)
            setMilliseconds(headers, "X-Kong-Proxy-Latency", times.balanced - times.received);
        if (tokens.via) {
            std::string via = headers.joined("via");
            via += via.empty() ? "1.1 " : ", 1.1 ";
            headers.set("Via", via.append(productName));
        }
        if (tokens.upstreamStatus && !exchange.figures.tries.empty() && exchange.figures.tries.back().status != 0)
            headers.set("X-Kong-Upstream-Status", std::to_string(exchange.figures.tries.back().status));
    } else if (tokens.responseLatency) {
        setMilliseconds(headers, "X-Kong-Response-Latency", std::chrono::steady_clock::now() - times.received);
    }
    if (tokens.server && (!isProxied || !headers.contains("server")))
        headers.set("Server", productName);
    if (tokens.requestId)
        headers.set("X-Kong-Request-Id", exchange.requestId);
    if (settings.allowDebugHeader && exchange.match && exchange.request.head.headers.contains("kong-debug"))
        addDebugHeaders(headers, *exchange.match);
    addCharset(exchange.response);
}

void completeFigures(Exchange& exchange, const ExchangeTimes& times, bool isProxied)
{
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    Figures& figures = exchange.figures;
    const auto elapsed = std::chrono::steady_clock::now() - times.received;
    figures.begin = exchange.clock.now() - duration_cast<TimePoint::duration>(elapsed);
    figures.total = duration_cast<milliseconds>(elapsed);
    figures.isProxied = isProxied;
    if (times.balanced == ExchangeTimes::TimePoint{}) {
        figures.kong = figures.total;
        return;
    }
    const auto waiting = std::max(times.answered - times.balanced, ExchangeTimes::TimePoint::duration{});
    figures.upstream = duration_cast<milliseconds>(waiting);
    if (isProxied)
        figures.receive = duration_cast<milliseconds>(elapsed - (times.answered - times.received));
    figures.kong = duration_cast<milliseconds>(times.balanced - times.received) + figures.receive;
}

} // namespace claimsmith::gateway
