// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/recipejson.h"

#include "document/json.h"

namespace claimsmith::app {

using document::Object;
using document::Value;

Object recipeObject(std::string_view json)
{
    auto value = document::parseJson(json, {.allowDuplicateKeys = true});
    return value.hasValue() && value->asObject() != nullptr ? *value->asObject() : Object();
}

std::string payloadText(const Object& payload)
{
    return document::toJson(Value(payload), {.indent = 2});
}

std::string headerText(const Object& header)
{
    return document::toJson(Value(header));
}

} // namespace claimsmith::app
