// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/wire/wireerror.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace claimsmith::http {

/// Why there is a parser of our own: Beast's joins folded lines, and refuses what gateways let through (lines ended by
/// a bare LF, RFC 9112 §2.2; header names that nginx drops); a gateway that rehearses another one has to decide each of
/// these itself, with one code per reason. It is small, works on one contiguous buffer and keeps no state.

/// What a reader lets pass and where it stops.
struct HeadRules
{
    std::size_t maximumLine = 8 * 1024;  ///< bytes of the request line or of one header line, with its line end
    std::size_t maximumHead = 32 * 1024; ///< bytes of everything up to the empty line
    /// As nginx and so Kong reads heads. Names: a line without a colon is a header without a value, and a header whose
    /// name has other characters than letters, digits, '-' and '_' is dropped; otherwise both are refused. Host may be
    /// nearly anything, a path not everything (target.h).
    bool asNginx = false;
    /// Whether an absolute target's host replaces the Host line (RFC 9112 §3.2.2). nginx leaves the line to those who
    /// look at headers and takes the host from the target for itself.
    bool hostFromTarget = true;
    bool allowsAsterisk = true; ///< "OPTIONS *" (RFC 9112 §3.2.4)
    /// Headers that are refused when they come twice, beyond Host, Content-Length and Transfer-Encoding.
    std::span<const std::string_view> singletons = {};
    std::size_t maximumLines = 1000; ///< header lines; what is done for each of them must not add up
};

enum class HeadState { Complete, Incomplete, Failed };

struct HeadResult
{
    HeadState state = HeadState::Incomplete;
    std::size_t size = 0; ///< Complete: bytes up to the body. Failed: offset of the fault
    WireErrorCode error = WireErrorCode::BadRequestLine; ///< Failed only
    std::string_view targetHost = {}; ///< of an absolute target: host and port, a view into the input
};

/// Reads the head of a request from the front of `input`; leading empty lines are skipped (RFC 9112 §2.2). An absolute
/// target becomes its path and query, and what its host becomes is the rules' to say. Host is checked; framing is not
/// (framing.h). Call it again with more input when it is incomplete. `head` is cleared first; after a failure it holds
/// what came before the fault.
HeadResult parseRequestHead(std::string_view input, const HeadRules& rules, RequestHead& head);

/// What is checked of a request beyond its lines, for heads that come as fields (RFC 9113 §8.3): method, target, Host,
/// and headers that stand there twice.
std::optional<WireErrorCode> checkRequestHead(RequestHead& head, const HeadRules& rules);

/// The same for a response. Lines without a colon and names that are no tokens are refused.
HeadResult parseResponseHead(std::string_view input, const HeadRules& rules, ResponseHead& head);

} // namespace claimsmith::http
