// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/customlogfields.h"

#include "document/json.h"

namespace claimsmith::gateway {

using document::Value;

namespace {

std::optional<std::string> checkCode(const Value& value)
{
    const auto problem = functions::findProblem(*value.asString());
    return problem ? std::optional("Error parsing function: " + *problem) : std::nullopt;
}

/// Code that sets each field to what the user's code returns.
std::vector<std::string> sourcesOf(const Value& config)
{
    std::vector<std::string> sources;
    const Value* const fields = config.find("custom_fields_by_lua");
    if (fields && fields->asObject())
        for (const auto& [name, code] : *fields->asObject())
            if (code.asString())
                sources.push_back("kong.log.set_serialize_value(" + document::toJsonString(name) + ", (function() " +
                                  *code.asString() + "\n end)())");
    return sources;
}

} // namespace

Field customLogFieldsField()
{
    return mapField("custom_fields_by_lua", stringField().length(1, std::nullopt),
                    stringField().length(1, std::nullopt).check(checkCode).as(Format::MultiLine))
        .hint("More fields of the record: names, and Lua code that returns the value.");
}

CustomLogFields::CustomLogFields(const Value& config) : m_script(sourcesOf(config)) {}

void CustomLogFields::addTo(Exchange& exchange) const
{
    if (m_script.empty())
        return;
    functions::Call call(exchange, Phase::Log);
    m_script.run(call);
}

} // namespace claimsmith::gateway
