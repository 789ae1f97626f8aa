// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <string>

namespace claimsmith::http {

/// Appends messages as they go on the wire (RFC 9112) to `out`, so that one buffer serves a whole connection. What
/// would break the framing can't be written: CR, LF and NUL in texts become percent triplets, as in OpenResty, in
/// targets every control character and space, and lines whose name is no token are left out.

void appendRequestLine(std::string& out, std::string_view method, std::string_view target);
/// A part of a request line's target.
void appendTarget(std::string& out, std::string_view target);
void appendStatusLine(std::string& out, int status, std::string_view reason);
void appendHeader(std::string& out, std::string_view name, std::string_view value);
/// A value alone, made safe as in a line.
void appendValue(std::string& out, std::string_view value);
void appendHeaders(std::string& out, const HeaderMap& headers);

/// "1a\r\n": what stands before the data of a chunk. `size` must not be 0: that ends the body.
void appendChunkSize(std::string& out, std::size_t size);
inline constexpr std::string_view chunkEnd = "\r\n";
inline constexpr std::string_view lastChunk = "0\r\n\r\n";

} // namespace claimsmith::http
