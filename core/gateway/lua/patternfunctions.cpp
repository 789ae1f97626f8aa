// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/pattern.h"
#include "gateway/lua/state.h"

#include <lua.hpp>

#include <algorithm>
#include <string_view>

namespace claimsmith::gateway::lua {
namespace {

/// Functions that Lua calls: an error leaves them at once, so none of them holds an object that needs destruction.

std::string_view textArgument(lua_State* state, int index)
{
    std::size_t size = 0;
    const char* text = luaL_checklstring(state, index, &size);
    return {text, size};
}

/// The offset that the argument `init` means: counted from 1, or from the end when negative.
std::size_t startArgument(lua_State* state, int index, std::size_t size)
{
    const auto start = static_cast<std::ptrdiff_t>(luaL_optinteger(state, index, 1));
    const auto length = static_cast<std::ptrdiff_t>(size);
    const auto offset =
        start < 0 ? std::max<std::ptrdiff_t>(length + start, 0) : std::max<std::ptrdiff_t>(start - 1, 0);
    return static_cast<std::size_t>(std::min(offset, length));
}

void pushCapture(lua_State* state, std::string_view subject, const PatternMatch& match, std::size_t index)
{
    const PatternMatch::Capture& capture = match.capture(index);
    if (capture.size == PatternMatch::Capture::position)
        lua_pushinteger(state, static_cast<lua_Integer>(capture.begin - subject.data() + 1));
    else
        lua_pushlstring(state, capture.begin, static_cast<std::size_t>(capture.size));
}

/// All captures, or the whole match when there are none and `begin` is given.
int pushCaptures(lua_State* state, std::string_view subject, const PatternMatch& match, const char* begin)
{
    const std::size_t count = match.captureCount();
    luaL_checkstack(state, static_cast<int>(count) + 1, "too many captures");
    if (count == 0 && begin) {
        lua_pushlstring(state, begin, static_cast<std::size_t>(match.end() - begin));
        return 1;
    }
    for (std::size_t i = 0; i < count; ++i)
        pushCapture(state, subject, match, i);
    return static_cast<int>(count);
}

/// Matches at one offset and counts the steps; raises what is wrong.
bool matchAt(lua_State* state, PatternMatch& match, std::size_t offset)
{
    const std::uint64_t before = match.stepsLeft();
    const auto outcome = match.matchAt(offset);
    if (outcome == PatternMatch::Outcome::Malformed)
        luaL_error(state, "%s", match.error());
    State::of(state).spend(state, before - match.stepsLeft());
    return outcome == PatternMatch::Outcome::Found;
}

/// The offset of the first match at or behind `start`; npos when there is none.
std::size_t findFirst(lua_State* state, PatternMatch& match, std::size_t size, std::size_t start, bool isAnchored)
{
    for (std::size_t offset = start; offset <= size; ++offset) {
        if (matchAt(state, match, offset))
            return offset;
        if (isAnchored)
            break;
    }
    return std::string_view::npos;
}

int search(lua_State* state, bool isFind)
{
    const std::string_view subject = textArgument(state, 1);
    std::string_view pattern = textArgument(state, 2);
    const std::size_t start = startArgument(state, 3, subject.size());
    if (isFind && (lua_toboolean(state, 4) || pattern.find_first_of("^$*+?.([%-") == std::string_view::npos)) {
        const std::size_t at = subject.find(pattern, start);
        if (at == std::string_view::npos) {
            lua_pushnil(state);
            return 1;
        }
        lua_pushinteger(state, static_cast<lua_Integer>(at + 1));
        lua_pushinteger(state, static_cast<lua_Integer>(at + pattern.size()));
        return 2;
    }
    const bool isAnchored = pattern.starts_with('^');
    pattern.remove_prefix(isAnchored ? 1 : 0);
    PatternMatch match(subject, pattern, State::of(state).instructionsLeft());
    const std::size_t at = findFirst(state, match, subject.size(), start, isAnchored);
    if (at == std::string_view::npos) {
        lua_pushnil(state);
        return 1;
    }
    const char* begin = subject.data() + at;
    if (!isFind)
        return pushCaptures(state, subject, match, begin);
    lua_pushinteger(state, static_cast<lua_Integer>(at + 1));
    lua_pushinteger(state, static_cast<lua_Integer>(match.end() - subject.data()));
    return pushCaptures(state, subject, match, nullptr) + 2;
}

int find(lua_State* state)
{
    return search(state, true);
}

int matchOnce(lua_State* state)
{
    return search(state, false);
}

/// The iterator of gmatch(): its upvalues are subject, pattern and where to go on.
int nextMatch(lua_State* state)
{
    const std::string_view subject = textArgument(state, lua_upvalueindex(1));
    const std::string_view pattern = textArgument(state, lua_upvalueindex(2));
    const auto start = static_cast<std::size_t>(lua_tointeger(state, lua_upvalueindex(3)));
    PatternMatch match(subject, pattern, State::of(state).instructionsLeft());
    const std::size_t at = findFirst(state, match, subject.size(), start, false);
    if (at == std::string_view::npos)
        return 0;
    const auto end = static_cast<std::size_t>(match.end() - subject.data());
    lua_pushinteger(state, static_cast<lua_Integer>(end == at ? end + 1 : end));
    lua_replace(state, lua_upvalueindex(3));
    return pushCaptures(state, subject, match, subject.data() + at);
}

int matchAll(lua_State* state)
{
    textArgument(state, 1);
    textArgument(state, 2);
    lua_settop(state, 2);
    lua_pushinteger(state, 0);
    lua_pushcclosure(state, nextMatch, 3);
    return 1;
}

/// What "%1" and its like stand for in a replacement text.
void addReplacementText(lua_State* state, luaL_Buffer* out, std::string_view subject, const PatternMatch& match,
                        const char* begin)
{
    const std::string_view text = textArgument(state, 3);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            luaL_addchar(out, text[i]);
            continue;
        }
        const char which = ++i < text.size() ? text[i] : '\0';
        if (which < '0' || which > '9') {
            luaL_addchar(out, which);
            continue;
        }
        const auto index = static_cast<std::size_t>(which - '1');
        if (which == '0' || (which == '1' && match.captureCount() == 0))
            lua_pushlstring(state, begin, static_cast<std::size_t>(match.end() - begin));
        else if (index < match.captureCount())
            pushCapture(state, subject, match, index);
        else
            luaL_error(state, "invalid capture index");
        luaL_addvalue(out);
    }
}

