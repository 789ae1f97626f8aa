// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"
#include "gateway/admin/listing.h"

#include <string_view>
#include <variant>

namespace claimsmith::gateway::admin {

/// Paths of a kind's collection in the Admin API, by itself and under what it belongs to.
std::string_view pathOf(const EntityType& type) noexcept;
std::string_view nestedPathOf(const EntityType& type) noexcept;

/// The entity that a part of the path names, by id or lookup key; null when there is none, or the answer that says why
/// there can't be one.
using Found = std::variant<const Entity*, http::Response>;
Found findEntity(const Call& call, const EntityType& type, std::string_view key);

/// A kind that belongs to entities of another one by one of its fields.
struct Belonging
{
    const EntityType* parent;
    const EntityType* child;
    const Field* field; ///< of the child
};

/// The parent that the path names, and its child when the path names one. Both are null, or the answer says why, when
/// the path leads nowhere.
struct Family
{
    const Entity* parent = nullptr;
    const Entity* child = nullptr;
    std::optional<http::Response> answer = {};
};
Family findFamily(const Call& call, const Belonging& belonging);

/// Newest first, one of each address: the targets that count.
Rows currentTargets(Rows targets);

/// The members of a consumer group, by id.
Rows membersOf(const Call& call, const Entity& group);

http::Response readCollection(const Call& call, const EntityType& type);
http::Response readEntity(const Call& call, const EntityType& type);
http::Response readNestedCollection(const Call& call, const Belonging& belonging);
http::Response readNestedEntity(const Call& call, const Belonging& belonging);
/// What the entity's field refers to.
http::Response readReferred(const Call& call, const EntityType& type, const Field& field);

} // namespace claimsmith::gateway::admin
