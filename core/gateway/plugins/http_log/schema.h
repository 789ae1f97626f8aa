// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway::httplog {

const Schema& schema();

} // namespace claimsmith::gateway::httplog
