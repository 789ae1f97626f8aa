// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/lua/state.h"
#include "http/query.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::lua {

/// What templates see of one request: `headers`, `query_params`, `uri_captures`, `shared`. Each is read when it is
/// first asked for and stays as it was then, whatever happens to the request. One object for all templates of one
/// plugin's turn; the exchange has to outlive it.
class TemplateValues final
{
public:
    explicit TemplateValues(Exchange& exchange) noexcept : m_exchange(exchange) {}

    TemplateValues(const TemplateValues&) = delete;
    TemplateValues& operator=(const TemplateValues&) = delete;

    /// What a look-up gives: nothing, a text, a flag (an argument without a value), or several values.
    struct Found
    {
        enum class Kind { Nothing, Text, Flag, Several };
        Kind kind = Kind::Nothing;
        std::string_view text = {};
    };

    /// By Kong's rule: the name as it is among the lower-case names, else in lower case with "-" for "_".
    Found header(std::string_view name);
    Found argument(std::string_view name);
    /// By name, or by index when the name is a number.
    Found capture(std::string_view name) const;

    const http::QueryArguments& arguments();

    /// Pushes the table whose fields templates see as globals.
    void pushEnvironment(State& state);

private:
    const std::vector<http::HeaderField>& headers();

    static int loadField(lua_State* state);
    void pushHeaders(lua_State* state);
    void pushArguments(lua_State* state);
    void pushCaptures(lua_State* state) const;

    Exchange& m_exchange;
    std::optional<std::vector<http::HeaderField>> m_headers; ///< views that stay valid (HeaderMap)
    std::optional<http::QueryArguments> m_arguments;
    Kept m_environment;
};

/// Pushes what plugins left for each other, as a new table: kong.ctx.shared.
void pushShared(lua_State* state, const Exchange& exchange);

} // namespace claimsmith::gateway::lua
