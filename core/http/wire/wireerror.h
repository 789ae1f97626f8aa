// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace claimsmith::http {

/// What can be wrong with a message on the wire (RFC 9112). Each is a reason to refuse the message and close the
/// connection: nothing here is guessed at, because two readers that guess differently are how requests get smuggled.
enum class WireErrorCode {
    BadRequestLine,
    BadMethod,          ///< other than upper-case letters, '-' and '_'
    BadTarget,          ///< neither a path nor an absolute http(s) URL, or with control characters
    BadVersion,         ///< not "HTTP/d.d"
    UnsupportedVersion, ///< neither 1.0 nor 1.x
    BadStatusLine,
    BadHeaderName,  ///< not a token, or white space before the colon
    BadHeaderValue, ///< CR or NUL inside
    FoldedHeader,   ///< a line that begins with white space (RFC 9112 §5.2)
    TargetTooLong,
    HeadTooLarge, ///< one header line or all of them, or too many
    NoHost,       ///< HTTP/1.1 without Host (RFC 9112 §3.2)
    SeveralHosts,
    BadHost,
    RepeatedHeader,     ///< a header that may stand there once stands there twice
    BadContentLength,   ///< not one decimal number, or several lines
    LengthAndCoding,    ///< both Content-Length and Transfer-Encoding (RFC 9112 §6.3)
    UnsupportedCoding,  ///< a Transfer-Encoding other than "chunked"
    CodingInOldVersion, ///< Transfer-Encoding in HTTP/1.0
    BadChunk,           ///< a chunk size that is no number, or data that does not end where it should
    TooMuchTrailer,
    BadTrailer, ///< a line behind the last chunk that is no header line
    BodyTooLarge,
    TruncatedMessage, ///< the connection ended inside the message
    TimedOut,         ///< nothing came for too long
};
const ErrorDomain& errorDomain(WireErrorCode) noexcept;

/// The status that a server answers a request with that has this fault.
int statusOf(WireErrorCode code) noexcept;

} // namespace claimsmith::http
