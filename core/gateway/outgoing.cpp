// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/outgoing.h"

#include <optional>
#include <utility>

namespace claimsmith::gateway {

Flow<Result<http::ClientResponse>> Outgoing::send(Waits& waits, http::ClientRequest request)
{
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
