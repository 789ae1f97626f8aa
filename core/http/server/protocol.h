// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/serverconnection.h"

namespace claimsmith::http {

/// What a protocol works with; all of it outlives the protocol.
struct ProtocolParts
{
    Stream& stream;
    Worker& worker;
    const ServerLimits& limits;
    StreamHandler& handler;
    const ConnectionEnds& ends;
};

/// What is spoken on a client's connection, once that is known. Lives on its worker's thread.
class Protocol
{
public:
    Protocol() = default;
    virtual ~Protocol() = default;
    Protocol(const Protocol&) = delete;
    Protocol& operator=(const Protocol&) = delete;

    /// Serves until the connection ends and no handler uses it any more.
    virtual Task<void> run() = 0;
    /// Lets requests under way end, then closes; closes at once when there are none.
    virtual void drain() noexcept = 0;
    /// Whether no request is under way or half-sent.
    virtual bool isIdle() const noexcept = 0;
    /// When the last request came, or the connection.
    virtual std::chrono::steady_clock::time_point lastActive() const noexcept = 0;
};

} // namespace claimsmith::http
