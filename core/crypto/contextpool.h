// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/crypto.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>

namespace claimsmith::crypto {

/// A number for the calling thread, small and different for the first threads of a program.
inline std::size_t threadNumber() noexcept
{
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t number = next.fetch_add(1, std::memory_order_relaxed);
    return number;
}

/// Lends objects that serve one thread at a time. Each thread has a place of its own as long as there are no more
/// threads than places, so borrowing is two uncontended exchanges; a thread that finds its place empty makes another
/// object.
template <class Context>
class ContextPool final
{
public:
    using Make = std::function<std::unique_ptr<Context>()>;

    explicit ContextPool(Make make) : m_make(std::move(make)) {}
    ContextPool(const ContextPool&) = delete;
    ContextPool& operator=(const ContextPool&) = delete;
    ~ContextPool()
    {
        for (auto& place : m_places)
            delete place.load(std::memory_order_relaxed);
    }

    /// Goes back to the pool at the end of the scope. May hold nothing, when an object couldn't be made.
    class Loan final
    {
    public:
        Loan(std::atomic<Context*>& place, std::unique_ptr<Context> context) noexcept
            : m_place(place), m_context(std::move(context))
        {
        }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan()
        {
            Context* expected = nullptr;
            if (m_context && m_place.compare_exchange_strong(expected, m_context.get(), std::memory_order_release,
                                                             std::memory_order_relaxed))
                static_cast<void>(m_context.release());
        }

        explicit operator bool() const noexcept { return m_context != nullptr; }
        const Context& operator*() const noexcept { return *m_context; }
        const Context* operator->() const noexcept { return m_context.get(); }

    private:
        std::atomic<Context*>& m_place;
        std::unique_ptr<Context> m_context;
    };

    Loan borrow()
    {
        std::atomic<Context*>& place = m_places[threadNumber() % m_places.size()];
        std::unique_ptr<Context> context(place.exchange(nullptr, std::memory_order_acquire));
        return {place, context ? std::move(context) : m_make()};
    }

private:
    std::array<std::atomic<Context*>, 16> m_places{};
    Make m_make;
};

} // namespace claimsmith::crypto
