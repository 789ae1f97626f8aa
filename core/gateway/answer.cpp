// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/answer.h"

#include "base/text.h"
#include "document/json.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace claimsmith::gateway {
namespace {

constexpr std::string_view jsonType = "application/json; charset=utf-8";

enum class BodyKind { Json, Plain, Html, Xml, Empty };

std::string_view contentTypeOf(BodyKind kind) noexcept
{
    switch (kind) {
    case BodyKind::Json:
        return jsonType;
    case BodyKind::Plain:
        return "text/plain; charset=utf-8";
    case BodyKind::Html:
        return "text/html; charset=utf-8";
    case BodyKind::Xml:
        return "application/xml; charset=utf-8";
    case BodyKind::Empty:
        return {};
    }
    return jsonType;
}

BodyKind kindOf(std::string_view type, std::string_view subtype) noexcept
{
    if (type == "text" && subtype == "html")
        return BodyKind::Html;
    if (type == "application" && subtype == "xml")
        return BodyKind::Xml;
    if (type == "text" && (subtype == "plain" || subtype == "*"))
        return BodyKind::Plain;
    if (type == "application" && subtype == "grpc")
        return BodyKind::Empty;
    return BodyKind::Json;
}

struct Preference
{
    std::string type;
    std::string subtype;
    double quality = 1;
};

bool isTypePart(std::string_view text) noexcept
{
    return text.size() >= 2 || text == "*";
}

/// One entry of an Accept header; nothing when Kong's pattern would not match it.
std::optional<Preference> parsePreference(std::string_view entry)
{
    const auto parts = split(entry, ';');
    const std::string essence(trimmed(parts.front()));
    const auto slash = essence.find('/');
    if (slash == std::string::npos || !isTypePart(std::string_view(essence).substr(0, slash)) ||
        !isTypePart(std::string_view(essence).substr(slash + 1)))
        return std::nullopt;
    Preference preference{essence.substr(0, slash), essence.substr(slash + 1)};
    for (const std::string_view parameter : parts) {
        const auto text = trimmed(parameter);
        if (!text.starts_with("q="))
            continue;
        const auto digits = text.substr(2);
        std::from_chars(digits.data(), digits.data() + digits.size(), preference.quality);
    }
    return preference;
}

/// The strictly highest quality wins, the first of equals (kong-core.md §4.4).
BodyKind negotiate(std::string_view accept)
{
    BodyKind best = BodyKind::Json;
    double quality = 0;
    for (const std::string_view entry : split(accept, ','))
        if (const auto preference = parsePreference(entry); preference && preference->quality > quality) {
            quality = preference->quality;
            best = kindOf(preference->type, preference->subtype);
        }
    return best;
}

/// The message goes in as it is: so does Kong's, and a quote in it breaks the JSON there as here.
std::string errorBody(BodyKind kind, std::string_view message, std::string_view requestId)
{
    const std::string text(message);
    const std::string id(requestId);
    switch (kind) {
    case BodyKind::Json:
        return "{\n  \"message\":\"" + text + "\",\n  \"request_id\":\"" + id + "\"\n}";
    case BodyKind::Plain:
        return text + "\nrequest_id: " + id + "\n";
    case BodyKind::Html:
        return "<!doctype html>\n<html>\n  <head>\n    <meta charset=\"utf-8\">\n    <title>Error</title>\n  </head>\n "
               " <body>\n"
               "    <h1>Error</h1>\n    <p>" +
               text + ".</p>\n    <p>request_id: " + id + "</p>\n  </body>\n</html>\n";
    case BodyKind::Xml:
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<error>\n  <message>" + text + "</message>\n  <requestid>" +
               id + "</requestid>\n</error>\n";
    case BodyKind::Empty:
        return {};
    }
    return {};
}

Answer makeError(BodyKind kind, std::string_view requestId, int status, std::string_view message)
{
    const std::string text(message.empty() ? defaultMessage(status) : message);
    Answer answer{status, {}, errorBody(kind, text, requestId)};
    if (kind != BodyKind::Empty)
        answer.headers.set("Content-Type", contentTypeOf(kind));
    return answer;
}

constexpr std::pair<int, std::string_view> messages[] = {
    {400, "Bad request"},
    {401, "Unauthorized"},
    {402, "Payment required"},
    {403, "Forbidden"},
    {404, "Not found"},
    {405, "Method not allowed"},
    {406, "Not acceptable"},
    {407, "Proxy authentication required"},
    {408, "Request timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length required"},
    {412, "Precondition failed"},
    {413, "Payload too large"},
    {414, "URI too long"},
    {415, "Unsupported media type"},
    {416, "Range not satisfiable"},
    {417, "Expectation failed"},
    {418, "I'm a teapot"},
    {421, "Misdirected request"},
    {422, "Unprocessable entity"},
    {423, "Locked"},
    {424, "Failed dependency"},
    {425, "Too early"},
    {426, "Upgrade required"},
    {428, "Precondition required"},
    {429, "Too many requests"},
    {431, "Request header fields too large"},
    {451, "Unavailable for legal reasons"},
    {494, "Request header or cookie too large"},
    {500, "An unexpected error occurred"},
    {501, "Not implemented"},
    {502, "An invalid response was received from the upstream server"},
    {503, "The upstream server is currently unavailable"},
    {504, "The upstream server is timing out"},
    {505, "HTTP version not supported"},
    {506, "Variant also negotiates"},
    {507, "Insufficient storage"},
    {508, "Loop detected"},
    {510, "Not extended"},
    {511, "Network authentication required"},
};

} // namespace

Answer exitAnswer(int status, const document::Value& body)
{
    Answer answer{status, {}, document::toJson(body, {.escapeSlash = true})};
    answer.headers.set("Content-Type", jsonType);
    return answer;
}

Answer exitAnswer(int status)
{
    return {status, {}, {}};
}

Answer errorAnswer(const http::HeaderMap& clientHeaders, std::string_view requestId, int status,
                   std::string_view message)
{
    const std::string accept = clientHeaders.joined("Accept");
    return makeError(accept.empty() ? BodyKind::Json : negotiate(accept), requestId, status, message);
}

Answer errorPage(const http::HeaderMap& clientHeaders, std::string_view requestId, int status, std::string_view message)
{
    std::string wanted = clientHeaders.joined("Accept");
    if (wanted.empty())
        wanted = clientHeaders.value("Content-Type");
    return makeError(wanted.empty() ? BodyKind::Plain : negotiate(wanted), requestId, status, message);
}

std::string_view defaultMessage(int status) noexcept
{
    const auto found = std::ranges::find(messages, status, &std::pair<int, std::string_view>::first);
    return found == std::end(messages) ? std::string_view("The upstream server responded with an error")
                                       : found->second;
}

} // namespace claimsmith::gateway
