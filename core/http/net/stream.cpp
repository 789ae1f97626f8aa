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
        const auto [waitError] = co_await m_socket.async_wait(TcpSocket::wait_write, useTask);
        m_writeLimit.disarm();
        if (waitError)
            co_return m_writeLimit.fired ? IoStatus::TimedOut : IoStatus::Failed;
    }
    co_return IoStatus::Ok;
}

void Stream::shutdownSend() noexcept
{
    boost::system::error_code ignored;
    m_socket.shutdown(TcpSocket::shutdown_send, ignored);
}

void Stream::close() noexcept
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

/// What the socket holds, without taking it.
Stream::Peeked Stream::peek() noexcept
{
    if (!m_socket.is_open())
        return Peeked::End;
    char byte = 0;
    boost::system::error_code error;
    const std::size_t count = m_socket.receive(asio::mutable_buffer(&byte, 1), TcpSocket::message_peek, error);
    if (error == asio::error::would_block || error == asio::error::try_again)
        return Peeked::Nothing;
    return count > 0 ? Peeked::Bytes : Peeked::End;
}

} // namespace claimsmith::http
