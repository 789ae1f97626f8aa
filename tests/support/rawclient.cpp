// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rawclient.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace claimsmith::test {

RawClient::RawClient(std::uint16_t port, int receiveBuffer)
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{patience.count(), 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int now = 1; // pieces leave as they are sent
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
    if (receiveBuffer > 0)
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void* const generic = &address;
    if (::connect(m_socket, static_cast<const sockaddr*>(generic), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

RawClient::RawClient(std::uint16_t port, const crypto::TlsClientContext& tls, const std::string& serverName,
                     const std::string& verifiedName)
    : RawClient(port)
{
    if (m_socket < 0)
        return;
    // The socket blocks: whatever the session waits for has come when it returns, or patience is at its end.
    m_tls = crypto::TlsSession::connect(tls, m_socket, serverName, verifiedName);
    if (m_tls->handshake() != crypto::TlsStatus::Done)
        reset();
}

RawClient::~RawClient()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool RawClient::send(std::string_view bytes)
{
    while (m_tls && !bytes.empty()) {
        std::size_t count = 0;
        if (m_tls->write(bytes, count) != crypto::TlsStatus::Done)
            return false;
        bytes.remove_prefix(count);
    }
    while (!bytes.empty()) {
        const ssize_t count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool RawClient::receive()
{
    char piece[16384];
    if (m_tls) {
        std::size_t size = 0;
        const bool isRead = m_tls->read(piece, sizeof piece, size) == crypto::TlsStatus::Done;
        m_buffer.append(piece, size);
        return isRead;
    }
    const ssize_t count = ::recv(m_socket, piece, sizeof piece, 0);
    if (count > 0)
        m_buffer.append(piece, static_cast<std::size_t>(count));
    return count > 0;
}

std::string RawClient::readUntil(std::string_view end)
{
    std::size_t found = m_buffer.find(end);
    while (found == std::string::npos && receive())
        found = m_buffer.find(end);
    const std::size_t size = found == std::string::npos ? m_buffer.size() : found + end.size();
    std::string result = m_buffer.substr(0, size);
    m_buffer.erase(0, size);
    return result;
}

std::string RawClient::readExactly(std::size_t count)
{
    while (m_buffer.size() < count && receive()) {
    }
    std::string result = m_buffer.substr(0, count);
    m_buffer.erase(0, result.size());
    return result;
}

std::string RawClient::readResponse(bool hasBody)
{
    std::string response = readUntil("\r\n\r\n");
    if (!hasBody)
        return response;
    if (equalIgnoringCase(headerOf(response, "transfer-encoding"), "chunked"))
        return response + readUntil("0\r\n\r\n");
    return response + readExactly(std::strtoul(headerOf(response, "content-length").c_str(), nullptr, 10));
}

std::optional<std::string> RawClient::readToEnd()
{
    while (receive()) {
    }
    char byte = 0;
    if (::recv(m_socket, &byte, 1, MSG_DONTWAIT) != 0)
        return std::nullopt;
    return std::exchange(m_buffer, {});
}

bool RawClient::isClosedByPeer()
{
    if (m_tls)
        return m_tls->peek() == crypto::TlsStatus::Ended;
    char byte = 0;
    const ssize_t count = ::recv(m_socket, &byte, 1, MSG_PEEK);
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

void RawClient::shutdownSend() noexcept
{
    ::shutdown(m_socket, SHUT_WR);
}

void RawClient::reset() noexcept
{
    const linger hard{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(m_socket);
    m_socket = -1;
    if (m_tls)
        m_tls->detach();
}

int statusOf(std::string_view response) noexcept
{
    return response.starts_with("HTTP/1.1 ") ? std::atoi(std::string(response.substr(9, 3)).c_str()) : 0;
}

std::string_view bodyOf(std::string_view response) noexcept
{
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string_view{} : response.substr(end + 4);
}

std::string headerOf(std::string_view response, std::string_view name)
{
    for (const std::string_view line : split(response.substr(0, response.find("\r\n\r\n")), '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && equalIgnoringCase(line.substr(0, colon), name))
            return std::string(trimmed(line.substr(colon + 1)));
    }
    return {};
}

} // namespace claimsmith::test
