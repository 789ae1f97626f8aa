// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/guard.h"

#include "base/text.h"
#include "gateway/admin/adminhandler.h"
#include "http/url.h"
#include "identity/oautherror.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

bool isRegisteredOrigin(const Realm& realm, std::string_view origin)
{
    if (origin == originOf(realm.url))
        return true;
    return std::ranges::any_of(realm.settings.clients, [origin](const Client& client) {
        return std::ranges::find(client.webOrigins, origin) != client.webOrigins.end() ||
               std::ranges::any_of(client.redirectUris,
                                   [origin](const std::string& uri) { return originOf(uri) == origin; });
    });
}

/// Whether the page is one of the provider's own: under whatever name the browser reached it.
bool isOwnOrigin(const http::Request& request, std::string_view origin)
{
    const std::size_t scheme = origin.find("://");
    return scheme != std::string_view::npos &&
           equalIgnoringCase(origin.substr(scheme + 3), request.head.headers.value("host"));
}

bool isCrossSite(const http::Request& request) noexcept
{
    const auto site = request.head.headers.find("sec-fetch-site");
    return site && *site != "same-origin" && *site != "none";
}

} // namespace

std::string originOf(std::string_view uri)
{
    const auto url = http::parseUrl(uri);
    return url ? url->scheme + "://" + url->authority() : std::string();
}

Result<void> checkHost(const http::Request& request, std::string_view listenHost, std::string_view publicHost)
{
    const std::string_view host = request.head.headers.value("host");
    const bool isPublic = !publicHost.empty() && equalIgnoringCase(host, publicHost);
    if (!isPublic && !gateway::isOwnHost(host, listenHost))
        return refusal(OAuthErrorCode::ForeignHost);
    return {};
}

Result<void> checkOrigin(const http::Request& request, const Realm& realm, const Endpoint& endpoint)
{
    const auto origin = request.head.headers.find("origin");
    switch (endpoint.audience) {
    case Audience::Everybody:
        return {};
    case Audience::Registered:
        if (origin ? isRegisteredOrigin(realm, *origin) || isOwnOrigin(request, *origin) : !isCrossSite(request))
            return {};
        break;
    case Audience::Visitors:
        return {};
    case Audience::OwnForms:
        // Links from everywhere may lead here; a form of another site would act in the user's name.
        if (request.head.method != "POST" || (origin ? isOwnOrigin(request, *origin) : !isCrossSite(request)))
            return {};
        break;
    }
    return refusal(OAuthErrorCode::ForeignOrigin);
}

http::Response preflightAnswer(const Endpoint& endpoint)
{
    http::Response response = http::Response::make(204, {}, {});
    std::string methods = endpoint.takesGet ? "GET, HEAD" : "";
    if (endpoint.takesPost)
        methods += methods.empty() ? "POST" : ", POST";
    response.head.headers.set("Access-Control-Allow-Methods", methods);
    response.head.headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
    response.head.headers.set("Access-Control-Max-Age", "600");
    return response;
}

void grantOrigin(http::Response& response, const http::Request& request, const Endpoint& endpoint)
{
    const auto origin = request.head.headers.find("origin");
    http::HeaderMap& headers = response.head.headers;
    if (endpoint.audience == Audience::Everybody)
        headers.set("Access-Control-Allow-Origin", "*");
    if (endpoint.audience != Audience::Registered)
        return;
    headers.add("Vary", "Origin");
    if (!origin)
        return;
    headers.set("Access-Control-Allow-Origin", *origin);
    headers.set("Access-Control-Expose-Headers", "WWW-Authenticate");
}

} // namespace claimsmith::identity
