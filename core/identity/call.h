// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/parameters.h"
#include "identity/realm.h"
#include "identity/requestlog.h"

#include <cstdint>

namespace claimsmith::identity {

/// A request on its way through one endpoint. Everything outlives it.
struct Call
{
    Realm& realm;
    const http::Request& request;
    const std::int64_t now;      ///< Unix seconds by the provider's clock
    const Parameters parameters; ///< of the form for POST, of the query otherwise
    LogEntry& log;

    bool isPost() const noexcept { return request.head.method == "POST"; }
};

} // namespace claimsmith::identity
