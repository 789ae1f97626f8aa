// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/net/stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace claimsmith::http {
namespace {

/// What fits into one record of TLS (RFC 8446 §5.1).
constexpr std::size_t recordSize = 16 * 1024;

/// The two pieces without their first `count` bytes.
std::array<asio::const_buffer, 2> without(BytesView head, BytesView body, std::size_t count) noexcept
{
    const std::size_t fromHead = std::min(count, head.size());
    head.remove_prefix(fromHead);
    body.remove_prefix(count - fromHead);
    return {asio::const_buffer(head.data(), head.size()), asio::const_buffer(body.data(), body.size())};
}

} // namespace

Stream::Stream(TcpSocket socket, Deadlines& deadlines)
    : m_socket(std::move(socket)), m_readLimit(deadlines, *this), m_writeLimit(deadlines, *this)
{
    boost::system::error_code ignored;
    m_socket.non_blocking(true, ignored);
    m_socket.set_option(Tcp::no_delay(true), ignored);
}

void Stream::Limit::expired()
{
    fired = true;
    boost::system::error_code ignored;
    m_stream.m_socket.cancel(ignored);
}

void Stream::consume(std::size_t count) noexcept
{
    m_begin += std::min(count, m_end - m_begin);
    if (m_begin == m_end)
        m_begin = m_end = 0;
}

void Stream::shrink() noexcept
{
    m_bulk = false;
    if (m_begin == m_end && m_capacity > initialCapacity) {
        m_buffer.reset();
        m_capacity = 0;
    }
}

