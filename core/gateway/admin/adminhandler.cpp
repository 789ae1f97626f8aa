// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/adminhandler.h"

#include "base/text.h"
#include "gateway/admin/call.h"
#include "gateway/admin/endpoints.h"
#include "gateway/admin/responses.h"
#include "gateway/proxy/failure.h"
#include "gateway/proxy/product.h"
#include "http/query.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <chrono>

namespace claimsmith::gateway {
namespace {

using http::Request;
using http::Response;

/// A host without its port and brackets.
std::string_view bareHost(std::string_view host) noexcept
{
    if (host.starts_with('['))
        return host.substr(1, std::min(host.find(']'), host.size()) - 1);
    return host.substr(0, host.find(':'));
}

bool isUnder(std::string_view name, std::string_view domain) noexcept
{
    return name.size() > domain.size() && equalIgnoringCase(name.substr(name.size() - domain.size()), domain);
}

/// Whether the request may come from a page of another site.
bool isForeign(const Request& request) noexcept
{
    const http::HeaderMap& headers = request.head.headers;
    const auto site = headers.find("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none")
        return true;
    const auto origin = headers.find("origin");
    if (!origin)
        return false;
    const std::size_t begin = origin->find("://");
    if (begin == std::string_view::npos)
        return true;
    // The Admin API's own pages have the Host as their origin.
    const std::string_view authority = origin->substr(begin + 3);
    return !equalIgnoringCase(authority, headers.value("host")) && !isUnder(bareHost(authority), ".test");
}

void grantOrigin(Response& response, const http::HeaderMap& headers)
{
    response.head.headers.set("Access-Control-Allow-Origin", headers.find("origin").value_or("*"));
    response.head.headers.set("Access-Control-Allow-Credentials", "true");
}

Response describeMethods(const admin::Endpoint& endpoint, const http::HeaderMap& headers)
{
    const std::string methods = admin::allowedMethods(endpoint);
    Response response = admin::empty(204);
    response.head.headers.set("Allow", methods);
    response.head.headers.set("Access-Control-Allow-Methods", methods);
    const auto wanted = headers.find("access-control-request-headers");
    response.head.headers.set("Access-Control-Allow-Headers", wanted.value_or("Content-Type"));
    return response;
}

/// What never reaches Kong's Admin API because its web server answers.
std::optional<Response> refuseRequestLine(const http::RequestHead& head)
{
    if (head.method == "TRACE")
        return nginxPage(405);
    return head.path().find("%00") != std::string_view::npos ? std::optional(nginxPage(400)) : std::nullopt;
}

/// The decoded parts of a path; nothing when two slashes stand in a row.
std::optional<std::vector<std::string>> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    path.remove_prefix(std::min<std::size_t>(path.size(), 1));
    if (path.empty())
        return parts;
    for (const std::string_view part : split(path, '/')) {
        if (part.empty())
            return std::nullopt;
        parts.push_back(http::percentDecode(part));
    }
    return parts;
}

} // namespace

bool isOwnHost(std::string_view host, std::string_view listenHost) noexcept
{
    const std::string_view name = bareHost(host);
    if (name.empty() || equalIgnoringCase(name, "localhost") || equalIgnoringCase(name, listenHost))
        return !name.empty();
    boost::system::error_code notNumeric;
    const auto address = boost::asio::ip::make_address(name, notNumeric);
    if (!notNumeric)
        return address.is_loopback();
    return isUnder(name, ".localhost") || isUnder(name, ".test");
}

AdminHandler::AdminHandler(AdminContext context)
    : m_context(std::move(context)), m_memory(std::make_unique<admin::Memory>())
{
}

AdminHandler::~AdminHandler() = default;

Response AdminHandler::handle(const Request& request)
{
    const auto begin = std::chrono::steady_clock::now();
    const http::HeaderMap& headers = request.head.headers;
    if (auto page = refuseRequestLine(request.head))
        return std::move(*page);
    const auto isOwn = [host = headers.value("host")](const std::string& own) { return isOwnHost(host, own); };
    const bool isRefused = isForeign(request) || std::ranges::none_of(m_context.listenHosts, isOwn);
    Response response = isRefused ? admin::message(403, "this request may come from another site") : route(request);
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    response.head.headers.set("Server", productName);
    response.head.headers.set("X-Kong-Admin-Latency", std::to_string(elapsed.count()));
    if (!isRefused)
        grantOrigin(response, headers);
    return response;
}

Response AdminHandler::route(const Request& request)
{
    const std::string_view method = request.head.method == "HEAD" ? std::string_view("GET") : request.head.method;
    std::string_view path = request.head.path();
    if (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    auto parts = partsOf(path);
    auto snapshot = m_context.snapshot();
    const admin::Endpoint* endpoint = parts ? admin::findEndpoint(snapshot->edition(), *parts) : nullptr;
    if (!endpoint)
        return admin::notFound();
    if (method == "OPTIONS")
        return describeMethods(*endpoint, request.head.headers);
    const auto known = std::ranges::find(endpoint->methods, method, &admin::Endpoint::Method::name);
    if (known == endpoint->methods.end())
        return admin::methodNotAllowed();
    return known->handle({request, m_context, *m_memory, std::move(snapshot), path, std::move(*parts),
                          http::parseQuery(request.head.query().value_or(std::string_view{}), 1000)});
}

} // namespace claimsmith::gateway
