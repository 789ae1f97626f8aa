// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"
#include "gateway/validation.h"

#include <optional>
#include <variant>

namespace claimsmith::gateway {
struct PluginDescriptor;
} // namespace claimsmith::gateway

namespace claimsmith::gateway::admin {

/// The body of a request as an object.
struct Arguments
{
    document::Object values;
    bool isTyped = true; ///< JSON; texts of forms still have to become what the schema asks for
};

/// Reads JSON, forms and multipart bodies (kong-admin-deck.md §1.3); the answer says why it can't.
std::variant<Arguments, http::Response> readArguments(const http::Request& request);

/// What a form means by its names: "config.a", "hosts[]", "hosts[1]", names that repeat.
document::Object nestArguments(const http::QueryArguments& form);
/// Texts become numbers, booleans, lists and null where the schema asks for that; others stay, for validate() to find.
document::Object inferTypes(const std::vector<Field>& fields, document::Object values);

/// Now, as the times of a kind are written.
document::Value timeFor(const EntityType& type);

/// An entity that is about to be written.
struct Input
{
    const Schema* schema = nullptr; ///< null for a plugin that is not known
    document::Object fields;        ///< with ids, times and defaults
    SchemaErrors errors;
};

/// As POST and PUT take it: everything that is not given gets its default.
Input prepareInsert(const Call& call, const EntityType& type, Arguments arguments);
/// As PATCH takes it: what is not given stays.
Input prepareUpdate(const Call& call, const Entity& current, Arguments arguments);

} // namespace claimsmith::gateway::admin
