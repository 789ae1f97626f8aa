// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

namespace claimsmith::gateway {
class Entities;
} // namespace claimsmith::gateway

namespace claimsmith::gateway::declarative {

/// All entities as a document that can be loaded again with the same result, ids and times included: flat lists,
/// references as ids, passwords as the digests that they are (`_transform` is false), nulls written out.
document::Object dumpEntities(const Entities& entities);

} // namespace claimsmith::gateway::declarative
