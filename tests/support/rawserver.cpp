// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rawserver.h"

#include "support/rawclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace claimsmith::test {

RawServer::RawServer(std::vector<std::string> answers, Manner manner) : m_answers(std::move(answers)), m_manner(manner)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* const generic = &address;
    ::bind(m_listener, static_cast<sockaddr*>(generic), sizeof address);
    ::listen(m_listener, 16);
    socklen_t size = sizeof address;
    ::getsockname(m_listener, static_cast<sockaddr*>(generic), &size);
    m_port = ntohs(address.sin_port);
    if (::pipe(m_wake) == 0)
        m_thread = std::thread([this] { run(); });
}

RawServer::~RawServer()
{
    ::close(m_wake[1]);
    m_thread.join();
    ::close(m_wake[0]);
    ::close(m_listener);
    for (const int connection : m_left)
        ::close(connection);
}

std::string RawServer::received() const
{
    const std::lock_guard lock(m_mutex);
    return m_received;
}

bool RawServer::waitFor(int descriptor) const
{
    std::array<pollfd, 2> waited{pollfd{descriptor, POLLIN, 0}, pollfd{m_wake[0], POLLIN, 0}};
    ::poll(waited.data(), waited.size(), -1);
    return waited[1].revents == 0;
}

void RawServer::run()
{
    while (waitFor(m_listener)) {
        const int connection = ::accept(m_listener, nullptr, nullptr);
        ++m_connections;
        serve(connection);
        if (m_manner == Hasty)
            m_left.push_back(connection);
        else
            ::close(connection);
    }
}

void RawServer::serve(int connection)
{
    std::string request;
    while (waitFor(connection)) {
        char piece[16384];
        const ssize_t count = ::recv(connection, piece, sizeof piece, 0);
        if (count <= 0)
            return;
        request.append(piece, static_cast<std::size_t>(count));
        {
            const std::lock_guard lock(m_mutex);
            m_received.append(piece, static_cast<std::size_t>(count));
        }
        const std::size_t headEnd = request.find("\r\n\r\n");
        const std::size_t length = std::strtoul(headerOf(request, "content-length").c_str(), nullptr, 10);
        const bool isTls = request.front() == '\x16';
        const bool isWhole =
            headEnd != std::string::npos && (m_manner == Hasty || request.size() >= headEnd + 4 + length);
        if (m_manner == Silent || (!isTls && !isWhole))
            continue;
        if (m_next == m_answers.size())
            return;
        const std::string& answer = m_answers[m_next++];
        ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
        if (m_manner == Hasty)
            return;
        const std::size_t body = answer.size() - std::min(answer.size(), answer.find("\r\n\r\n") + 4);
        const std::string announced = headerOf(answer, "content-length");
        if (announced.empty() || body < std::strtoul(announced.c_str(), nullptr, 10) ||
            headerOf(answer, "connection") == "close")
            return;
        request.erase(0, headEnd + 4 + length);
    }
}

} // namespace claimsmith::test
