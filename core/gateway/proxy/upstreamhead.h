// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "http/wire/framing.h"

#include <string>

namespace claimsmith::gateway {

struct Settings;

/// Writes the head of the upstream request (kong-core.md §4.2): what route and plugins made of the client's headers,
/// without what belongs to the client's connection, with what a gateway adds. Appends to `out`.
void writeUpstreamHead(std::string& out, const Exchange& exchange, http::BodyFraming body, const Settings& settings);

/// The name in the Host header that the upstream gets, without port and brackets: what is asked for under TLS.
std::string upstreamServerName(const UpstreamRequest& upstream);

/// Whether the client asks for a WebSocket (kong-core.md §4.7).
bool asksForWebSocket(const http::HeaderMap& headers) noexcept;

} // namespace claimsmith::gateway
