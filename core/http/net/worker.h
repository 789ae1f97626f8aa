// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/asio.h"
#include "http/net/deadlines.h"

#include <atomic>
#include <cstddef>
#include <ctime>
#include <optional>
#include <string_view>
#include <thread>

namespace claimsmith::http {

/// One thread with its io_context and everything that is shared by the connections on it. Nothing in it is shared with
/// other threads but what says so.
class Worker final
{
public:
    explicit Worker(std::size_t index);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    /// Stops and destroys.
    ~Worker();

    void start();
    /// Ends the thread. What still waits on the io_context stays until destroy(). Any thread but the worker's own.
    void stop();
    /// After stop(): destroys the io_context and the coroutines that wait on it. Sockets that live outside of
    /// coroutines have to be gone by then.
    void destroy();

    std::size_t index() const noexcept { return m_index; }

    asio::io_context& context() noexcept { return *m_context; }

    Deadlines& deadlines() noexcept { return m_deadlines; }

    /// How many connections it serves. Any thread; counted by the server.
    std::atomic<std::size_t> connections{0};

    /// The Date header of now (RFC 9110 §6.6.1); formatted once a second. Valid until the next call.
    std::string_view date();

private:
    std::size_t m_index;
    Deadlines m_deadlines; ///< outlives the io_context: waiting coroutines hold deadlines
    std::optional<asio::io_context> m_context;
    std::thread m_thread;
    std::time_t m_dateSecond = 0;
    char m_date[32] = {};
};

} // namespace claimsmith::http
