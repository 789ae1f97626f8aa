// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/outgoing.h"

#include "base/text.h"

#include <optional>
#include <utility>

namespace claimsmith::gateway {

void Outgoing::standIn(const http::Authority& authority, const http::Authority& endpoint)
{
    m_standIns[toLower(authority.toString())] = endpoint.toString();
}

void Outgoing::divert(http::ClientRequest& request) const
{
    if (m_standIns.empty())
        return;
    auto url = http::parseUrl(request.url);
    if (!url)
        return;
    const std::uint16_t port = url->effectivePort();
    const auto found = m_standIns.find(http::Authority{url->host, port}.toString());
    if (found == m_standIns.end())
        return;
    request.connectTo = found->second;
    request.proxy.clear();
    if (!url->isSecure())
        return;
    request.headers.set("Host", url->authority());
    url->port = port;
    url->scheme = "http";
    request.url = url->toString();
}

Flow<Result<http::ClientResponse>> Outgoing::send(Waits& waits, http::ClientRequest request)
{
    divert(request);
    std::call_once(m_once, [this] { m_client = std::make_unique<http::Client>(); });
    // The client writes here before it says so; whoever waits may be gone by then.
    const auto arrived = std::make_shared<std::optional<Result<http::ClientResponse>>>();
    auto arrival = waits.until([this, arrived, request = std::move(request)](const std::function<void()>& done) {
        http::ClientCallbacks callbacks;
        callbacks.done = [arrived, done](Result<http::ClientResponse> result) {
            arrived->emplace(std::move(result));
            done();
        };
        m_client->send(request, std::move(callbacks));
    });
    co_await arrival;
    co_return std::move(**arrived);
}

} // namespace claimsmith::gateway
