// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/trace.h"
#include "http/client/client.h"

#include <string_view>
#include <vector>

namespace claimsmith::runner {

/// What came of a request, as the value that expectations are compared with:
///
///     {"status": 401,
///      "headers": {"content-type": "…", …},    names in lower case, lines of one name joined with ", "
///      "body": …,                              JSON as it is, anything else as text; null when there is none
///      "findings": ["jwt.signature", …],       checks that failed, of all steps
///      "answeredBy": "jwt",                    plugin that ended the request; null when none did
///      "route": …, "service": …,               names; null when there is none
///      "consumer": …, "anonymous": false,
///      "upstream": {"method", "path", "headers"}}   as the upstream got it; null when it got nothing
///
/// Without a trace, as for a request that does not go through the gateway, all from "findings" on are missing.
document::Value outcome(const http::ClientResponse& response, const gateway::Trace* trace);

/// The names above.
const std::vector<std::string_view>& outcomeMembers();

} // namespace claimsmith::runner
