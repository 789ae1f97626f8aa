// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/sandbox.h"

#include "gateway/lua/pattern.h"
#include "gateway/lua/state.h"

#include <lua.hpp>

#include <span>

namespace claimsmith::gateway::lua {
namespace {

/// Registry keys: their addresses count.
constexpr char librariesKey = 0;

struct Library
{
    const char* name; ///< "" for the basic functions
    lua_CFunction open;
    std::span<const char* const> functions;
};

constexpr const char* basicFunctions[] = {"assert", "error",    "ipairs",   "next", "pairs",
                                          "select", "tonumber", "tostring", "type", "unpack"};
constexpr const char* stringFunctions[] = {"byte", "char", "format", "len", "lower", "rep", "reverse", "sub", "upper"};
constexpr const char* tableFunctions[] = {"concat", "insert", "maxn", "remove", "sort"};
constexpr const char* mathFunctions[] = {"abs",   "acos", "asin",  "atan", "atan2", "ceil", "cos",   "cosh",
                                         "deg",   "exp",  "floor", "fmod", "frexp", "huge", "ldexp", "log",
                                         "log10", "max",  "min",   "modf", "pi",    "pow",  "rad",   "random",
                                         "sin",   "sinh", "sqrt",  "tan",  "tanh"};
constexpr const char* osFunctions[] = {"clock", "date", "difftime", "time"};
constexpr const char* coroutineFunctions[] = {"create", "resume", "running", "status", "wrap", "yield"};

constexpr Library libraries[] = {
    {"", luaopen_base, basicFunctions},       {"string", luaopen_string, stringFunctions},
    {"table", luaopen_table, tableFunctions}, {"math", luaopen_math, mathFunctions},
    {"os", luaopen_os, osFunctions},          {"coroutine", nullptr, coroutineFunctions},
};

/// pcall() that lets the end of a call through.
int protectedCall(lua_State* state)
{
    luaL_checkany(state, 1);
    const int status = lua_pcall(state, lua_gettop(state) - 1, LUA_MULTRET, 0);
    if (status != 0 && State::of(state).isAborting())
        return lua_error(state);
    lua_pushboolean(state, status == 0);
    lua_insert(state, 1);
    return lua_gettop(state);
}

/// xpcall() whose handler runs after the stack is unwound: a handler that runs inside of the hook would not be counted.
int protectedCallWithHandler(lua_State* state)
{
    luaL_checkany(state, 2);
    lua_pushvalue(state, 2);
    lua_insert(state, 1); // handler, function, handler, arguments
    lua_remove(state, 3);
    const int status = lua_pcall(state, lua_gettop(state) - 2, LUA_MULTRET, 0);
    if (status == 0) {
        lua_pushboolean(state, 1);
        lua_replace(state, 1);
        return lua_gettop(state);
    }
    if (State::of(state).isAborting())
        return lua_error(state);
    lua_call(state, 1, 1);
    lua_pushboolean(state, 0);
    lua_insert(state, -2);
    return 2;
}

int refuseRequire(lua_State* state)
{
    return luaL_error(state, "require '%s' not allowed within sandbox", luaL_checkstring(state, 1));
}

constexpr luaL_Reg ownFunctions[] = {
    {"pcall", protectedCall}, {"xpcall", protectedCallWithHandler}, {"require", refuseRequire}, {nullptr, nullptr}};

/// Copies the allowed functions of the table at `from` into the table on top of the stack.
void copyFunctions(lua_State* state, int from, std::span<const char* const> names)
{
    for (const char* name : names) {
        lua_getfield(state, from, name);
        lua_setfield(state, -2, name);
    }
}

/// Pushes a copy of the kept table of one library.
void pushLibrary(lua_State* state, const char* name)
{
    lua_pushlightuserdata(state, const_cast<char*>(&librariesKey));
    lua_rawget(state, LUA_REGISTRYINDEX);
    lua_getfield(state, -1, name);
    lua_newtable(state);
    lua_pushnil(state);
    while (lua_next(state, -3) != 0) {
        lua_pushvalue(state, -2);
        lua_insert(state, -2);
        lua_settable(state, -4);
    }
    lua_replace(state, -3); // what was copied stays below the copy
    lua_pop(state, 1);
}

/// Makes the methods of strings those of the kept library "string", which no code can change.
void replaceStringMethods(lua_State* state)
{
    lua_pushliteral(state, "");
    lua_getmetatable(state, -1);
    pushLibrary(state, "string");
    lua_setfield(state, -2, "__index");
    lua_pop(state, 2);
}

void keepLibrary(lua_State* state, const Library& library)
{
    if (library.open) {
        lua_pushcfunction(state, library.open);
        lua_pushstring(state, library.name);
        lua_call(state, 1, 0);
    }
    *library.name ? lua_getglobal(state, library.name) : lua_pushvalue(state, LUA_GLOBALSINDEX);
    lua_newtable(state);
    copyFunctions(state, lua_gettop(state) - 1, library.functions);
    if (!*library.name)
        luaL_setfuncs(state, ownFunctions, 0);
    if (std::string_view(library.name) == "string")
        addPatternFunctions(state);
    lua_remove(state, -2);
    lua_setfield(state, -2, library.name);
}

} // namespace

void openSandbox(lua_State* state)
{
    lua_pushlightuserdata(state, const_cast<char*>(&librariesKey));
    lua_newtable(state);
    for (const Library& library : libraries)
        keepLibrary(state, library);
    lua_rawset(state, LUA_REGISTRYINDEX);
    replaceStringMethods(state);
    lua_newtable(state);
    lua_replace(state, LUA_GLOBALSINDEX);
}

void pushFunctionEnvironment(lua_State* state)
{
    pushLibrary(state, "");
    for (const Library& library : libraries)
        if (*library.name) {
            pushLibrary(state, library.name);
            lua_setfield(state, -2, library.name);
        }
    lua_pushliteral(state, LUA_VERSION);
    lua_setfield(state, -2, "_VERSION");
    lua_pushvalue(state, -1);
    lua_setfield(state, -2, "_G");
}

void pushBasicFunction(lua_State* state, const char* name)
{
    lua_pushlightuserdata(state, const_cast<char*>(&librariesKey));
    lua_rawget(state, LUA_REGISTRYINDEX);
    lua_getfield(state, -1, "");
    lua_getfield(state, -1, name);
    lua_replace(state, -3);
    lua_pop(state, 1);
}

} // namespace claimsmith::gateway::lua
