// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"

#include <optional>

namespace claimsmith::gateway::admin {

/// Why a plugin of these fields can't stand where they put it: its route, or every route of its service, allows none of
/// its protocols (kong-plugins.md A2). Kong looks before it looks at anything else, and only at protocols that are
/// given.
std::optional<http::Response> findProtocolConflict(const Call& call, const document::Object& plugin);

} // namespace claimsmith::gateway::admin
