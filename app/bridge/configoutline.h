// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {
struct EntityType;
struct PluginDescriptor;
struct Schema;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// One entity as it is written in a declarative document, valid or not. Views over what the gateway's engine accepts
/// are made from its Snapshot; this is for documents that somebody is still typing.
struct OutlineEntity
{
    const gateway::EntityType* type = nullptr; ///< never null
    std::string pointer;                       ///< in the document
    std::string parent; ///< pointer of the entity that it stands in or names ("service: api"); empty when there is none
    std::string name;   ///< what its reader calls it: name, username, key, path; never a secret, and may be empty
    std::string detail; ///< ":3000" of a service, "/api" of a route; often empty
    bool enabled = true;

    friend bool operator==(const OutlineEntity&, const OutlineEntity&) = default;
};

/// All entities of kinds that the engine knows, in the order of the document, parents before what is nested in them.
class ConfigOutline final
{
public:
    ConfigOutline() = default;
    explicit ConfigOutline(const document::Value& document);

    const std::vector<OutlineEntity>& entities() const noexcept { return m_entities; }

    /// The entity at this pointer or the nearest one that encloses it; null when none does.
    const OutlineEntity* findAt(std::string_view pointer) const noexcept;
    /// The entities whose parent is this, in order. "" gives those without one.
    std::vector<const OutlineEntity*> childrenOf(std::string_view parent) const;
    /// From the outermost entity down to the one at this pointer.
    std::vector<const OutlineEntity*> pathTo(std::string_view pointer) const;
    /// The first entity of the kind with this name or id.
    const OutlineEntity* findNamed(std::string_view type, std::string_view name) const noexcept;

private:
    std::vector<OutlineEntity> m_entities;
};

/// The schema behind an entity: its kind's, or for a plugin the one of the plugin that `name` names. Null for a plugin
/// that the engine does not know.
const gateway::Schema* schemaOf(const gateway::EntityType& type, const document::Value& entity);
/// The plugin that a plugin entity configures; null for other kinds and unknown plugins.
const gateway::PluginDescriptor* pluginOf(const gateway::EntityType& type, const document::Value& entity);

/// The name inside `${{ env "DECK_NAME" }}`, decK's way to keep a secret out of a file; nothing when `text` is no such
/// reference.
std::optional<std::string> referencedName(std::string_view text);
/// `${{ env "DECK_NAME" }}` for a name.
std::string referenceTo(std::string_view name);

/// Where the value at `pointer` of `from` stands in `to`: entities are followed by name, so that an insertion before
/// them does not matter, everything else by key and position. Null when `to` has no such entity; an absent value inside
/// a found entity gives its pointer all the same.
std::optional<std::string> counterpart(const document::Value& from, std::string_view pointer,
                                       const document::Value& to);

} // namespace claimsmith::app
