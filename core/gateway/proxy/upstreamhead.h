// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"

#include <cstdint>
#include <optional>
#include <string>

namespace claimsmith::gateway {

/// Writes the head of the upstream request (kong-core.md §4.2): what route and plugins made of the client's headers,
/// without what belongs to the client's connection, with what a gateway adds. `bodyLength`: the body's size, nothing
/// for no body at all. Appends to `out`.
void writeUpstreamHead(std::string& out, const Exchange& exchange, std::optional<std::uint64_t> bodyLength);

/// Whether the client asks for a WebSocket (kong-core.md §4.7).
bool asksForWebSocket(const http::HeaderMap& headers) noexcept;

} // namespace claimsmith::gateway
