// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway::responseratelimiting {

const Schema& schema();

} // namespace claimsmith::gateway::responseratelimiting
