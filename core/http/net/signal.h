// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/asio.h"

#include <chrono>

namespace claimsmith::http {

/// How one coroutine of a thread tells another one to look again. It carries nothing: whoever waits has a condition of
/// its own, looks at it before and after, and waits again when it does not hold.
class Signal final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit Signal(asio::io_context& context) : m_timer(context) {}

    /// Returns after raise(), or when the time has come. For one waiting coroutine.
    Task<void> wait(TimePoint end = TimePoint::max())
    {
        m_timer.expires_at(end);
        co_await m_timer.async_wait(useTask);
    }

    /// Wakes who waits now.
    void raise() { m_timer.cancel(); }

private:
    SteadyTimer m_timer;
};

} // namespace claimsmith::http
