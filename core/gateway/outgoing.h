// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/flow.h"
#include "http/client/client.h"
#include "http/url.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace claimsmith::gateway {

/// Requests of plugins to other servers: one client, whose thread exists from the first request on. All members may be
/// called from any thread.
class Outgoing final
{
public:
    Outgoing() = default;
    Outgoing(const Outgoing&) = delete;
    Outgoing& operator=(const Outgoing&) = delete;
    /// Ends what is under way; its flows get Cancelled.
    ~Outgoing() = default;

    /// Requests for `authority` go to `endpoint`, in the clear whatever the URL says, and nothing in them tells the
    /// difference (EngineOptions::standIns). Before the first request.
    void standIn(const http::Authority& authority, const http::Authority& endpoint);

    /// Sends and waits for the answer.
    Flow<Result<http::ClientResponse>> send(Waits& waits, http::ClientRequest request);

private:
    void divert(http::ClientRequest& request) const;

    std::map<std::string, std::string> m_standIns; ///< "host:port" → "address:port"
    std::once_flag m_once;
    std::unique_ptr<http::Client> m_client;
};

} // namespace claimsmith::gateway
