// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/plugins/pre_function/call.h"
#include "gateway/schema.h"

namespace claimsmith::gateway {

/// `custom_fields_by_lua` of the plugins that log: names, and Lua code that returns the value.
Field customLogFieldsField();

/// The code of a configuration, made ready.
class CustomLogFields final
{
public:
    explicit CustomLogFields(const document::Value& config);

    /// Sets the fields of the log record of the exchange; for the log phase. Throws Fault when the code fails.
    void addTo(Exchange& exchange) const;

private:
    functions::Script m_script;
};

} // namespace claimsmith::gateway
