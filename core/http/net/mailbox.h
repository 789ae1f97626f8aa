// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/asio.h"

#include <boost/asio/post.hpp>

#include <memory>
#include <mutex>
#include <utility>

namespace claimsmith::http {

/// How other threads bring something to a worker that may be gone by then: name lookups, plugins that waited. Held by
/// shared_ptr on both sides; any thread.
class Mailbox final
{
public:
    explicit Mailbox(asio::io_context& context) noexcept : m_context(&context) {}

    /// Runs the function on the worker's thread, or drops it after close().
    template <class Function>
    void post(Function function)
    {
        const std::lock_guard lock(m_mutex);
        if (m_context != nullptr)
            asio::post(*m_context, std::move(function));
    }

    /// Before the io_context goes.
    void close() noexcept
    {
        const std::lock_guard lock(m_mutex);
        m_context = nullptr;
    }

private:
    std::mutex m_mutex;
    asio::io_context* m_context;
};

} // namespace claimsmith::http
