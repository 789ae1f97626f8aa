// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/failure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace claimsmith::gateway {
namespace {

/// nginx's phrases, where they are not the usual ones, for the statuses that it has a page for.
struct Page
{
    int status;
    std::string_view phrase; ///< empty: the usual one
    bool isKongs = false;    ///< Kong's configuration names a page of its own for it
};

constexpr std::array pages = std::to_array<Page>({
    {301, {}},
    {302, {}},
    {303, {}},
    {307, {}},
    {308, {}},
    {400, {}, true},
    {401, "Authorization Required"},
    {402, {}},
    {403, {}},
    {404, {}, true},
    {405, "Not Allowed", true},
    {406, {}},
    {408, "Request Time-out", true},
    {409, {}},
    {410, {}},
    {411, {}, true},
    {412, {}, true},
    {413, "Request Entity Too Large", true},
    {414, "Request-URI Too Large", true},
    {415, {}},
    {416, "Requested Range Not Satisfiable"},
    {417, {}, true},
    {421, {}},
    {429, {}},
    {500, {}, true},
    {501, {}},
    {502, {}, true},
    {503, "Service Temporarily Unavailable", true},
    {504, "Gateway Time-out", true},
    {505, {}},
    {507, {}},
});

/// An error page for a request that says nothing about types is of the type that the settings name.
Answer pageFor(const http::HeaderMap& headers, std::string_view requestId, int status, const Settings& settings,
               std::string_view message = {})
{
    if (headers.value("accept").empty() && headers.value("content-type").empty())
        return errorPage({{"Accept", settings.errorType}}, requestId, status, message);
    return errorPage(headers, requestId, status, message);
}

} // namespace

http::Response nginxPage(int status)
{
    const auto page = std::ranges::find(pages, status, &Page::status);
    const bool hasOwn = page != pages.end() && !page->phrase.empty();
    const std::string title =
        std::to_string(status) + ' ' + std::string(hasOwn ? page->phrase : http::reasonPhrase(status));
    return http::Response::make(status, "text/html; charset=UTF-8",
                                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                                    title + "</h1></center>\r\n</body>\r\n</html>\r\n");
}

void completeAnswer(Answer& answer, const Exchange& exchange, const Settings& settings)
{
    const auto page = std::ranges::find(pages, answer.status, &Page::status);
    if (page == pages.end() || !answer.body.empty() || answer.headers.contains("content-type"))
        return;
    if (page->isKongs) {
        Answer own = pageFor(exchange.request.head.headers, exchange.requestId, answer.status, settings);
        answer.headers.set("Content-Type", own.headers.value("content-type"));
        answer.body = std::move(own.body);
    } else {
        answer.headers.set("Content-Type", "text/html"); // a charset comes later, where nginx adds one
        answer.body = nginxPage(answer.status).body;
    }
}

Answer failureAnswer(const Exchange& exchange, const ForwardResult& result, const Settings& settings)
{
    const http::HeaderMap& headers = exchange.request.head.headers;
    const std::string& id = exchange.requestId;
    if (result.state == ForwardResult::State::BadRequest)
        return pageFor(headers, id, result.bodyError ? http::statusOf(*result.bodyError) : 500, settings);
    switch (result.failure) {
    case UpstreamFailure::NameUnknown:
        return errorAnswer(headers, id, 503, "name resolution failed");
    case UpstreamFailure::NameFailed:
        return errorAnswer(headers, id, 500,
                           "failed the initial dns/balancer resolve for '" + exchange.upstream.host +
                               "' with: " + result.detail);
    case UpstreamFailure::NoTarget:
        // Kong finds out at the first try, or only when it looks for another target.
        return errorAnswer(headers, id, 503,
                           exchange.figures.tries.empty() ? "failure to get a peer from the ring-balancer" : "");
    case UpstreamFailure::ConnectTimedOut:
    case UpstreamFailure::TimedOut:
        return pageFor(headers, id, 504, settings);
    case UpstreamFailure::None:
    case UpstreamFailure::Refused:
    case UpstreamFailure::Handshake:
    case UpstreamFailure::Closed:
    case UpstreamFailure::Invalid:
    case UpstreamFailure::NotOffered:
        break;
    }
    return pageFor(headers, id, 502, settings);
}

http::Response refusal(const http::HeaderMap& headers, std::string_view requestId, http::WireErrorCode error,
                       const Settings& settings)
{
    const int status = http::statusOf(error);
    if (status == 501 || status == 505)
        return nginxPage(status);
    // nginx's own 494 leaves as 400.
    Answer answer = error == http::WireErrorCode::HeadTooLarge
                        ? pageFor(headers, requestId, 400, settings, "Request header or cookie too large")
                        : pageFor(headers, requestId, status, settings);
    http::Response response;
    response.head.status = answer.status;
    response.head.headers = std::move(answer.headers);
    response.body = std::move(answer.body);
    return response;
}

} // namespace claimsmith::gateway
