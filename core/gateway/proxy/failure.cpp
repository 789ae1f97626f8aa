// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/failure.h"

#include <string>

namespace claimsmith::gateway {
namespace {

/// What nginx itself writes for statuses that Kong has no page for.
http::Response nginxPage(int status)
{
    const std::string title = std::to_string(status) + ' ' + std::string(http::reasonPhrase(status));
    return http::Response::make(status, "text/html; charset=UTF-8",
                                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                                    title + "</h1></center>\r\n</body>\r\n</html>\r\n");
}

} // namespace

Answer failureAnswer(const Exchange& exchange, const ForwardResult& result)
{
    const http::HeaderMap& headers = exchange.request.head.headers;
    const std::string& id = exchange.requestId;
    if (result.state == ForwardResult::State::BadRequest)
        return errorPage(headers, id, result.bodyError ? http::statusOf(*result.bodyError) : 500);
    switch (result.failure) {
    case UpstreamFailure::NameUnknown:
        return errorAnswer(headers, id, 503, "name resolution failed");
    case UpstreamFailure::NameFailed:
        return errorAnswer(headers, id, 500,
                           "failed the initial dns/balancer resolve for '" + exchange.upstream.host +
                               "' with: " + result.detail);
    case UpstreamFailure::NoTarget:
        return errorAnswer(headers, id, 503, "failure to get a peer from the ring-balancer");
    case UpstreamFailure::ConnectTimedOut:
    case UpstreamFailure::TimedOut:
        return errorPage(headers, id, 504);
    case UpstreamFailure::None:
    case UpstreamFailure::Refused:
    case UpstreamFailure::Closed:
    case UpstreamFailure::Invalid:
    case UpstreamFailure::NotOffered:
        break;
    }
    return errorPage(headers, id, 502);
}

http::Response refusal(const http::HeaderMap& headers, std::string_view requestId, http::WireErrorCode error)
{
    const int status = http::statusOf(error);
    if (status == 501 || status == 505)
        return nginxPage(status);
    // nginx's own 494 leaves as 400.
    Answer answer = error == http::WireErrorCode::HeadTooLarge
                        ? errorPage(headers, requestId, 400, "Request header or cookie too large")
                        : errorPage(headers, requestId, status);
    http::Response response;
    response.head.status = answer.status;
    response.head.headers = std::move(answer.headers);
    response.body = std::move(answer.body);
    return response;
}

} // namespace claimsmith::gateway
