// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "http/message.h"

#include <cstdint>

namespace claimsmith::gateway::proxycache {

/// What the table of SharedState keeps.
struct StoredResponse
{
    int status = 200;
    http::HeaderMap headers; ///< as they went to the client, without what belongs to the connection
    Bytes body;
    Bytes requestBody;
    std::int64_t time = 0; ///< when it was stored, Unix seconds
    std::int64_t ttl = 0;  ///< seconds that it lives
};

} // namespace claimsmith::gateway::proxycache
