// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/call.h"

#include "gateway/lua/sandbox.h"
#include "gateway/lua/values.h"
#include "gateway/plugin.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/pre_function/names.h"

#include <lua.hpp>

#include <string_view>

namespace claimsmith::gateway::functions {
namespace {

thread_local Call* currentCall = nullptr;

/// As in Kong: a chunk that returns a function when it first runs has made itself ready with that; the function is what
/// runs from then on.
constexpr std::string_view runner = "local chunk, type = ... local isFirst = true return function() "
                                    "if not isFirst then chunk() return end isFirst = false "
                                    "local made = chunk() if type(made) == 'function' then chunk = made made() end end";

/// The loaded chunk on top of the stack becomes a function in an environment of its own.
void prepareChunk(lua_State* state)
{
    lua::pushFunctionEnvironment(state);
    addApi(state);
    lua_setfenv(state, -2);
    luaL_loadbufferx(state, runner.data(), runner.size(), "=runner", "t");
    lua_insert(state, -2);
    lua::pushBasicFunction(state, "type");
    lua_call(state, 2, 1);
}

std::shared_ptr<const lua::Chunk> chunkOf(const std::string& source)
{
    return std::make_shared<const lua::Chunk>(lua::Chunk{source, source, prepareChunk});
}

} // namespace

Call::Call(Exchange& request, Phase inPhase, BodyPiece* piece) noexcept : exchange(request), phase(inPhase), body(piece)
{
    currentCall = this;
}

Call::~Call()
{
    currentCall = nullptr;
}

Call& Call::current() noexcept
{
    return *currentCall;
}

Script::Script(const std::vector<std::string>& sources)
{
    for (const std::string& source : sources)
        m_chunks.push_back(chunkOf(source));
}

void Script::run(Call& call) const
{
    lua::State& state = lua::State::ofThread();
    for (const auto& chunk : m_chunks) {
        auto error = state.push(chunk);
        if (!error)
            error = state.call(0, 0);
        saveShared(state, call);
        if (call.answer)
            return;
        if (error)
            throw Fault{*error};
    }
}

std::optional<std::string> findProblem(const std::string& source)
{
    lua_State* state = lua::State::ofThread().handle();
    if (luaL_loadbufferx(state, source.data(), source.size(), source.c_str(), "t") != 0) {
        const std::string message = lua_tostring(state, -1);
        lua_pop(state, 1);
        return message;
    }
    lua_pop(state, 1);
    const auto unknown = findUnknownName(source);
    return unknown ? std::optional("'" + *unknown + "' is not available to functions here") : std::nullopt;
}

} // namespace claimsmith::gateway::functions
