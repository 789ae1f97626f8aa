// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/headparser.h"

#include "base/text.h"
#include "http/wire/target.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace claimsmith::http {
namespace {

constexpr bool isLetterOrDigit(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

enum class NameKind : unsigned char { Bad, Token, Odd, Plain };

/// What a character in a header name makes of it: Plain for nginx and everyone, Token for RFC 9110, Odd where nginx
/// drops the line, Bad where everyone refuses it.
constexpr std::array<NameKind, 256> makeNameKinds()
{
    std::array<NameKind, 256> kinds{};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const char c = static_cast<char>(i);
        if (isLetterOrDigit(c) || c == '-' || c == '_')
            kinds[i] = NameKind::Plain;
        else if (std::string_view("!#$%&'*+.^`|~").find(c) != std::string_view::npos)
            kinds[i] = NameKind::Token;
        else
            kinds[i] = i <= 0x20 || i == 0x7f ? NameKind::Bad : NameKind::Odd;
    }
    return kinds;
}

constexpr std::array<NameKind, 256> nameKinds = makeNameKinds();

NameKind kindOfName(std::string_view name) noexcept
{
    NameKind worst = name.empty() ? NameKind::Bad : NameKind::Plain;
    for (const char c : name) {
        const NameKind kind = nameKinds[static_cast<unsigned char>(c)];
        if (kind == NameKind::Bad)
            return kind;
        if (kind == NameKind::Odd || (kind == NameKind::Token && worst == NameKind::Plain))
            worst = kind;
    }
    return worst;
}

HeadResult failed(WireErrorCode error, std::size_t offset) noexcept
{
    return {HeadState::Failed, offset, error};
}

/// One line without its end, cut off the front of the input.
struct Line
{
    std::string_view text;
    std::size_t offset = 0;
    std::size_t size = 0; ///< with its end
};

std::optional<Line> takeLine(std::string_view input, std::size_t offset) noexcept
{
    const std::size_t end = input.find('\n', offset);
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string_view text = input.substr(offset, end - offset);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return Line{text, offset, end + 1 - offset};
}

/// Reads header lines from `offset` up to the empty line.
HeadResult parseHeaders(std::string_view input, std::size_t offset, const HeadRules& rules, HeaderMap& headers)
{
    for (std::size_t lines = 0;; ++lines) {
        const auto line = takeLine(input, offset);
        if (!line) {
            const bool tooLarge = input.size() - offset >= rules.maximumLine || input.size() >= rules.maximumHead;
            return tooLarge ? failed(WireErrorCode::HeadTooLarge, offset) : HeadResult{};
        }
        if (line->size > rules.maximumLine || offset + line->size > rules.maximumHead || lines > rules.maximumLines)
            return failed(WireErrorCode::HeadTooLarge, offset);
        offset += line->size;
        const std::string_view text = line->text;
        if (text.empty())
            return {HeadState::Complete, offset, {}};
        if (text.front() == ' ' || text.front() == '\t')
            return failed(WireErrorCode::FoldedHeader, line->offset);

        const std::size_t colon = text.find(':');
        const std::string_view name = text.substr(0, colon);
        const std::string_view value =
            colon == std::string_view::npos ? std::string_view{} : trimmed(text.substr(colon + 1));
        const NameKind kind = kindOfName(name);
        if (kind == NameKind::Bad)
            return failed(WireErrorCode::BadHeaderName, line->offset);
        if (!isSafeHeaderValue(text))
            return failed(WireErrorCode::BadHeaderValue, line->offset + name.size());
        if (rules.asNginx) {
            if (kind == NameKind::Plain)
                headers.add(name, value);
        } else {
            if (kind == NameKind::Odd || colon == std::string_view::npos)
                return failed(WireErrorCode::BadHeaderName, line->offset);
            headers.add(name, value);
        }
    }
}

bool isMethod(std::string_view text) noexcept
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
}

bool hasControlCharacters(std::string_view text) noexcept
{
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
}

/// "HTTP/1.1" (RFC 9112 §2.3).
std::optional<Version> parseVersion(std::string_view text) noexcept
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 8 || !text.starts_with("HTTP/") || !digit(text[5]) || text[6] != '.' || !digit(text[7]))
        return std::nullopt;
    return Version{static_cast<std::uint8_t>(text[5] - '0'), static_cast<std::uint8_t>(text[7] - '0')};
}

/// Splits an absolute target into what the request line of an origin carries and the host; false when it is none.
bool splitAbsolute(std::string_view target, std::string_view& host, std::string_view& rest) noexcept
{
    const std::size_t schemeEnd = target.find("://");
    if (schemeEnd == std::string_view::npos)
        return false;
    const std::string_view scheme = target.substr(0, schemeEnd);
    if (!equalIgnoringCase(scheme, "http") && !equalIgnoringCase(scheme, "https"))
        return false;
    const std::string_view behind = target.substr(schemeEnd + 3);
    const std::size_t hostEnd = std::min(behind.find_first_of("/?#"), behind.size());
    host = behind.substr(0, hostEnd);
    rest = behind.substr(hostEnd);
    return isHost(host);
}

