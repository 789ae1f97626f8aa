// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/clientconnection.h"

#include "http/server/http1connection.h"
#include "http/server/http2connection.h"

#include <string_view>

namespace claimsmith::http {
namespace {

PeerAddress describe(const Tcp::endpoint& endpoint)
{
    asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return {address.to_string(), endpoint.port()};
}

} // namespace

ClientConnection::ClientConnection(TcpSocket socket, Worker& worker, const ServerLimits& limits, StreamHandler& handler,
                                   const Listener& listener)
    : m_stream(std::move(socket), worker.deadlines()), m_worker(worker), m_limits(limits), m_handler(handler),
      m_listener(listener)
{
    boost::system::error_code error;
    const auto remote = m_stream.socket().remote_endpoint(error);
    if (!error)
        m_ends.peer = describe(remote);
    const auto local = m_stream.socket().local_endpoint(error);
    if (!error)
        m_ends.local = describe(local);
}

Task<void> ClientConnection::run()
{
    if (m_listener.tls) {
        const bool isSecure = co_await startTls();
        if (!isSecure) {
            m_stream.close();
            co_return;
        }
    }
    const ProtocolParts parts{m_stream, m_worker, m_limits, m_handler, m_ends};
    const bool isHttp2 = co_await speaksHttp2();
    if (isHttp2)
        m_protocol = std::make_unique<Http2Connection>(parts);
    else
        m_protocol = std::make_unique<Http1Connection>(parts);
    if (m_draining)
        m_protocol->drain();
    co_await m_protocol->run();
}

/// Under TLS it was agreed on; in the clear a client that knows begins with it.
Task<bool> ClientConnection::speaksHttp2()
{
    if (m_ends.tls)
        co_return m_ends.tls->protocol == Http2Connection::protocolName;
    if (!m_listener.http2)
        co_return false;
    co_return co_await beginsWithPreface();
}

/// RFC 9113 §3.4: no request of HTTP/1.1 begins so.
Task<bool> ClientConnection::beginsWithPreface()
{
    static constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    auto wait = m_limits.idleTime;
    while (m_stream.buffered().size() < preface.size() && preface.starts_with(m_stream.buffered())) {
        const IoStatus status = co_await m_stream.fill(wait);
        if (status != IoStatus::Ok)
            co_return false;
        wait = m_limits.headTime;
    }
    co_return m_stream.buffered().starts_with(preface);
}

Task<bool> ClientConnection::startTls()
{
    const crypto::TlsChooser chooser = [this](std::string_view serverName) { return m_handler.offer(serverName); };
    auto session = crypto::TlsSession::accept(*m_listener.tls, m_stream.descriptor(), chooser);
    const IoStatus status = co_await m_stream.startTls(std::move(session), m_limits.handshakeTime);
    if (status != IoStatus::Ok)
        co_return false;
    m_ends.tls = std::make_shared<const crypto::TlsPeer>(m_stream.tls()->peer());
    co_return true;
}

void ClientConnection::drain() noexcept
{
    m_draining = true;
    if (m_protocol)
        m_protocol->drain();
    else
        m_stream.close();
}

} // namespace claimsmith::http