bool Stream::makeRoom()
{
    if (m_begin > 0 && m_end == m_capacity) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    const std::size_t wanted =
        m_bulk ? maximumCapacity : std::max(initialCapacity, m_end == m_capacity ? m_capacity * 2 : m_capacity);
    if (m_capacity < wanted) {
        if (m_end == m_capacity && m_capacity == maximumCapacity)
            return false;
        const std::size_t capacity = std::min(wanted, maximumCapacity);
        std::unique_ptr<char[]> larger(new char[capacity]);
        if (m_begin != m_end)
            std::memcpy(larger.get(), m_buffer.get() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
        m_buffer = std::move(larger);
        m_capacity = capacity;
    }
    return m_end < m_capacity;
}

IoStatus Stream::statusOf(const boost::system::error_code& error, const Limit& limit) const noexcept
{
    if (!error)
        return IoStatus::Ok;
    if (error == asio::error::eof)
        return IoStatus::End;
    return limit.fired ? IoStatus::TimedOut : IoStatus::Failed;
}

Task<IoStatus> Stream::fill(std::chrono::milliseconds limit)
{
    if (!makeRoom())
        co_return IoStatus::Full;
    if (m_tls)
        co_return co_await fillSecure(limit);
    m_readLimit.fired = false;
    m_readLimit.arm(std::chrono::steady_clock::now() + limit);
    const asio::mutable_buffer room(m_buffer.get() + m_end, m_capacity - m_end);
    const auto [error, count] = co_await m_socket.async_read_some(room, useTask);
    m_readLimit.disarm();
    m_end += count;
    co_return count > 0 ? IoStatus::Ok : statusOf(error, m_readLimit);
}

Task<IoStatus> Stream::write(BytesView head, BytesView body, std::chrono::milliseconds limit)
{
    if (m_tls)
        co_return co_await writeSecure(head, body, limit);
    const std::size_t total = head.size() + body.size();
    std::size_t written = 0;
    // Nearly every write fits into the socket's buffer: trying at once saves the turn through the scheduler.
    while (written < total) {
        const auto rest = without(head, body, written);
        boost::system::error_code error;
        written += m_socket.write_some(rest, error);
        if (error && error != asio::error::would_block && error != asio::error::try_again)
            co_return IoStatus::Failed;
        if (!error || written == total)
            continue;
        m_writeLimit.fired = false;
        m_writeLimit.arm(std::chrono::steady_clock::now() + limit);
        boost::system::error_code waitError;
        do { // cancelling is for the whole socket: a reader's limit is none of the writer's
            const auto [result] = co_await m_socket.async_wait(TcpSocket::wait_write, useTask);
            waitError = result;
        } while (waitError == asio::error::operation_aborted && !m_writeLimit.fired && m_socket.is_open());
        m_writeLimit.disarm();
        if (waitError)
            co_return m_writeLimit.fired ? IoStatus::TimedOut : IoStatus::Failed;
    }
    co_return IoStatus::Ok;
}

void Stream::shutdownSend() noexcept
{
    if (m_tls)
        m_tls->endSending();
    boost::system::error_code ignored;
    m_socket.shutdown(TcpSocket::shutdown_send, ignored);
}

void Stream::cancel() noexcept
{
    boost::system::error_code ignored;
    m_socket.cancel(ignored);
}

void Stream::close() noexcept
{
    // The number may belong to another socket a moment later.
    if (m_tls)
        m_tls->detach();
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

Task<void> Stream::linger(std::chrono::milliseconds limit)
{
    shutdownSend();
    const auto end = std::chrono::steady_clock::now() + limit;
    consume(buffered().size());
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            break;
        const IoStatus status = co_await fill(left);
        if (status != IoStatus::Ok)
            break;
        consume(buffered().size());
    }
    close();
}

/// What the socket holds, without taking it.
Stream::Peeked Stream::peek() noexcept
{
    if (!m_socket.is_open())
        return Peeked::End;
    return m_tls ? peekSecure() : peekSocket();
}

Stream::Peeked Stream::peekSocket() noexcept
{
    char byte = 0;
    boost::system::error_code error;
    const std::size_t count = m_socket.receive(asio::mutable_buffer(&byte, 1), TcpSocket::message_peek, error);
    if (error == asio::error::would_block || error == asio::error::try_again)
        return Peeked::Nothing;
    return count > 0 ? Peeked::Bytes : Peeked::End;
}

/// What is there may be no data at all: servers send tickets for the next session when they like.
Stream::Peeked Stream::peekSecure() noexcept
{
    switch (m_tls->peek()) {
    case crypto::TlsStatus::WantRead:
    case crypto::TlsStatus::WantWrite:
        return Peeked::Nothing;
    case crypto::TlsStatus::Done:
        return Peeked::Bytes;
    case crypto::TlsStatus::Ended:
    case crypto::TlsStatus::Failed:
        break;
    }
    return Peeked::End;
}

Task<IoStatus> Stream::startTls(std::unique_ptr<crypto::TlsSession> session, std::chrono::milliseconds limit)
{
    m_tls = std::move(session);
    const auto end = std::chrono::steady_clock::now() + limit;
    for (;;) {
        const crypto::TlsStatus status = m_tls->handshake();
        if (status == crypto::TlsStatus::Done)
            co_return IoStatus::Ok;
        const IoStatus waited = co_await waitFor(status, m_readLimit, end);
        if (waited != IoStatus::Ok)
            co_return waited;
    }
}

/// Waits until the socket is ready for what a TLS operation could not do; ends when it failed for good.
Task<IoStatus> Stream::waitFor(crypto::TlsStatus wanted, Limit& limit, Deadline::TimePoint end)
{
    if (wanted == crypto::TlsStatus::Ended)
        co_return IoStatus::End;
    if (wanted == crypto::TlsStatus::Failed)
        co_return IoStatus::Failed;
    limit.fired = false;
    limit.arm(end);
    const auto direction = wanted == crypto::TlsStatus::WantRead ? TcpSocket::wait_read : TcpSocket::wait_write;
    const bool isWriting = &limit == &m_writeLimit;
    boost::system::error_code error;
    do { // as in write()
        const auto [result] = co_await m_socket.async_wait(direction, useTask);
        error = result;
    } while (error == asio::error::operation_aborted && isWriting && !limit.fired && m_socket.is_open());
    limit.disarm();
    co_return statusOf(error, limit);
}

Task<IoStatus> Stream::fillSecure(std::chrono::milliseconds limit)
{
    const auto end = std::chrono::steady_clock::now() + limit;
    for (;;) {
        std::size_t count = 0;
        const crypto::TlsStatus status = m_tls->read(m_buffer.get() + m_end, m_capacity - m_end, count);
        m_end += count;
        if (status == crypto::TlsStatus::Done)
            co_return IoStatus::Ok;
        const IoStatus waited = co_await waitFor(status, m_readLimit, end);
        if (waited != IoStatus::Ok)
            co_return waited;
    }
}

Task<IoStatus> Stream::writeSecure(BytesView head, BytesView body, std::chrono::milliseconds limit)
{
    if (!head.empty() && !body.empty() && head.size() + body.size() <= recordSize) {
        // A copy costs less than a second record.
        std::string joined;
        joined.reserve(head.size() + body.size());
        joined.append(head).append(body);
        co_return co_await writeRecords(joined, limit);
    }
    const IoStatus status = co_await writeRecords(head, limit);
    if (status != IoStatus::Ok)
        co_return status;
    co_return co_await writeRecords(body, limit);
}

Task<IoStatus> Stream::writeRecords(BytesView bytes, std::chrono::milliseconds limit)
{
    while (!bytes.empty()) {
        std::size_t count = 0;
        const crypto::TlsStatus status = m_tls->write(bytes, count);
        bytes.remove_prefix(count);
        if (status == crypto::TlsStatus::Done)
            continue;
        const IoStatus waited = co_await waitFor(status, m_writeLimit, std::chrono::steady_clock::now() + limit);
        if (waited != IoStatus::Ok)
            co_return waited == IoStatus::TimedOut ? waited : IoStatus::Failed;
    }
    co_return IoStatus::Ok;
}

} // namespace claimsmith::http
