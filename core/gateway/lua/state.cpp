// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/state.h"

#include "gateway/lua/sandbox.h"

#include <lua.hpp>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

namespace claimsmith::gateway::lua {
namespace {

constexpr int hookEvery = 100;
/// Garbage that may wait for the collector before a call begins.
constexpr std::size_t mostGarbage = 4U << 20;

} // namespace

State::State()
{
    m_state = lua_newstate(&State::allocate, this);
    if (!m_state)
        throw std::bad_alloc();
    // The hook that counts instructions is not called from compiled code.
    luaJIT_setmode(m_state, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    openSandbox(m_state);
}

State::~State()
{
    lua_close(m_state);
}

State& State::ofThread()
{
    thread_local const std::shared_ptr<State> state = std::make_shared<State>();
    return *state;
}

State& State::of(lua_State* handle) noexcept
{
    void* self = nullptr;
    lua_getallocf(handle, &self);
    return *static_cast<State*>(self);
}

void* State::allocate(void* self, void* block, std::size_t before, std::size_t after) noexcept
{
    auto& state = *static_cast<State*>(self);
    if (after == 0) {
        std::free(block);
        state.m_used -= block ? before : 0;
        return nullptr;
    }
    const std::size_t had = block ? before : 0;
    if (after > had && (after - had > state.m_most || state.m_used > state.m_most - (after - had)))
        return nullptr;
    void* moved = std::realloc(block, after);
    if (moved)
        state.m_used += after - had; // modulo 2^n, so that shrinking works too
    return moved;
}

void State::count(lua_State* handle, lua_Debug*)
{
    State& state = of(handle);
    if (state.isAborting())
        luaL_error(handle, "%s", state.m_abort);
    state.spend(handle, hookEvery);
    if (std::chrono::steady_clock::now() > state.m_deadline)
        state.abort(handle, "too much time");
}

void State::spend(lua_State* running, std::uint64_t instructions)
{
    if (m_depth == 0)
        return;
    m_instructions -= std::min(m_instructions, instructions);
    if (m_instructions == 0)
        abort(running, "too many instructions");
}

void State::abort(lua_State* running, const char* message)
{
    m_abort = message;
    // From here on every instruction fails: code that catches the error gets no further.
    lua_sethook(m_state, &State::count, LUA_MASKCOUNT, 1);
    luaL_error(running, "%s", message);
    std::abort(); // luaL_error() does not return, but isn't declared so
}

std::optional<std::string> State::push(const std::shared_ptr<const Chunk>& chunk)
{
    releasePending();
    auto found = m_compiled.find(chunk.get());
    if (found == m_compiled.end() || found->second.chunk.expired()) {
        forgetExpired();
        found = m_compiled.insert_or_assign(chunk.get(), compile(chunk)).first;
    }
    if (found->second.error)
        return found->second.error;
    lua_rawgeti(m_state, LUA_REGISTRYINDEX, found->second.reference);
    return std::nullopt;
}

State::Compiled State::compile(const std::shared_ptr<const Chunk>& chunk)
{
    Compiled compiled{chunk, LUA_NOREF, {}};
    if (luaL_loadbufferx(m_state, chunk->code.data(), chunk->code.size(), chunk->name.c_str(), "t") != 0) {
        compiled.error = takeMessage();
        return compiled;
    }
    if (chunk->prepare)
        chunk->prepare(m_state);
    compiled.reference = keep();
    return compiled;
}

void State::forgetExpired()
{
    if (m_compiled.size() < m_sweepAt)
        return;
    std::erase_if(m_compiled, [this](const auto& entry) {
        const bool isDead = entry.second.chunk.expired();
        if (isDead)
            release(entry.second.reference);
        return isDead;
    });
    m_sweepAt = std::max<std::size_t>(64, 2 * m_compiled.size());
}

void State::begin(const Limits& limits)
{
    if (m_used > mostGarbage)
        lua_gc(m_state, LUA_GCCOLLECT, 0);
    m_most = m_used + limits.memory;
    m_instructions = limits.instructions;
    m_deadline = std::chrono::steady_clock::now() + limits.time;
    m_abort = nullptr;
    lua_sethook(m_state, &State::count, LUA_MASKCOUNT, hookEvery);
}

void State::end() noexcept
{
    lua_sethook(m_state, nullptr, 0, 0);
    m_most = SIZE_MAX;
    m_abort = nullptr;
}

std::optional<std::string> State::call(int arguments, int results, const Limits& limits)
{
    if (m_depth++ == 0)
        begin(limits);
    const int status = lua_pcall(m_state, arguments, results, 0);
    const char* aborted = m_abort;
    if (--m_depth == 0)
        end();
    if (status == 0)
        return std::nullopt;
    std::string message = takeMessage();
    return aborted && m_depth == 0 ? std::string(aborted) : message;
}

/// The error on top of the stack as text; errors may be any value.
std::string State::takeMessage()
{
    std::size_t size = 0;
    const char* text = lua_tolstring(m_state, -1, &size);
    std::string message =
        text ? std::string(text, size)
             : "(error object is a " + std::string(lua_typename(m_state, lua_type(m_state, -1))) + " value)";
    lua_pop(m_state, 1);
    return message;
}

int State::keep()
{
    return luaL_ref(m_state, LUA_REGISTRYINDEX);
}

void State::pushKept(int reference)
{
    lua_rawgeti(m_state, LUA_REGISTRYINDEX, reference);
}

void State::release(int reference) noexcept
{
    luaL_unref(m_state, LUA_REGISTRYINDEX, reference);
}

void State::releaseLater(int reference) noexcept
{
    const std::lock_guard lock(m_pendingMutex);
    m_pending.push_back(reference);
}

void State::releasePending() noexcept
{
    const std::lock_guard lock(m_pendingMutex);
    for (const int reference : m_pending)
        release(reference);
    m_pending.clear();
}

Kept& Kept::operator=(Kept&& other) noexcept
{
    if (this != &other) {
        reset();
        m_state = std::exchange(other.m_state, nullptr);
        m_reference = other.m_reference;
    }
    return *this;
}

void Kept::reset() noexcept
{
    if (m_state)
        m_state->releaseLater(m_reference);
    m_state.reset();
}

} // namespace claimsmith::gateway::lua
