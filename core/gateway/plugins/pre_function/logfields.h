// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/lua/state.h"
#include "gateway/schema.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace claimsmith::gateway::functions {

/// `custom_fields_by_lua` of the plugins that log: each function gives the value of one field of the record, nothing
/// takes the field out. Functions see what those of pre-function see in the log phase (README.md).
class LogFields final
{
public:
    /// From a plugin's validated configuration.
    explicit LogFields(const document::Value& config);

    /// Adds the fields to exchange.logFields. Throws Fault with Lua's message.
    void apply(Exchange& exchange) const;

private:
    std::vector<std::pair<std::string, std::shared_ptr<const lua::Chunk>>> m_fields;
};

/// The setting's field of a schema.
Field logFieldsField();

} // namespace claimsmith::gateway::functions
