// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"

#include <vector>

namespace claimsmith::gateway::admin {

using Rows = std::vector<const Entity*>;

/// All entities of a kind by id.
Rows sortedRows(const Entities& entities, std::string_view type);

/// One entity as the Admin API shows it.
document::Object shown(const Entity& entity, const Entities& entities);

/// A page of a whole collection (kong-admin-deck.md §1.5): rows by id, filtered by the tags that the query asks for.
http::Response listCollection(const Call& call, const Rows& rows);
/// A page of what belongs to an entity: no filter, and the next page's address says neither size nor tags.
http::Response listNested(const Call& call, const Rows& rows);

} // namespace claimsmith::gateway::admin
