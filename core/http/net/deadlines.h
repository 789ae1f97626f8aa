// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/asio.h"

#include <chrono>
#include <optional>

namespace claimsmith::http {

class Deadlines;

/// One time limit that is moved often and rarely reached. Derive and say what happens then.
class Deadline
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit Deadline(Deadlines& owner) noexcept : m_owner(owner) {}

    virtual ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void arm(TimePoint when);
    void disarm() noexcept;

private:
    friend class Deadlines;
    /// Called once when the time has come; the deadline is disarmed by then. May arm and disarm, must not destroy
    /// deadlines.
    virtual void expired() = 0;

    Deadlines& m_owner;
    TimePoint m_when = TimePoint::max();
    Deadline* m_previous = nullptr;
    Deadline* m_next = nullptr;
};

/// The deadlines of one thread. A timer operation of Asio's costs an allocation and a walk through a heap; a busy proxy
/// would need four of them for each request, and nearly none ever fires. Here arming links a node, and one timer wakes
/// for the earliest of them. A deadline fires up to `slack` late. Not thread-safe; outlives its deadlines.
class Deadlines final
{
public:
    static constexpr std::chrono::milliseconds slack{10};

    Deadlines() = default;
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    /// From now on deadlines fire on this context.
    void attach(asio::io_context& context) { m_timer.emplace(context); }

    /// No deadline fires any more; before the context goes.
    void detach() { m_timer.reset(); }

private:
    friend class Deadline;

    void link(Deadline& deadline) noexcept;
    void unlink(Deadline& deadline) noexcept;
    void wakeAt(Deadline::TimePoint when);
    void fire();

    std::optional<SteadyTimer> m_timer;
    Deadline* m_first = nullptr;
    Deadline* m_cursor = nullptr; ///< the next one to look at while firing
    Deadline::TimePoint m_wake = Deadline::TimePoint::max();
};

} // namespace claimsmith::http
