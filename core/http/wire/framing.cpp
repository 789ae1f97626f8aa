// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/framing.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace claimsmith::http {
namespace {

/// What the two headers that frame a body say, gathered in one pass.
struct FramingHeaders
{
    std::size_t lengths = 0;
    std::size_t codings = 0;
    std::string_view length = {};
    std::string_view coding = {};
};

FramingHeaders collect(const HeaderMap& headers) noexcept
{
    FramingHeaders found;
    for (const HeaderField& field : headers) {
        if (equalIgnoringCase(field.name, "content-length")) {
            ++found.lengths;
            found.length = field.value;
        } else if (equalIgnoringCase(field.name, "transfer-encoding")) {
            ++found.codings;
            found.coding = field.value;
        }
    }
    return found;
}

/// Decimal digits only: no sign, no list, no overflow (RFC 9110 §8.6).
std::optional<std::uint64_t> parseLength(std::string_view text) noexcept
{
    std::uint64_t length = 0;
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return length;
}

std::variant<BodyFraming, WireErrorCode> framingOf(const FramingHeaders& found, Version version,
                                                   BodyFraming otherwise) noexcept
{
    if (found.codings > 0) {
        if (found.lengths > 0)
            return WireErrorCode::LengthAndCoding;
        if (version < Version{1, 1})
            return WireErrorCode::CodingInOldVersion;
        if (found.codings > 1 || !equalIgnoringCase(found.coding, "chunked"))
            return WireErrorCode::UnsupportedCoding;
        return BodyFraming{BodyFraming::Kind::Chunked};
    }
    if (found.lengths == 0)
        return otherwise;
    const auto length = parseLength(found.length);
    if (found.lengths > 1 || !length)
        return WireErrorCode::BadContentLength;
    return BodyFraming{BodyFraming::Kind::Length, *length};
}

/// A header line as strictly as RFC 9112 §5 has it. Trailers are dropped, but whoever reads them otherwise than we do
/// would find the message's end elsewhere.
bool isTrailerLine(std::string_view line) noexcept
{
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && isToken(line.substr(0, colon)) && isSafeHeaderValue(line);
}

} // namespace

std::variant<BodyFraming, WireErrorCode> requestFraming(const RequestHead& head) noexcept
{
    return framingOf(collect(head.headers), head.version, BodyFraming{});
}

std::variant<BodyFraming, WireErrorCode> responseFraming(const ResponseHead& head,
                                                         std::string_view requestMethod) noexcept
{
    const auto framing = framingOf(collect(head.headers), head.version, BodyFraming{BodyFraming::Kind::UntilClose});
    const bool hasNoBody = requestMethod == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304;
    if (hasNoBody && std::holds_alternative<BodyFraming>(framing))
        return BodyFraming{};
    return framing;
}

bool isPersistent(Version version, const HeaderMap& headers) noexcept
{
    if (headers.hasToken("connection", "close"))
        return false;
    return version >= Version{1, 1} || headers.hasToken("connection", "keep-alive");
}

ChunkDecoder::Step ChunkDecoder::next(std::string_view& input) noexcept
{
    for (;;) {
        switch (m_part) {
        case Part::Size: {
            const Step step = readSize(input);
            if (step.state != State::Data)
                return step;
            break;
        }
        case Part::Data: {
            if (input.empty())
                return {};
            const std::string_view data =
                input.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_left, input.size())));
            input.remove_prefix(data.size());
            m_left -= data.size();
            if (m_left == 0)
                m_part = Part::DataEnd;
            return {State::Data, data};
        }
        case Part::DataEnd:
            if (!std::string_view("\r\n").starts_with(input.substr(0, 2)))
                return {State::Failed};
            if (input.size() < 2)
                return {};
            input.remove_prefix(2);
            m_part = Part::Size;
            break;
        case Part::Trailer:
            return readTrailer(input);
        case Part::Done:
            return {State::End};
        }
    }
}

/// chunk-size [ chunk-ext ] CRLF. State Data means: go on with m_part.
ChunkDecoder::Step ChunkDecoder::readSize(std::string_view& input) noexcept
{
    const std::size_t lineEnd = input.find('\n');
    const std::string_view line = input.substr(0, lineEnd);
    if (line.size() > maximumLine)
        return {State::Failed};
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), m_left, 16);
    if (error != std::errc() && !line.empty())
        return {State::Failed};
    if (lineEnd == std::string_view::npos)
        return {};
    std::string_view rest = line.substr(static_cast<std::size_t>(end - line.data()));
    if (error != std::errc() || !rest.ends_with('\r'))
        return {State::Failed};
    rest = trimmed(rest.substr(0, rest.size() - 1));
    if (!(rest.empty() || rest.front() == ';') || !isSafeHeaderValue(rest))
        return {State::Failed};
    input.remove_prefix(lineEnd + 1);
    m_part = m_left == 0 ? Part::Trailer : Part::Data;
    return {State::Data};
}

/// *( field-line CRLF ) CRLF
ChunkDecoder::Step ChunkDecoder::readTrailer(std::string_view& input) noexcept
{
    for (;;) {
        const std::size_t lineEnd = input.find('\n');
        if (lineEnd == std::string_view::npos)
            return input.size() + m_trailer > maximumTrailer ? Step{State::Failed, {}, WireErrorCode::TooMuchTrailer}
                                                             : Step{};
        const std::string_view line = input.substr(0, lineEnd);
        m_trailer += line.size();
        if (m_trailer > maximumTrailer)
            return {State::Failed, {}, WireErrorCode::TooMuchTrailer};
        if (line == "\r") {
            input.remove_prefix(lineEnd + 1);
            m_part = Part::Done;
            return {State::End};
        }
        if (!line.ends_with('\r') || !isTrailerLine(line.substr(0, line.size() - 1)))
            return {State::Failed, {}, WireErrorCode::BadTrailer};
        input.remove_prefix(lineEnd + 1);
    }
}

} // namespace claimsmith::http
