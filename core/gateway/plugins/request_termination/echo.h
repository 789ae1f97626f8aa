// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/exchange.h"

#include <string_view>

namespace claimsmith::gateway {

/// What request-termination tells with `echo`: the request as the gateway sees it, the route and the service. An empty
/// message is left out.
document::Value describeRequest(const Exchange& exchange, std::string_view message);

} // namespace claimsmith::gateway
