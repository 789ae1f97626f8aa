// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway {

/// What a route may and must set depends on its first protocol (kong-core.md §2.2).
CustomCheck::Errors checkRouteByProtocol(const document::Object& route);

/// Kong turns a route into an expression of its router and compiles it; what does not compile is refused with the
/// expression and the place in it.
CustomCheck::Errors checkRouteExpression(const document::Object& route);

} // namespace claimsmith::gateway
