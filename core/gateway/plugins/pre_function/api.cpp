// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/api.h"

#include "base/text.h"
#include "gateway/lua/values.h"
#include "gateway/plugins/pre_function/tables.h"

#include <lua.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <set>

namespace claimsmith::gateway::functions {
namespace {

struct Constant
{
    std::string_view path;
    int value;
};

constexpr Constant constants[] = {
    {"kong.version_num", 3009001},
    {"ngx.STDERR", 0},
    {"ngx.EMERG", 1},
    {"ngx.ALERT", 2},
    {"ngx.CRIT", 3},
    {"ngx.ERR", 4},
    {"ngx.WARN", 5},
    {"ngx.NOTICE", 6},
    {"ngx.INFO", 7},
    {"ngx.DEBUG", 8},
};

/// Tables whose members are made when they are asked for.
constexpr std::string_view openTables[] = {"kong.ctx.shared", "kong.ctx.plugin", "ngx.var", "ngx.header"};
constexpr std::string_view otherNames[] = {"kong.version", "kong.ctx"};

std::array<std::span<const ApiFunction>, 4> allFunctions()
{
    return {requestFunctions(), serviceFunctions(), responseFunctions(), otherFunctions()};
}

std::string_view phaseName(Phase phase) noexcept
{
    static constexpr std::string_view names[] = {"rewrite", "access", "header_filter", "body_filter", "log"};
    return names[static_cast<std::size_t>(phase)];
}

/// Calls the ApiFunction in the upvalue. Errors are raised when no C++ object is left.
int dispatch(lua_State* state)
{
    const auto& function = *static_cast<const ApiFunction*>(lua_touserdata(state, lua_upvalueindex(1)));
    Call& call = Call::current();
    if ((function.phases & bitOf(call.phase)) == 0)
        return luaL_error(state, "%s cannot be called in %s phase", function.path.data(), phaseName(call.phase).data());
    try {
        return function.call(state, call);
    } catch (const std::exception& error) {
        lua_pushstring(state, error.what());
    }
    return lua_error(state);
}

/// __index of the API's tables: what is not there is named.
int refuseUnknown(lua_State* state)
{
    const char* key = lua_type(state, 2) == LUA_TSTRING ? lua_tostring(state, 2) : luaL_typename(state, 2);
    return luaL_error(state, "'%s.%s' is not available to functions here", lua_tostring(state, lua_upvalueindex(1)),
                      key);
}

void setIndex(lua_State* state, const std::string& path)
{
    lua_createtable(state, 0, 1);
    lua::pushText(state, path);
    lua_pushcclosure(state, refuseUnknown, 1);
    lua_setfield(state, -2, "__index");
    lua_setmetatable(state, -2);
}

/// Pushes the table at `path` below the environment at `root`, made when it is not there yet.
void pushTable(lua_State* state, int root, std::string_view path)
{
    lua_pushvalue(state, root);
    std::string reached;
    for (const std::string_view part : split(path, '.')) {
        reached.append(reached.empty() ? "" : ".").append(part);
        lua::pushText(state, part);
        lua_rawget(state, -2);
        if (lua_isnil(state, -1)) {
            lua_pop(state, 1);
            lua_newtable(state);
            setIndex(state, reached);
            lua::pushText(state, part);
            lua_pushvalue(state, -2);
            lua_rawset(state, -4);
        }
        lua_remove(state, -2);
    }
}

/// Puts the value on top of the stack at `path`.
void setAt(lua_State* state, int root, std::string_view path)
{
    const auto dot = path.rfind('.');
    pushTable(state, root, path.substr(0, dot));
    lua::pushText(state, path.substr(dot + 1));
    lua_pushvalue(state, -3);
    lua_rawset(state, -3);
    lua_pop(state, 2);
}

/// kong.log("…") is kong.log.notice("…").
void makeLogCallable(lua_State* state, int root)
{
    pushTable(state, root, "kong.log");
    lua_getmetatable(state, -1);
    lua_getfield(state, -2, "notice");
    lua_pushcclosure(
        state,
        [](lua_State* called) {
            lua_pushvalue(called, lua_upvalueindex(1));
            lua_replace(called, 1); // in place of the table
            lua_call(called, lua_gettop(called) - 1, 0);
            return 0;
        },
        1);
    lua_setfield(state, -2, "__call");
    lua_pop(state, 2);
}

std::set<std::string, std::less<>> namesOfApi()
{
    std::set<std::string, std::less<>> names{"kong", "ngx"};
    const auto add = [&](std::string_view path) {
        for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1))
            names.emplace(path.substr(0, dot));
        names.emplace(path);
    };
    for (const auto functions : allFunctions())
        for (const ApiFunction& function : functions)
            add(function.path);
    for (const Constant& constant : constants)
        add(constant.path);
    for (const std::string_view path : openTables)
        add(path);
    for (const std::string_view path : otherNames)
        add(path);
    return names;
}

} // namespace

void addApi(lua_State* state)
{
    const int root = lua_gettop(state);
    for (const auto functions : allFunctions())
        for (const ApiFunction& function : functions) {
            lua_pushlightuserdata(state, const_cast<ApiFunction*>(&function));
            lua_pushcclosure(state, dispatch, 1);
            setAt(state, root, function.path);
        }
    for (const Constant& constant : constants) {
        lua_pushinteger(state, constant.value);
        setAt(state, root, constant.path);
    }
    lua_pushliteral(state, "3.9.1");
    setAt(state, root, "kong.version");
    makeLogCallable(state, root);
    addContextTables(state, root);
}

bool isKnownName(std::string_view chain)
{
    static const auto names = namesOfApi();
    const bool isBehindOpen = std::ranges::any_of(openTables, [chain](std::string_view table) {
        return chain.size() > table.size() && chain.starts_with(table) && chain[table.size()] == '.';
    });
    return isBehindOpen || names.contains(chain);
}

} // namespace claimsmith::gateway::functions
