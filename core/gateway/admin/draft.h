// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"

#include <optional>

namespace claimsmith::gateway::admin {

/// A change of the configuration in the making: every entity with its id, and what is written on top.
class Draft final
{
public:
    explicit Draft(const Call& call);

    /// Adds the entity, or replaces the one with its id.
    void put(const EntityType& type, document::Object fields);
    void remove(const EntityType& type, std::string_view id);

    /// Builds the new configuration and applies it; the answer when it can't be built. The call then sees the new one.
    std::optional<http::Response> commit(Call& call);

private:
    document::Array& listOf(const EntityType& type);

    document::Object m_document;
};

/// Why the entity can't be written: an id or another unique value that is taken, a reference that leads nowhere.
/// Nothing when it can. `current` is the entity that it replaces.
std::optional<http::Response> findConflict(const Call& call, const EntityType& type, const document::Object& fields,
                                           const Entity* current);
/// Why the entity can't be removed: what refers to it and does not go with it.
std::optional<http::Response> findUse(const Call& call, const Entity& entity);
/// Removes the entity and what goes with it.
void removeWithDependents(const Call& call, const Entity& entity, Draft& draft);

} // namespace claimsmith::gateway::admin
