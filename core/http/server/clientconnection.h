// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/protocol.h"
#include "http/server/server.h"

#include <memory>

namespace claimsmith::http {

/// A client's connection from its acceptance to its end: the TLS handshake, then the protocol that was agreed on. Lives
/// on its worker's thread.
class ClientConnection final
{
public:
    /// Everything outlives it.
    ClientConnection(TcpSocket socket, Worker& worker, const ServerLimits& limits, StreamHandler& handler,
                     const Listener& listener);
    ClientConnection(const ClientConnection&) = delete;
    ClientConnection& operator=(const ClientConnection&) = delete;

    /// Serves until the connection ends.
    Task<void> run();
    /// Lets requests under way end, then closes; closes at once when there are none.
    void drain() noexcept;

    /// Whether nobody would miss it. A client that has not shown what it speaks is busy: it has just come.
    bool isIdle() const noexcept { return m_protocol && m_protocol->isIdle(); }

    /// When the last request came. Only for one that is idle.
    std::chrono::steady_clock::time_point lastActive() const noexcept { return m_protocol->lastActive(); }

private:
    Task<bool> startTls();
    Task<bool> beginsWithPreface();
    Task<bool> speaksHttp2();

    Stream m_stream;
    Worker& m_worker;
    const ServerLimits& m_limits;
    StreamHandler& m_handler;
    const Listener& m_listener;
    ConnectionEnds m_ends;
    std::unique_ptr<Protocol> m_protocol; ///< null before it is known
    bool m_draining = false;
};

} // namespace claimsmith::http
