// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/entities.h"
#include "gateway/snapshot.h"
#include "gateway/snapshotbuilder.h"
#include "gateway/validation.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::declarative {

/// One entity of a document on its way to becoming an Entity.
struct Item
{
    const EntityType* type = nullptr;
    const PluginDescriptor* plugin = nullptr; ///< of a plugin entity whose name is known
    document::Object given;                   ///< as written, without what is nested in it
    document::Object fields;                  ///< with defaults
    std::string pointer;
    std::string id;           ///< set by completeItems()
    bool idIsLasting = false; ///< given or made from the name: the same at each load
    Item* parent = nullptr;   ///< the entity it is nested in
    std::string parentField;  ///< its field that refers to the parent
    std::string_view list;    ///< the member that it stands in: the name of its kind, or a short one
    std::size_t position = 0; ///< in its list, from 0
    SchemaErrors errors;      ///< of its own fields
    std::vector<std::unique_ptr<Item>> children;

    bool isSound() const noexcept; ///< it and everything nested in it
};

using Items = std::vector<std::unique_ptr<Item>>;

/// A document taken apart: entities of the top level by kind, and what is wrong with the document itself.
struct Document
{
    bool transform = true; ///< `_transform`: whether passwords are given in the clear
    Items items;
    SchemaErrors errors; ///< of top-level members that are no entity

    bool isSound() const noexcept;
};

/// Takes the document apart and validates every entity with its defaults filled in.
Document readItems(const document::Value& document, const BuildOptions& options);

/// Gives every item its id and its times, and generates keys that are missing (kong-core.md §6.4).
void completeItems(Document& document, const BuildOptions& options);
/// The lasting id of the relation between entities of these ids ("<id>:<id>").
std::string relationId(const EntityType& type, std::string_view sides);

/// Checks that ids and unique fields are, resolves references to {"id": …} and fills `entities`. Problems and Kong's
/// nested errors go into the report; true when there are none.
bool linkItems(Document& document, Entities& entities, ConfigurationReport& report);

/// The element of the list `object[name]`, both made when they are not there; null elements fill the gap.
document::Value& listAt(document::Object& object, std::string_view name, std::size_t position);

/// Writes what is wrong with the items themselves into the report in its three forms.
void reportItems(const Document& document, ConfigurationReport& report);
/// One entry of `flattened_errors`.
document::Object flatten(const Item& item, const SchemaErrors& errors);
/// A problem of one field, or of the whole item when `path` is "@entity" or empty.
Problem problemOf(const Item& item, std::string_view path, std::string message);

/// `url` of services and the like: replaced by the fields they stand for.
void expandShorthands(const EntityType& type, document::Object& fields);

/// Adds to an entity what follows from what it says: a target's port, a CA certificate's digest.
void completeFields(const EntityType& type, document::Object& fields);
/// Kong's text for a plugin that this gateway does not have.
std::string notEnabled(std::string_view plugin);

/// Rewrites route paths of formats 1.1 and 2.1, where a path with other characters was a regular expression.
void migrateRoute(document::Object& route);

/// Puts the values of `${{ env "NAME" }}` in their places. What stands without quotes in a YAML text (`plain`, by
/// pointer) is read as YAML once more, as decK does: a number becomes a number.
Result<void> resolveReferences(document::Value& document, const ReferenceResolver& resolver, const PlainValues& plain);

/// What was taken and has no effect in this gateway.
std::vector<Problem> collectNotes(const document::Value& document, const Entities& entities);

/// A list of a document, or of an entity, and the kind that it holds.
struct ListKind
{
    const EntityType* type;
    std::string_view field; ///< of the kind, that refers to the entity with the list; empty at the top
    std::string_view name;
    /// The field of a relation that refers to the other side, where elements of the list name just that: decK's
    /// `groups: [{name: gold}]` of a consumer. Otherwise empty.
    std::string_view otherSide = {};
};
/// The lists that entities of a kind can have in this edition.
const std::vector<ListKind>& listsOf(const EntityType& parent, Edition edition);

} // namespace claimsmith::gateway::declarative
