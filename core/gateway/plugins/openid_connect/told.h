// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/plugins/openid_connect/authentication.h"

namespace claimsmith::gateway::openidconnect {

/// Writes what the configuration wants upstream and client to be told of the caller (kong-plugins.md I1.5).
void tell(Exchange& exchange, const Settings& settings, const Caller& caller, ResponseHeaders& headers);

} // namespace claimsmith::gateway::openidconnect
