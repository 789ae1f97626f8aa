// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace claimsmith::gateway {

/// Work over several answers of other servers, written in one piece: a coroutine that begins when it is awaited or
/// started, and lives with its Flow. It runs on the thread that starts or resumes it, and never on two at once.
template <class T>
class [[nodiscard]] Flow;

namespace flow {

/// Hands over to whoever awaits the flow.
struct Finish
{
    bool await_ready() const noexcept { return false; }

    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> handle) const noexcept
    {
        return handle.promise().continuation;
    }

    void await_resume() const noexcept {}
};

struct PromiseBase
{
    std::coroutine_handle<> continuation = std::noop_coroutine();
    std::exception_ptr failure = {};

    std::suspend_always initial_suspend() const noexcept { return {}; }
    Finish final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { failure = std::current_exception(); }
};

template <class T>
struct Promise final : PromiseBase
{
    std::optional<T> result = {};

    Flow<T> get_return_object() noexcept;
    void return_value(T value) { result.emplace(std::move(value)); }
    T take() { return *std::move(result); }
};

template <>
struct Promise<void> final : PromiseBase
{
    Flow<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() const noexcept {}
};

} // namespace flow

template <class T>
class [[nodiscard]] Flow final
{
public:
    using promise_type = flow::Promise<T>;

    explicit Flow(std::coroutine_handle<promise_type> handle) noexcept : m_handle(handle) {}
    Flow(Flow&& other) noexcept : m_handle(std::exchange(other.m_handle, {})) {}
    Flow(const Flow&) = delete;
    Flow& operator=(const Flow&) = delete;
    ~Flow()
    {
        if (m_handle)
            m_handle.destroy();
    }

    /// Runs it until it waits for the first time, or ends. Once.
    void start() { m_handle.resume(); }
    bool isDone() const noexcept { return m_handle.done(); }
    /// The result, or the exception that it ended with. Once, after it is done.
    T take()
    {
        if (m_handle.promise().failure)
            std::rethrow_exception(m_handle.promise().failure);
        return m_handle.promise().take();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept
    {
        m_handle.promise().continuation = caller;
        return m_handle;
    }
    T await_resume() { return take(); }

private:
    std::coroutine_handle<promise_type> m_handle;
};

template <class T>
Flow<T> flow::Promise<T>::get_return_object() noexcept
{
    return Flow<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}

inline Flow<void> flow::Promise<void>::get_return_object() noexcept
{
    return Flow<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// What the flows that belong together wait for: one thing at a time. Has to outlive them.
class Waits final
{
public:
    /// Begins what takes time; has to see to it that `done` is called once, from any thread.
    using Start = std::function<void(std::function<void()> done)>;

    struct Arrival
    {
        Waits& waits;
        Start start;

        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) noexcept
        {
            waits.m_start = std::move(start);
            waits.m_waiting = waiting;
        }
        void await_resume() const noexcept {}
    };

    /// `auto arrival = waits.until(start); co_await arrival;`
    Arrival until(Start start) { return {*this, std::move(start)}; }

    /// What the flow has come to wait for; nothing when it has ended.
    std::optional<Start> take() noexcept { return std::exchange(m_start, std::nullopt); }
    /// It is there: the flow goes on.
    void resume() { std::exchange(m_waiting, {}).resume(); }

private:
    std::optional<Start> m_start;
    std::coroutine_handle<> m_waiting;
};

/// A plugin's access phase as a flow: kept in the exchange's memory between access() and resume().
class AccessFlow final
{
public:
    /// `make` gets the Waits and gives the flow.
    template <class Make>
    explicit AccessFlow(Make make) : m_flow(make(m_waits))
    {
    }

    Decision start()
    {
        m_flow.start();
        return decision();
    }

    Decision resume()
    {
        m_waits.resume();
        return decision();
    }

private:
    Decision decision()
    {
        auto begin = m_waits.take();
        if (!begin)
            return m_flow.take();
        return Wait{[start = *std::move(begin)](std::function<void(Decision)> done) {
            start([done = std::move(done)] { done(Resume{}); });
        }};
    }

    Waits m_waits;
    Flow<Decision> m_flow;
};

/// Runs a flow that belongs to no request, on whatever threads call back. It must not throw. `make` as above; what the
/// flow refers to has to outlive what it waits for.
void runDetached(const std::function<Flow<void>(Waits&)>& make);

} // namespace claimsmith::gateway