/// Replaces one match by what the text, table or function says; nothing and false keep it.
void addReplacement(lua_State* state, luaL_Buffer* out, std::string_view subject, const PatternMatch& match,
                    const char* begin)
{
    const int kind = lua_type(state, 3);
    if (kind == LUA_TNUMBER || kind == LUA_TSTRING) {
        addReplacementText(state, out, subject, match, begin);
        return;
    }
    if (kind == LUA_TFUNCTION) {
        lua_pushvalue(state, 3);
        const int count = pushCaptures(state, subject, match, begin);
        lua_call(state, count, 1);
    } else {
        if (match.captureCount() == 0)
            lua_pushlstring(state, begin, static_cast<std::size_t>(match.end() - begin));
        else
            pushCapture(state, subject, match, 0);
        lua_gettable(state, 3);
    }
    if (!lua_toboolean(state, -1)) {
        lua_pop(state, 1);
        lua_pushlstring(state, begin, static_cast<std::size_t>(match.end() - begin));
    } else if (!lua_isstring(state, -1)) {
        luaL_error(state, "invalid replacement value (a %s)", luaL_typename(state, -1));
    }
    luaL_addvalue(out);
}

int replaceAll(lua_State* state)
{
    const std::string_view subject = textArgument(state, 1);
    std::string_view pattern = textArgument(state, 2);
    const int kind = lua_type(state, 3);
    luaL_argcheck(state, kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE, 3,
                  "string/function/table expected");
    const bool isAnchored = pattern.starts_with('^');
    pattern.remove_prefix(isAnchored ? 1 : 0);
    const auto most = luaL_optinteger(state, 4, static_cast<lua_Integer>(subject.size()) + 1);
    luaL_Buffer out;
    luaL_buffinit(state, &out);
    lua_Integer count = 0;
    std::size_t at = 0;
    while (count < most) {
        PatternMatch match(subject, pattern, State::of(state).instructionsLeft());
        const char* begin = subject.data() + at;
        const bool isFound = matchAt(state, match, at);
        if (isFound) {
            ++count;
            addReplacement(state, &out, subject, match, begin);
        }
        if (isFound && match.end() > begin)
            at = static_cast<std::size_t>(match.end() - subject.data());
        else if (at < subject.size())
            luaL_addchar(&out, subject[at++]);
        else
            break;
        if (isAnchored)
            break;
    }
    luaL_addlstring(&out, subject.data() + at, subject.size() - at);
    luaL_pushresult(&out);
    lua_pushinteger(state, count);
    return 2;
}

constexpr luaL_Reg functions[] = {
    {"find", find}, {"match", matchOnce}, {"gmatch", matchAll}, {"gsub", replaceAll}, {nullptr, nullptr}};

} // namespace

void addPatternFunctions(lua_State* state)
{
    luaL_setfuncs(state, functions, 0);
}

} // namespace claimsmith::gateway::lua
