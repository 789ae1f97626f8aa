// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/wire/wireerror.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

namespace claimsmith::http {

/// How the end of a body is known (RFC 9112 §6).
struct BodyFraming
{
    enum class Kind {
        None,       ///< there is no body, and no header speaks of one
        Length,     ///< Content-Length
        Chunked,    ///< Transfer-Encoding: chunked
        UntilClose, ///< the connection ends with it; responses only
    };
    Kind kind = Kind::None;
    std::uint64_t length = 0; ///< Length only

    bool isEmpty() const noexcept { return kind == Kind::None || (kind == Kind::Length && length == 0); }

    friend bool operator==(const BodyFraming&, const BodyFraming&) = default;
};

/// The framing of a request's body (RFC 9112 §6.3), or why it is refused. Strict: one Content-Length line with one
/// number, or one Transfer-Encoding that is "chunked" in HTTP/1.1, never both.
std::variant<BodyFraming, WireErrorCode> requestFraming(const RequestHead& head) noexcept;

/// The framing of the answer to a request with this method. HEAD, 1xx, 204 and 304 have no body whatever the headers
/// say.
std::variant<BodyFraming, WireErrorCode> responseFraming(const ResponseHead& head,
                                                         std::string_view requestMethod) noexcept;

/// Whether the sender of a message with this version and these headers keeps the connection open (RFC 9112 §9.3).
bool isPersistent(Version version, const HeaderMap& headers) noexcept;

/// Takes a chunked body (RFC 9112 §7.1) apart, piece by piece. Extensions and trailers are checked
/// and read over: a trailer that became a header could say what no check has seen (RFC 9110 §6.5.1). Lines have to end
/// in CRLF, and data exactly where its size says.
class ChunkDecoder final
{
public:
    enum class State {
        Data,     ///< `data` is the next piece of the body: a view into the input
        NeedMore, ///< all input that could be used was; call again with what was left and more behind it
        End,      ///< the body is complete; what is left belongs to the next message
        Failed,
    };

    struct Step
    {
        State state = State::NeedMore;
        std::string_view data = {};
        WireErrorCode error = WireErrorCode::BadChunk;
    };

    /// Takes what it uses off the front of `input`.
    Step next(std::string_view& input) noexcept;

    static constexpr std::size_t maximumLine = 1024;    ///< bytes of a size line with its extensions
    static constexpr std::size_t maximumTrailer = 8192; ///< bytes of all trailer lines

private:
    enum class Part { Size, Data, DataEnd, Trailer, Done };

    Step readSize(std::string_view& input) noexcept;
    Step readTrailer(std::string_view& input) noexcept;

    Part m_part = Part::Size;
    std::uint64_t m_left = 0;
    std::size_t m_trailer = 0;
};

} // namespace claimsmith::http
