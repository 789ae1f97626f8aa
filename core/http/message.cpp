// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace claimsmith::http {
namespace {

constexpr std::size_t firstBlock = 1024;
constexpr std::size_t largestKeptBlock = 16 * 1024;

std::string_view copyTo(char* place, std::string_view text) noexcept
{
    if (!text.empty())
        std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
}

} // namespace

HeaderMap::HeaderMap(std::initializer_list<HeaderField> fields)
{
    for (const HeaderField& field : fields)
        add(field.name, field.value);
}

HeaderMap::HeaderMap(const HeaderMap& other)
{
    std::size_t bytes = 0;
    for (const HeaderField& field : other)
        bytes += field.name.size() + field.value.size();
    m_fields.reserve(other.size());
    char* place = bytes == 0 ? nullptr : reserve(bytes);
    for (const HeaderField& field : other) {
        const std::string_view name = copyTo(place, field.name);
        const std::string_view value = copyTo(place + field.name.size(), field.value);
        place += field.name.size() + field.value.size();
        m_fields.push_back({name, value});
    }
}

HeaderMap::HeaderMap(HeaderMap&& other) noexcept
    : m_fields(std::move(other.m_fields)), m_blocks(std::move(other.m_blocks)), m_used(std::exchange(other.m_used, 0))
{
    other.m_fields.clear();
    other.m_blocks.clear();
}

HeaderMap& HeaderMap::operator=(const HeaderMap& other)
{
    if (this != &other) {
        clear();
        for (const HeaderField& field : other)
            add(field.name, field.value);
    }
    return *this;
}

HeaderMap& HeaderMap::operator=(HeaderMap&& other) noexcept
{
    std::swap(m_fields, other.m_fields);
    std::swap(m_blocks, other.m_blocks);
    std::swap(m_used, other.m_used);
    other.clear();
    return *this;
}

std::optional<std::string_view> HeaderMap::find(std::string_view name) const noexcept
{
    for (const HeaderField& field : m_fields) {
        if (field.name.size() == name.size() && equalIgnoringCase(field.name, name))
            return field.value;
    }
    return std::nullopt;
}

std::size_t HeaderMap::count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_fields, [name](const HeaderField& field) { return equalIgnoringCase(field.name, name); }));
}

std::vector<std::string_view> HeaderMap::values(std::string_view name) const
{
    std::vector<std::string_view> result;
    for (const HeaderField& field : m_fields) {
        if (equalIgnoringCase(field.name, name))
            result.push_back(field.value);
    }
    return result;
}

std::string HeaderMap::joined(std::string_view name, std::string_view separator) const
{
    std::string result;
    bool first = true;
    for (const HeaderField& field : m_fields) {
        if (!equalIgnoringCase(field.name, name))
            continue;
        if (!std::exchange(first, false))
            result += separator;
        result += field.value;
    }
    return result;
}

bool HeaderMap::hasToken(std::string_view name, std::string_view token) const noexcept
{
    for (const HeaderField& field : m_fields) {
        if (!equalIgnoringCase(field.name, name))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            if (equalIgnoringCase(trimmed(rest.substr(0, comma)), token))
                return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

void HeaderMap::add(std::string_view name, std::string_view value)
{
    char* const place = reserve(name.size() + value.size());
    const std::string_view storedName = copyTo(place, name);
    const std::string_view storedValue = copyTo(place + name.size(), value);
    m_fields.push_back({storedName, storedValue});
}

void HeaderMap::set(std::string_view name, std::string_view value)
{
    const auto isNamed = [name](const HeaderField& field) { return equalIgnoringCase(field.name, name); };
    const auto first = std::ranges::find_if(m_fields, isNamed);
    if (first == m_fields.end()) {
        add(name, value);
        return;
    }
    char* const place = reserve(name.size() + value.size());
    const std::string_view storedName = copyTo(place, name);
    const std::string_view storedValue = copyTo(place + name.size(), value);
    *first = {storedName, storedValue};
    m_fields.erase(std::remove_if(first + 1, m_fields.end(), isNamed), m_fields.end());
}

std::size_t HeaderMap::remove(std::string_view name) noexcept
{
    return std::erase_if(m_fields, [name](const HeaderField& field) { return equalIgnoringCase(field.name, name); });
}

void HeaderMap::clear() noexcept
{
    m_fields.clear();
    m_used = 0;
    if (m_blocks.size() > 1) {
        // The last block is the largest one.
        std::swap(m_blocks.front(), m_blocks.back());
        m_blocks.resize(1);
    }
    if (!m_blocks.empty() && m_blocks.front().capacity > largestKeptBlock)
        m_blocks.clear();
}

char* HeaderMap::reserve(std::size_t size)
{
    if (m_blocks.empty() || m_blocks.back().capacity - m_used < size) {
        const std::size_t doubled = m_blocks.empty() ? firstBlock : m_blocks.back().capacity * 2;
        const std::size_t capacity = std::max(doubled, size);
        m_blocks.push_back({std::unique_ptr<char[]>(new char[capacity]), capacity});
        m_used = 0;
    }
    char* const place = m_blocks.back().bytes.get() + m_used;
    m_used += size;
    return place;
}

std::string_view RequestHead::path() const noexcept
{
    return std::string_view(target).substr(0, target.find('?'));
}

std::optional<std::string_view> RequestHead::query() const noexcept
{
    const std::size_t mark = target.find('?');
    if (mark == std::string::npos)
        return std::nullopt;
    return std::string_view(target).substr(mark + 1);
}

void RequestHead::clear() noexcept
{
    method.clear();
    target.clear();
    version = {};
    headers.clear();
}

void ResponseHead::clear() noexcept
{
    status = 200;
    reason.clear();
    version = {};
    headers.clear();
}

Response Response::make(int status, std::string_view contentType, Bytes body)
{
    Response response;
    response.head.status = status;
    if (!contentType.empty())
        response.head.headers.add("Content-Type", contentType);
    response.body = std::move(body);
    return response;
}

std::string_view reasonPhrase(int status) noexcept
{
    struct Phrase
    {
        int status;
        std::string_view text;
    };

    // RFC 9110 §15, and the registered statuses of RFC 4918, 6585, 7725, 8297, 8470.
    static constexpr std::array phrases = std::to_array<Phrase>({
        {100, "Continue"},
        {101, "Switching Protocols"},
        {102, "Processing"},
        {103, "Early Hints"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {203, "Non-Authoritative Information"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {207, "Multi-Status"},
        {208, "Already Reported"},
        {226, "IM Used"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {305, "Use Proxy"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {418, "I'm a Teapot"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {423, "Locked"},
        {424, "Failed Dependency"},
        {425, "Too Early"},
        {426, "Upgrade Required"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {506, "Variant Also Negotiates"},
        {507, "Insufficient Storage"},
        {508, "Loop Detected"},
        {510, "Not Extended"},
        {511, "Network Authentication Required"},
    });
    const auto found = std::ranges::lower_bound(phrases, status, {}, &Phrase::status);
    return found != phrases.end() && found->status == status ? found->text : std::string_view("Unknown");
}

bool isToken(std::string_view text) noexcept
{
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool isSafeHeaderValue(std::string_view text) noexcept
{
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

} // namespace claimsmith::http
