// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/templatevalues.h"

#include "base/text.h"
#include "gateway/lua/sandbox.h"
#include "gateway/lua/values.h"

#include <lua.hpp>

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::lua {
namespace {

using Found = TemplateValues::Found;

/// Header lines that plugins see (Kong's lua_max_req_headers).
constexpr std::size_t mostHeaders = 100;

bool equalsLowered(std::string_view name, std::string_view lower) noexcept
{
    return std::ranges::equal(name, lower, [](char a, char b) { return toLower(a) == b; });
}

Found findIn(const std::vector<http::HeaderField>& headers, std::string_view name)
{
    Found found;
    for (const http::HeaderField& field : headers)
        if (equalsLowered(field.name, name))
            found = found.kind == Found::Kind::Nothing ? Found{Found::Kind::Text, field.value}
                                                       : Found{Found::Kind::Several, {}};
    return found;
}

} // namespace

const std::vector<http::HeaderField>& TemplateValues::headers()
{
    if (!m_headers) {
        const http::HeaderMap& headers = m_exchange.upstream.headers;
        const auto count = static_cast<std::ptrdiff_t>(std::min(headers.size(), mostHeaders));
        m_headers.emplace(headers.begin(), headers.begin() + count);
    }
    return *m_headers;
}

const http::QueryArguments& TemplateValues::arguments()
{
    if (!m_arguments)
        m_arguments = http::parseQuery(m_exchange.upstream.query.value_or(""));
    return *m_arguments;
}

Found TemplateValues::header(std::string_view name)
{
    const Found found = findIn(headers(), name);
    return found.kind == Found::Kind::Nothing ? findIn(headers(), normalisedHeaderName(name)) : found;
}

Found TemplateValues::argument(std::string_view name)
{
    Found found;
    for (const http::QueryArgument& argument : arguments()) {
        if (argument.name != name)
            continue;
        if (found.kind != Found::Kind::Nothing)
            return {Found::Kind::Several, {}};
        found = argument.value ? Found{Found::Kind::Text, *argument.value} : Found{Found::Kind::Flag, {}};
    }
    return found;
}

Found TemplateValues::capture(std::string_view name) const
{
    if (!m_exchange.match)
        return {};
    const RouteMatch& match = *m_exchange.match;
    std::size_t index = 0;
    const auto end = name.data() + name.size();
    if (const auto read = std::from_chars(name.data(), end, index); read.ec == std::errc() && read.ptr == end) {
        const bool isThere = index < match.captures.size() && match.captures[index];
        return isThere ? Found{Found::Kind::Text, *match.captures[index]} : Found{};
    }
    const auto found = match.namedCaptures.find(name);
    return found == match.namedCaptures.end() ? Found{} : Found{Found::Kind::Text, found->second};
}

void TemplateValues::pushEnvironment(State& state)
{
    if (m_environment.isIn(state)) {
        m_environment.push();
        return;
    }
    lua_State* handle = state.handle();
    lua_newtable(handle);
    for (const char* name : {"type", "require"}) {
        pushBasicFunction(handle, name);
        lua_setfield(handle, -2, name);
    }
    lua_createtable(handle, 0, 1);
    lua_pushlightuserdata(handle, this);
    lua_pushcclosure(handle, &TemplateValues::loadField, 1);
    lua_setfield(handle, -2, "__index");
    lua_setmetatable(handle, -2);
    lua_pushvalue(handle, -1);
    m_environment = Kept(state);
}

/// __index of the environment: makes a table when it is first asked for. The environment is unreachable once this
/// object is gone: templates can't keep it.
int TemplateValues::loadField(lua_State* state)
{
    auto& self = *static_cast<TemplateValues*>(lua_touserdata(state, lua_upvalueindex(1)));
    const std::string_view name = lua_type(state, 2) == LUA_TSTRING ? lua_tostring(state, 2) : "";
    if (name == "headers")
        self.pushHeaders(state);
    else if (name == "query_params")
        self.pushArguments(state);
    else if (name == "uri_captures")
        self.pushCaptures(state);
    else if (name == "shared")
        pushShared(state, self.m_exchange);
    else
        return 0;
    lua_pushvalue(state, 2);
    lua_pushvalue(state, -2);
    lua_rawset(state, 1);
    return 1;
}

void TemplateValues::pushHeaders(lua_State* state)
{
    lua_newtable(state);
    for (const http::HeaderField& field : headers())
        addHeader(state, field.name, field.value);
    setHeaderLookup(state);
}

void TemplateValues::pushArguments(lua_State* state)
{
    lua_newtable(state);
    for (const http::QueryArgument& argument : arguments())
        addArgument(state, argument);
}

void TemplateValues::pushCaptures(lua_State* state) const
{
    lua_newtable(state);
    if (!m_exchange.match)
        return;
    const auto& captures = m_exchange.match->captures;
    for (std::size_t i = 0; i < captures.size(); ++i)
        if (captures[i]) {
            pushText(state, *captures[i]);
            lua_rawseti(state, -2, static_cast<int>(i));
        }
    for (const auto& [name, text] : m_exchange.match->namedCaptures) {
        pushText(state, text);
        lua_setfield(state, -2, name.c_str());
    }
}

void pushShared(lua_State* state, const Exchange& exchange)
{
    pushValue(state, document::Value(exchange.shared));
    if (exchange.authenticatedToken.empty())
        return;
    pushText(state, exchange.authenticatedToken);
    lua_setfield(state, -2, "authenticated_jwt_token");
}

} // namespace claimsmith::gateway::lua
