// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/flow.h"
#include "http/client/client.h"

#include <memory>
#include <mutex>

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

    /// Sends and waits for the answer.
    Flow<Result<http::ClientResponse>> send(Waits& waits, http::ClientRequest request);

private:
    std::once_flag m_once;
    std::unique_ptr<http::Client> m_client;
};

} // namespace claimsmith::gateway
