// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace claimsmith::http {

/// Bounds what a client may make a server do that brings nobody forward: frames that are cheap to send, harmless one by
/// one, and cost work each (RFC 9113 §10.5): pings, settings, resets of streams that were just opened.
class FloodGuard final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr double burst = 500; ///< at once; a page that is left resets a hundred streams
    static constexpr double rate = 50;   ///< in a second, for ever

    explicit FloodGuard(TimePoint now) noexcept : m_last(now) {}

    /// Counts one frame; false when there were too many.
    bool admit(TimePoint now) noexcept
    {
        const std::chrono::duration<double> passed = now - m_last;
        m_left = std::min(burst, m_left + passed.count() * rate) - 1;
        m_last = now;
        return m_left >= 0;
    }

private:
    double m_left = burst;
    TimePoint m_last;
};

} // namespace claimsmith::http
