// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::http {

/// A protocol version as its two digits; 2.0 for HTTP/2 (RFC 9110 §2.5).
struct Version
{
    std::uint8_t major = 1;
    std::uint8_t minor = 1;
    friend auto operator<=>(const Version&, const Version&) = default;
};

/// One header line of a HeaderMap: views that live as long as HeaderMap says.
struct HeaderField
{
    std::string_view name;
    std::string_view value;
    friend bool operator==(const HeaderField&, const HeaderField&) = default;
};

/// Header lines in the order, spelling and number they were given; names are looked up without regard to ASCII case
/// (RFC 9110 §5.1). A value: copy, compare, move. Not for two threads at once.
///
/// Text is stored in blocks that never move: a view handed out stays valid, whatever is added, replaced or removed,
/// until clear(), assignment or destruction. A map that is cleared and filled again allocates nothing once it has
/// warmed up.
class HeaderMap final
{
public:
    HeaderMap() = default;
    HeaderMap(std::initializer_list<HeaderField> fields);
    HeaderMap(const HeaderMap& other);
    HeaderMap(HeaderMap&& other) noexcept;
    HeaderMap& operator=(const HeaderMap& other);
    HeaderMap& operator=(HeaderMap&& other) noexcept;
    ~HeaderMap() = default;

    bool empty() const noexcept { return m_fields.empty(); }

    std::size_t size() const noexcept { return m_fields.size(); }

    auto begin() const noexcept { return m_fields.begin(); }

    auto end() const noexcept { return m_fields.end(); }

    const HeaderField& operator[](std::size_t index) const noexcept { return m_fields[index]; }

    /// The value of the first line with this name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;

    /// The value of the first line with this name, or an empty text.
    std::string_view value(std::string_view name) const noexcept { return find(name).value_or(std::string_view{}); }

    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    std::size_t count(std::string_view name) const noexcept;
    /// The values of all lines with this name, in order.
    std::vector<std::string_view> values(std::string_view name) const;
    /// All values joined to one, as RFC 9110 §5.3 lets a recipient do.
    std::string joined(std::string_view name, std::string_view separator = ", ") const;
    /// Whether one of the comma-separated items of these lines is `token`, without regard to case (RFC 9110 §5.6.1).
    bool hasToken(std::string_view name, std::string_view token) const noexcept;

    /// Appends a line. Arguments may be views into this map, here and below.
    void add(std::string_view name, std::string_view value);
    /// Replaces the value of the first line in its place, spelled as `name`, and removes further ones; appends if there
    /// is none.
    void set(std::string_view name, std::string_view value);
    /// Removes every line with this name and tells how many there were.
    std::size_t remove(std::string_view name) noexcept;

    /// Removes the lines for which `predicate(const HeaderField&)` holds.
    template <class Predicate>
    std::size_t removeIf(Predicate predicate)
    {
        return std::erase_if(m_fields, predicate);
    }

    /// Empties the map and invalidates all views; keeps its memory for the next lines.
    void clear() noexcept;

    /// The same lines: order, spelling and number included.
    friend bool operator==(const HeaderMap& a, const HeaderMap& b) noexcept { return a.m_fields == b.m_fields; }

private:
    struct Block
    {
        std::unique_ptr<char[]> bytes;
        std::size_t capacity = 0;
    };

    char* reserve(std::size_t size);

    std::vector<HeaderField> m_fields;
    std::vector<Block> m_blocks; ///< text is appended to the last one
    std::size_t m_used = 0;      ///< bytes taken in the last block
};

/// What stands before the body of a request (RFC 9112 §3).
struct RequestHead
{
    std::string method; ///< as sent: methods are case-sensitive (RFC 9110 §9.1)
    std::string target; ///< as sent, usually path and query: not decoded, not normalised
    Version version = {};
    HeaderMap headers = {};

    /// The target up to its first '?'. A view into `target`.
    std::string_view path() const noexcept;
    /// What follows the first '?', without it; nothing when there is none. A view into `target`.
    std::optional<std::string_view> query() const noexcept;
    void clear() noexcept;

    friend bool operator==(const RequestHead&, const RequestHead&) = default;
};

/// What stands before the body of a response (RFC 9112 §4).
struct ResponseHead
{
    int status = 200;
    std::string reason = {}; ///< empty: the usual phrase of the status is sent
    Version version = {};
    HeaderMap headers = {};

    void clear() noexcept;

    friend bool operator==(const ResponseHead&, const ResponseHead&) = default;
};

/// A whole request as a simple server's handler gets it.
struct Request
{
    RequestHead head = {};
    Bytes body = {};
    std::string remoteAddress = {}; ///< "127.0.0.1" or "::1"
    std::uint16_t remotePort = 0;
    std::uint16_t localPort = 0;
};

/// A whole response. Content-Length, Date and Connection are the server's to add.
struct Response
{
    ResponseHead head = {};
    Bytes body = {};

    static Response make(int status, std::string_view contentType, Bytes body);
};

/// The phrase that RFC 9110 §15 gives the status, or "Unknown".
std::string_view reasonPhrase(int status) noexcept;

/// Whether `text` is a token (RFC 9110 §5.6.2), as methods and header names have to be.
bool isToken(std::string_view text) noexcept;

/// Whether a header value may go on the wire: no CR, LF or NUL in it (RFC 9110 §5.5). Other control characters are let
/// through, because gateways do.
bool isSafeHeaderValue(std::string_view text) noexcept;

} // namespace claimsmith::http
