// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"
#include "gateway/admin/reading.h"

namespace claimsmith::gateway::admin {

/// Writes of entities (kong-admin-deck.md §1.4). Without AdminContext::writes everything is checked as far as a Kong
/// without a database checks it, and then refused with 405. Otherwise the configuration is built anew with the change
/// and applied as a whole, or nothing happens.
http::Response createEntity(const Call& call, const EntityType& type);
http::Response putEntity(const Call& call, const EntityType& type);
http::Response patchEntity(const Call& call, const EntityType& type);
http::Response deleteEntity(const Call& call, const EntityType& type);

http::Response createNested(const Call& call, const Belonging& belonging);
http::Response putNested(const Call& call, const Belonging& belonging);
http::Response patchNested(const Call& call, const Belonging& belonging);
http::Response deleteNested(const Call& call, const Belonging& belonging);

/// Of what the entity's field refers to: "/routes/{routes}/service".
http::Response putReferred(const Call& call, const EntityType& type, const Field& field);
http::Response patchReferred(const Call& call, const EntityType& type, const Field& field);
http::Response deleteReferred(const Call& call, const EntityType& type, const Field& field);

} // namespace claimsmith::gateway::admin
