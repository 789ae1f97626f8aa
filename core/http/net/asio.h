// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

// GCC 12 inlines the deletion of a coroutine's frame, but not Asio's recycling allocation that it belongs to, and takes
// the two for a mismatch. The place it names is the coroutine, so the warning has to stay off behind this header.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

/// Asio's types with the executor fixed: every object belongs to the io_context of one thread, so nothing is
/// type-erased and nothing needs a strand.
namespace claimsmith::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using TcpSocket = asio::basic_stream_socket<Tcp, Executor>;
using TcpAcceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using SteadyTimer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// A coroutine on the thread of its io_context.
template <class T>
using Task = asio::awaitable<T, Executor>;

/// Completion token: suspend, and give error code and results as a tuple instead of throwing.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> useTask{};

} // namespace claimsmith::http
