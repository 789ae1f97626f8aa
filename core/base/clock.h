// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace claimsmith {

using TimePoint = std::chrono::system_clock::time_point;

/// Where the time comes from: injected everywhere that asks for it, so that tests fix it and users shift it.
/// Implementations may be called from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const noexcept = 0;

    /// Whole seconds since 1970-01-01T00:00:00Z, as NumericDate wants them (RFC 7519 §2), rounded down.
    std::int64_t unixSeconds() const noexcept
    {
        return std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count();
    }

protected:
    Clock() = default;
    Clock(const Clock&) = default;
    Clock& operator=(const Clock&) = default;
};

class SystemClock final : public Clock
{
public:
    TimePoint now() const noexcept override { return std::chrono::system_clock::now(); }
};

/// A clock that stands: for tests, and for verifying at a given time.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(TimePoint now) noexcept : m_now(now) {}
    /// `unixTime` in seconds.
    explicit FixedClock(std::int64_t unixTime) noexcept : m_now(std::chrono::seconds(unixTime)) {}

    TimePoint now() const noexcept override { return m_now; }

private:
    TimePoint m_now;
};

/// Another clock plus an offset that may be changed while it is read: time travel for gateway, signer and verifier.
class ShiftedClock final : public Clock
{
public:
    /// `base` has to outlive this clock.
    explicit ShiftedClock(const Clock& base) noexcept : m_base(base) {}

    TimePoint now() const noexcept override { return m_base.now() + offset(); }
    std::chrono::seconds offset() const noexcept
    {
        return std::chrono::seconds(m_offset.load(std::memory_order_relaxed));
    }
    void setOffset(std::chrono::seconds offset) noexcept { m_offset.store(offset.count(), std::memory_order_relaxed); }

private:
    const Clock& m_base;
    std::atomic<std::int64_t> m_offset{0};
};

/// The clock of this machine; lives as long as the program.
const Clock& systemClock() noexcept;

} // namespace claimsmith
