// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/target.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace claimsmith::http {
namespace {

constexpr bool isLetterOrDigit(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr bool isControlOrSpace(char c) noexcept
{
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

bool isPort(std::string_view text) noexcept
{
    return text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isIpv6(std::string_view text) noexcept
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return isLetterOrDigit(c) || c == ':' || c == '.' || c == '%'; });
}

bool isName(std::string_view text) noexcept
{
    static constexpr std::string_view excluded = "/\\?#@\"<>[]";
    return !text.empty() && text.front() != '.' && text.find("..") == std::string_view::npos &&
           std::ranges::none_of(
               text, [](char c) { return isControlOrSpace(c) || excluded.find(c) != std::string_view::npos; });
}

/// Up to the first colon that is none of an address in brackets, and without a final dot.
std::string_view hostAlone(std::string_view text) noexcept
{
    std::string_view host = text.substr(0, text.find(':'));
    if (text.starts_with('['))
        host = text.substr(0, std::min(text.find(']'), text.size() - 1) + 1);
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

std::optional<unsigned> hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    const char lower = toLower(c);
    return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a' + 10)) : std::nullopt;
}

/// Takes the next character off the front, a triplet as what it stands for; nothing when it is a broken one or zero.
std::optional<char> takeCharacter(std::string_view& rest) noexcept
{
    const char c = rest.front();
    if (c != '%') {
        rest.remove_prefix(1);
        return c;
    }
    const auto high = rest.size() > 2 ? hexDigit(rest[1]) : std::nullopt;
    const auto low = rest.size() > 2 ? hexDigit(rest[2]) : std::nullopt;
    if (!high || !low || (*high == 0 && *low == 0))
        return std::nullopt;
    rest.remove_prefix(3);
    return static_cast<char>(*high * 16 + *low);
}

/// How deep below the root the segments lead that were seen so far. Empty ones count for nothing: nginx merges slashes.
class Depth final
{
public:
    void add(char c) noexcept
    {
        ++m_size;
        m_dots += c == '.' ? 1 : 0;
    }

    /// Ends a segment; false when it leads above the root.
    bool endSegment() noexcept
    {
        const bool isDots = m_dots == m_size && m_size <= 2;
        const bool isUp = isDots && m_size == 2;
        const bool isSound = !isUp || m_depth > 0;
        if (isUp)
            --m_depth;
        else if (!isDots)
            ++m_depth;
        m_size = m_dots = 0;
        return isSound;
    }

private:
    std::size_t m_depth = 0;
    std::size_t m_size = 0; ///< of the segment
    std::size_t m_dots = 0; ///< in it
};

} // namespace

bool isHost(std::string_view text) noexcept
{
    const bool isAddress = text.starts_with('[');
    const std::size_t end = text.find(isAddress ? ']' : ':');
    if (isAddress && (end == std::string_view::npos || !isIpv6(text.substr(1, end - 1))))
        return false;
    if (!isAddress && !isName(text.substr(0, end)))
        return false;
    const std::string_view port = text.substr(std::min(isAddress ? end + 1 : end, text.size()));
    return port.empty() || (port.front() == ':' && isPort(port.substr(1)));
}

bool isHostForNginx(std::string_view text) noexcept
{
    return !hostAlone(text).empty() && text.find("..") == std::string_view::npos &&
           std::ranges::none_of(text, [](char c) { return isControlOrSpace(c) || c == '/'; });
}

std::string nginxHost(std::string_view text)
{
    return toLower(hostAlone(text));
}

bool isPathForNginx(std::string_view target) noexcept
{
    std::string_view rest = target.substr(0, target.find_first_of("?#"));
    if (rest.find('%') == std::string_view::npos && rest.find("/..") == std::string_view::npos)
        return true;
    Depth depth;
    while (!rest.empty()) {
        const auto c = takeCharacter(rest);
        if (!c || (*c == '/' && !depth.endSegment()))
            return false;
        if (*c != '/')
            depth.add(*c);
    }
    return depth.endSegment();
}

} // namespace claimsmith::http
