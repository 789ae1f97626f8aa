// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "document/value.h"
#include "http/message.h"

#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// The status of an answer that is none: nothing is sent and the connection is closed, as by Kong's web server. An
/// Answer may have it, and a plugin's headerFilter() may set it.
inline constexpr int hangUpStatus = 444;

/// A whole response that the gateway makes itself. The proxy adds Content-Length, Date, Server and the request id, and
/// leaves the body out for HEAD.
struct Answer
{
    int status = 200;
    http::HeaderMap headers;
    Bytes body;
    /// A response of the upstream that was kept: it counts as proxied, and gets the headers of one.
    bool isProxied = false;
};

/// Kong has three generators of answers (kong-core.md §4.4); which one is used is visible to the client.

/// "exit": compact JSON as Kong's cjson writes it ("/" escaped), no negotiation, no request id. jwt,
/// request-termination, Admin API.
Answer exitAnswer(int status, const document::Value& body);
/// "exit" without a body.
Answer exitAnswer(int status);

/// "error": type negotiated from the client's Accept lines, JSON when there is none; the body names the request id.
/// Router, balancer, key-auth and most plugins. An empty message stands for the default of the status.
Answer errorAnswer(const http::HeaderMap& clientHeaders, std::string_view requestId, int status,
                   std::string_view message = {});

/// "nginx error page": like errorAnswer, but without Accept the request's own Content-Type decides, then text/plain.
/// Upstream failures and malformed requests.
Answer errorPage(const http::HeaderMap& clientHeaders, std::string_view requestId, int status,
                 std::string_view message = {});

/// The text that "error" gives a status when nobody said more: 401 → "Unauthorized".
std::string_view defaultMessage(int status) noexcept;

} // namespace claimsmith::gateway
