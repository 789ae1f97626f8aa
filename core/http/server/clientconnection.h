// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/protocol.h"

#include <memory>

namespace claimsmith::http {

/// A client's connection from its acceptance to its end: the TLS handshake, then the protocol that was agreed on. Lives
/// on its worker's thread.
class ClientConnection final
{
public:
    /// `tls`: of the listener; null in the clear. Everything outlives it.
    ClientConnection(TcpSocket socket, Worker& worker, const ServerLimits& limits, StreamHandler& handler,
                     const crypto::TlsServerContext* tls);
    ClientConnection(const ClientConnection&) = delete;
    ClientConnection& operator=(const ClientConnection&) = delete;

    /// Serves until the connection ends.
    Task<void> run();
    /// Lets requests under way end, then closes; closes at once when there are none.
    void drain() noexcept;

    /// Whether nobody would miss it. A client in its handshake is busy: it has just come.
    bool isIdle() const noexcept { return m_protocol && m_protocol->isIdle(); }

    /// When the last request came. Only after the handshake.
    std::chrono::steady_clock::time_point lastActive() const noexcept { return m_protocol->lastActive(); }

private:
    Task<bool> startTls();

    Stream m_stream;
    Worker& m_worker;
    const ServerLimits& m_limits;
    StreamHandler& m_handler;
    const crypto::TlsServerContext* m_tls;
    ConnectionEnds m_ends;
    std::unique_ptr<Protocol> m_protocol; ///< null before the end of the handshake
    bool m_draining = false;
};

} // namespace claimsmith::http
