// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"

namespace claimsmith::cli {

/// Status line, headers, an empty line and the body as it came; on a terminal the body ends its line.
Result<void> writeResponse(const http::ClientResponse& response);

/// One JSON object: method, url, status, reason, version, headers (a list, since names may repeat), body (or
/// body_base64 when it is not UTF-8), body_size, remote_address, and timings in microseconds since the start.
Result<void> writeResponseAsJson(const http::ClientResponse& response);

} // namespace claimsmith::cli
