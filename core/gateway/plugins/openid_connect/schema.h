// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway::openidconnect {

/// All of Kong 3.9's fields, in its order, with its defaults and old names.
const Schema& schema();

} // namespace claimsmith::gateway::openidconnect
