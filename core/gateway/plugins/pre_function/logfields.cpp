// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/logfields.h"

#include "gateway/lua/sandbox.h"
#include "gateway/plugin.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/pre_function/tables.h"

#include <lua.hpp>

namespace claimsmith::gateway::functions {

using document::Value;

namespace {

void prepareField(lua_State* state)
{
    lua::pushFunctionEnvironment(state);
    addApi(state);
    lua_setfenv(state, -2);
}

std::optional<std::string> checkFunction(const Value& value)
{
    const auto problem = findProblem(*value.asString());
    return problem ? std::optional("Error parsing function: " + *problem) : std::nullopt;
}

/// What one function returns; no value when it returns nothing.
Value evaluate(const std::shared_ptr<const lua::Chunk>& chunk)
{
    lua::State& state = lua::State::ofThread();
    auto error = state.push(chunk);
    if (!error)
        error = state.call(0, 1);
    if (error)
        throw Fault{*error};
    Value value = readValue(state.handle(), lua_gettop(state.handle()));
    lua_pop(state.handle(), 1);
    return value;
}

} // namespace

LogFields::LogFields(const Value& config)
{
    const Value* fields = config.find("custom_fields_by_lua");
    if (!fields || !fields->asObject())
        return;
    for (const auto& [name, code] : *fields->asObject())
        if (const std::string* source = code.asString())
            m_fields.emplace_back(name, std::make_shared<const lua::Chunk>(lua::Chunk{*source, *source, prepareField}));
}

void LogFields::apply(Exchange& exchange) const
{
    if (m_fields.empty())
        return;
    Call call(exchange, Phase::Log);
    for (const auto& [name, chunk] : m_fields)
        exchange.logFields.set(name, evaluate(chunk));
    saveShared(lua::State::ofThread(), call);
}

Field logFieldsField()
{
    return mapField("custom_fields_by_lua", stringField().length(1, std::nullopt),
                    stringField().as(Format::MultiLine).length(1, std::nullopt).check(checkFunction))
        .describe("Lua code as a key-value map");
}

} // namespace claimsmith::gateway::functions
