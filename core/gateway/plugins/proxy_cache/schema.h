// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway::proxycache {

/// kong-plugins.md D6.1.
const Schema& schema();

} // namespace claimsmith::gateway::proxycache
