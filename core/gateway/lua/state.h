// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct lua_State;
struct lua_Debug;

namespace claimsmith::gateway::lua {

/// A text of Lua that is compiled once for each state that runs it. Immutable; its address is its identity.
struct Chunk
{
    std::string code; ///< source, never bytecode
    std::string name; ///< what error messages call it: [string "TMP"]:1: …
    /// Turns the loaded chunk on top of the stack into the value that is kept: usually a function in a sandbox. Null:
    /// the chunk itself. Runs outside of limits: nothing of the user's may run in it.
    void (*prepare)(lua_State*) = nullptr;
};

/// What one call may use up. A call that goes beyond ends in an error that no code inside can catch.
struct Limits
{
    std::size_t memory = 8U << 20;          ///< bytes beyond what the state holds when the call begins
    std::uint64_t instructions = 2'000'000; ///< of Lua's virtual machine, give or take a hundred
    std::chrono::milliseconds time{1000};   ///< looked at every hundred instructions
};

/// LuaJIT's interpreter without its compiler (compiled code would not count), for one thread. Only what sandbox.h puts
/// into an environment can be reached by code: no FFI, no io, no modules, no bytecode. All members belong to the
/// state's thread but for releaseLater().
class State final : public std::enable_shared_from_this<State>
{
public:
    State();
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// The calling thread's state, made on first use. Shared, so that values that are kept beyond the thread's end can
    /// still be released.
    static State& ofThread();
    /// The state behind a handle: for C functions that Lua calls.
    static State& of(lua_State* handle) noexcept;

    lua_State* handle() const noexcept { return m_state; }

    /// Pushes what `chunk` was prepared to; nothing is pushed on failure. The message of the compiler on failure.
    std::optional<std::string> push(const std::shared_ptr<const Chunk>& chunk);

    /// Calls the function below the topmost `arguments` values within the limits, as lua_call() does. The message on
    /// failure, and then nothing is left of function and arguments. A call within a call shares the outer one's limits.
    std::optional<std::string> call(int arguments, int results, const Limits& limits = {});

    /// For C functions: ends the outermost call at once, whatever protects the code that runs: call() fails with this
    /// message. `running` is the handle that the function was called with. To be the last thing a function does, with
    /// no object left that needs destruction.
    [[noreturn]] void abort(lua_State* running, const char* message);
    /// For C functions: counts work that they did as that many instructions; aborts when there are none left.
    void spend(lua_State* running, std::uint64_t instructions);
    std::uint64_t instructionsLeft() const noexcept { return m_depth > 0 ? m_instructions : UINT64_MAX; }
    /// Whether a call is being ended; code that catches errors has to pass them on then.
    bool isAborting() const noexcept { return m_abort != nullptr; }

    /// Takes the topmost value and keeps it until release.
    int keep();
    void pushKept(int reference);
    void release(int reference) noexcept;
    /// From any thread: released when the state is used next.
    void releaseLater(int reference) noexcept;

private:
    struct Compiled
    {
        std::weak_ptr<const Chunk> chunk;
        int reference = 0;
        std::optional<std::string> error;
    };

    static void* allocate(void* self, void* block, std::size_t before, std::size_t after) noexcept;
    static void count(lua_State* handle, lua_Debug* event);

    Compiled compile(const std::shared_ptr<const Chunk>& chunk);
    void forgetExpired();
    void releasePending() noexcept;
    void begin(const Limits& limits);
    void end() noexcept;
    std::string takeMessage();

    lua_State* m_state = nullptr;
    std::size_t m_used = 0;
    std::size_t m_most = SIZE_MAX; ///< bytes that may be in use
    std::uint64_t m_instructions = 0;
    std::chrono::steady_clock::time_point m_deadline{};
    const char* m_abort = nullptr;
    int m_depth = 0;
    std::unordered_map<const Chunk*, Compiled> m_compiled;
    std::size_t m_sweepAt = 64; ///< compiled chunks at which the dead ones are looked for
    std::mutex m_pendingMutex;
    std::vector<int> m_pending; ///< guarded by m_pendingMutex
};

/// A Lua value that lives as long as this object; released from whichever thread destroys it.
class Kept final
{
public:
    Kept() = default;

    /// Takes the topmost value of the state.
    explicit Kept(State& state) : m_state(state.shared_from_this()), m_reference(state.keep()) {}

    Kept(Kept&& other) noexcept : m_state(std::move(other.m_state)), m_reference(other.m_reference)
    {
        other.m_state.reset();
    }

    Kept& operator=(Kept&& other) noexcept;
    ~Kept() { reset(); }
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;

    /// Whether there is a value, and it is this state's.
    bool isIn(const State& state) const noexcept { return m_state.get() == &state; }

    void push() const { m_state->pushKept(m_reference); }

    void reset() noexcept;

private:
    std::shared_ptr<State> m_state;
    int m_reference = 0;
};

} // namespace claimsmith::gateway::lua
