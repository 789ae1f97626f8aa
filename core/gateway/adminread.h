// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answer.h"
#include "gateway/snapshot.h"

#include <optional>
#include <string_view>

namespace claimsmith::gateway {

/// Answers what the Admin API is asked about entities (kong-admin-deck.md §1.4, §1.5, §2.1): `/services`,
/// `/services/{id or name}`, `/services/{…}/routes`, `/services/{…}/routes/{…}` and `/routes/{…}/service`. Nothing when
/// the path names no collection. A page is cut where `size` says; `offset` is opaque. Reads only, any thread.
std::optional<Answer> readEntities(const Snapshot& snapshot, std::string_view path, std::string_view query);

} // namespace claimsmith::gateway
