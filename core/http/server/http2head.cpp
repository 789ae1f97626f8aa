// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/http2head.h"

#include "base/text.h"
#include "http/wire/nominations.h"
#include "http/wire/writer.h"

#include <algorithm>
#include <array>

namespace claimsmith::http {
namespace {

/// What HTTP/1.1 writes around a name and a value: both versions have the same limits.
constexpr std::size_t lineOverhead = 4;

constexpr std::array<std::string_view, 5> connectionHeaders = {"connection", "keep-alive", "proxy-connection",
                                                               "transfer-encoding", "upgrade"};

bool isOfConnection(std::string_view name) noexcept
{
    return std::ranges::any_of(connectionHeaders,
                               [name](std::string_view known) { return equalIgnoringCase(name, known); });
}

void appendHeaders(Http2Fields& fields, const HeaderMap& headers)
{
    const Nominations nominations(headers);
    for (const HeaderField& field : headers) {
        if (!isToken(field.name) || isOfConnection(field.name) || nominations.contain(field.name))
            continue;
        std::string value;
        appendValue(value, field.value);
        fields.emplace_back(toLower(field.name), std::move(value));
    }
}

} // namespace

void Http2Head::add(std::string_view name, std::string_view value)
{
    const std::size_t size = name.size() + value.size() + lineOverhead;
    m_size += size;
    if (size > m_rules.maximumLine)
        m_error = m_error.value_or(name == ":path" ? WireErrorCode::TargetTooLong : WireErrorCode::HeadTooLarge);
    if (m_size > m_rules.maximumHead || ++m_lines > m_rules.maximumLines)
        m_error = m_error.value_or(WireErrorCode::HeadTooLarge);
    if (m_error)
        return;
    if (name.starts_with(':'))
        addPseudo(name, value);
    else if (name == "host")
        addHost(value);
    else if (name == "cookie")
        m_cookie.append(m_cookie.empty() ? "" : "; ").append(value);
    else if (!isDropped(name))
        m_head.headers.add(name, value);
}

void Http2Head::addPseudo(std::string_view name, std::string_view value)
{
    if (name == ":method")
        m_head.method = value;
    else if (name == ":path")
        m_head.target = value;
    else if (name == ":authority")
        addHost(value);
}

/// A request that names two hosts could be for either of them.
void Http2Head::addHost(std::string_view value)
{
    const auto known = m_head.headers.find("host");
    if (!known)
        m_head.headers.add("Host", value);
    else if (*known != value)
        m_error = WireErrorCode::SeveralHosts;
}

/// See HeadRules::asNginx.
bool Http2Head::isDropped(std::string_view name) const noexcept
{
    return m_rules.asNginx && !std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

std::optional<WireErrorCode> Http2Head::finish()
{
    if (m_error)
        return m_error;
    // RFC 9113 §8.2.3.
    if (!m_cookie.empty())
        m_head.headers.add("cookie", m_cookie);
    return checkRequestHead(m_head, m_rules);
}

Http2Fields http2ResponseFields(const ResponseHead& head, BodyFraming framing, std::string_view date)
{
    Http2Fields fields;
    fields.emplace_back(":status", std::to_string(head.status));
    appendHeaders(fields, head.headers);
    std::erase_if(fields, [](const auto& field) { return field.first == "content-length"; });
    if (!head.headers.contains("date"))
        fields.emplace_back("date", date);
    if (framing.kind == BodyFraming::Kind::Length && head.status != 204)
        fields.emplace_back("content-length", std::to_string(framing.length));
    return fields;
}

Http2Fields http2InterimFields(const ResponseHead& head)
{
    Http2Fields fields;
    fields.emplace_back(":status", std::to_string(head.status));
    appendHeaders(fields, head.headers);
    return fields;
}

} // namespace claimsmith::http
