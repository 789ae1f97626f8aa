// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/net/deadlines.h"

#include <algorithm>

namespace claimsmith::http {

Deadline::~Deadline()
{
    disarm();
}

void Deadline::arm(TimePoint when)
{
    if (m_when == TimePoint::max())
        m_owner.link(*this);
    m_when = when;
    m_owner.wakeAt(when);
}

void Deadline::disarm() noexcept
{
    if (m_when == TimePoint::max())
        return;
    m_owner.unlink(*this);
    m_when = TimePoint::max();
}

void Deadlines::link(Deadline& deadline) noexcept
{
    deadline.m_next = m_first;
    deadline.m_previous = nullptr;
    if (m_first != nullptr)
        m_first->m_previous = &deadline;
    m_first = &deadline;
}

void Deadlines::unlink(Deadline& deadline) noexcept
{
    if (m_cursor == &deadline)
        m_cursor = deadline.m_next;
    if (deadline.m_next != nullptr)
        deadline.m_next->m_previous = deadline.m_previous;
    (deadline.m_previous == nullptr ? m_first : deadline.m_previous->m_next) = deadline.m_next;
}

void Deadlines::wakeAt(Deadline::TimePoint when)
{
    if (!m_timer || when >= m_wake)
        return;
    m_wake = when;
    m_timer->expires_at(when + slack);
    m_timer->async_wait([this](const boost::system::error_code& error) {
        if (!error)
            fire();
    });
}

void Deadlines::fire()
{
    const auto now = std::chrono::steady_clock::now();
    auto earliest = Deadline::TimePoint::max();
    m_wake = earliest;
    for (Deadline* deadline = m_first; deadline != nullptr; deadline = m_cursor) {
        m_cursor = deadline->m_next;
        if (deadline->m_when <= now) {
            deadline->disarm();
            deadline->expired();
        } else {
            earliest = std::min(earliest, deadline->m_when);
        }
    }
    if (earliest != Deadline::TimePoint::max())
        wakeAt(earliest);
}

} // namespace claimsmith::http