/// Reads the request line; nothing when it is in order. `host` is set for an absolute target.
std::optional<WireErrorCode> parseRequestLine(std::string_view text, RequestHead& head, std::string_view& host)
{
    const std::size_t methodEnd = text.find(' ');
    if (!isMethod(text.substr(0, methodEnd)))
        return WireErrorCode::BadMethod;
    if (methodEnd == std::string_view::npos)
        return WireErrorCode::BadRequestLine;
    head.method = text.substr(0, methodEnd);
    // RFC 9112 §3 lets a recipient take runs of spaces between the parts; every gateway does.
    const std::size_t versionBegin = text.rfind(' ') + 1;
    const std::string_view target = trimmed(text.substr(methodEnd, versionBegin - methodEnd));
    const auto version = parseVersion(text.substr(versionBegin));
    if (!version)
        return WireErrorCode::BadVersion;
    head.version = *version;
    if (version->major != 1)
        return WireErrorCode::UnsupportedVersion;
    if (target.empty() || hasControlCharacters(target))
        return WireErrorCode::BadTarget;
    std::string_view rest;
    if (target.front() == '/' || (target == "*" && head.method == "OPTIONS")) {
        head.target = target;
    } else if (splitAbsolute(target, host, rest)) {
        head.target = rest.starts_with('/') ? "" : "/";
        head.target += rest;
    } else {
        return WireErrorCode::BadTarget;
    }
    return std::nullopt;
}

std::optional<WireErrorCode> checkHost(RequestHead& head, std::string_view targetHost, const HeadRules& rules)
{
    const std::size_t count = head.headers.count("host");
    if (count > 1)
        return WireErrorCode::SeveralHosts;
    const auto isTaken = rules.asNginx ? isHostForNginx : isHost;
    if (count == 1 && !isTaken(head.headers.value("host")))
        return WireErrorCode::BadHost;
    if (count == 0 && head.version > Version{1, 0})
        return WireErrorCode::NoHost;
    if (!targetHost.empty() && rules.hostFromTarget)
        head.headers.set("Host", targetHost);
    return std::nullopt;
}

bool repeatsOne(const HeaderMap& headers, std::span<const std::string_view> names) noexcept
{
    return std::ranges::any_of(names, [&headers](std::string_view name) { return headers.count(name) > 1; });
}

} // namespace

HeadResult parseRequestHead(std::string_view input, const HeadRules& rules, RequestHead& head)
{
    head.clear();
    const std::size_t begin = std::min(input.find_first_not_of("\r\n"), input.size());
    if (begin > rules.maximumLine)
        return failed(WireErrorCode::BadRequestLine, 0);
    const std::string_view message = input.substr(begin);
    const auto line = takeLine(message, 0);
    if (!line) {
        // A line that can't become one is refused at once: someone speaking TLS never sends a line end.
        if (!message.empty() && !isMethod(message.substr(0, 1)))
            return failed(WireErrorCode::BadMethod, begin);
        return message.size() >= rules.maximumLine ? failed(WireErrorCode::TargetTooLong, begin) : HeadResult{};
    }
    std::string_view host;
    const auto lineError = parseRequestLine(line->text, head, host);
    if (lineError)
        return failed(*lineError, begin);
    if ((head.target == "*" && !rules.allowsAsterisk) || (rules.asNginx && !isPathForNginx(head.target)))
        return failed(WireErrorCode::BadTarget, begin);
    if (line->size > rules.maximumLine)
        return failed(WireErrorCode::TargetTooLong, begin);
    HeadResult result = parseHeaders(message, line->size, rules, head.headers);
    result.size += begin;
    if (result.state != HeadState::Complete)
        return result;
    if (const auto error = checkHost(head, host, rules))
        return failed(*error, result.size);
    if (repeatsOne(head.headers, rules.singletons))
        return failed(WireErrorCode::RepeatedHeader, result.size);
    result.targetHost = host;
    return result;
}

std::optional<WireErrorCode> checkRequestHead(RequestHead& head, const HeadRules& rules)
{
    if (!isMethod(head.method))
        return WireErrorCode::BadMethod;
    const bool isAsterisk = head.target == "*" && head.method == "OPTIONS" && rules.allowsAsterisk;
    if (!isAsterisk && (!head.target.starts_with('/') || hasControlCharacters(head.target)))
        return WireErrorCode::BadTarget;
    if (rules.asNginx && !isPathForNginx(head.target))
        return WireErrorCode::BadTarget;
    if (const auto error = checkHost(head, {}, rules))
        return error;
    if (repeatsOne(head.headers, rules.singletons))
        return WireErrorCode::RepeatedHeader;
    return std::nullopt;
}

HeadResult parseResponseHead(std::string_view input, const HeadRules& rules, ResponseHead& head)
{
    head.clear();
    const auto line = takeLine(input, 0);
    if (!line) {
        const std::string_view expected = std::string_view("HTTP/1.").substr(0, input.size());
        if (!input.starts_with(expected) || input.size() >= rules.maximumLine)
            return failed(WireErrorCode::BadStatusLine, 0);
        return {};
    }
    // status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 §4); the last space is often forgotten.
    const std::string_view text = line->text;
    const auto version = parseVersion(text.substr(0, 8));
    if (!version || version->major != 1 || text.size() < 12 || text[8] != ' ')
        return failed(WireErrorCode::BadStatusLine, 0);
    const auto [end, error] = std::from_chars(text.data() + 9, text.data() + 12, head.status);
    if (error != std::errc() || end != text.data() + 12 || head.status < 100 || (text.size() > 12 && text[12] != ' '))
        return failed(WireErrorCode::BadStatusLine, 9);
    if (!isSafeHeaderValue(text))
        return failed(WireErrorCode::BadStatusLine, 12);
    head.version = *version;
    head.reason = text.size() > 13 ? text.substr(13) : std::string_view{};
    return parseHeaders(input, line->size, rules, head.headers);
}

} // namespace claimsmith::http
