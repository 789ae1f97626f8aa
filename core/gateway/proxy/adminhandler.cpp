// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/adminhandler.h"

#include "base/text.h"
#include "document/json.h"
#include "document/yaml.h"
#include "gateway/adminread.h"
#include "gateway/proxy/failure.h"
#include "gateway/proxy/product.h"
#include "gateway/validation.h"
#include "http/mediatype.h"
#include "http/query.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <chrono>
#include <unistd.h>

namespace claimsmith::gateway {
namespace {

using document::Object;
using document::Value;
using http::Request;
using http::Response;

constexpr document::JsonStyle kongStyle{0, true, false};

Response json(int status, const Value& value)
{
    return Response::make(status, "application/json; charset=utf-8", document::toJson(value, kongStyle));
}

Response message(int status, std::string_view text)
{
    return json(status, Object{{"message", text}});
}

/// A host without its port and brackets.
std::string_view bareHost(std::string_view host) noexcept
{
    if (host.starts_with('['))
        return host.substr(1, std::min(host.find(']'), host.size()) - 1);
    return host.substr(0, host.find(':'));
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
    // The Admin API's own pages have the Host as their origin.
    const std::size_t begin = origin->find("://");
    return begin == std::string_view::npos || !equalIgnoringCase(origin->substr(begin + 3), headers.value("host"));
}

/// The part of a multipart body that has this name (RFC 7578); nothing when there is none.
std::optional<std::string> findPart(std::string_view body, std::string_view boundary, std::string_view name)
{
    const std::string delimiter = "--" + std::string(boundary);
    std::size_t at = body.find(delimiter);
    while (at != std::string_view::npos) {
        const std::size_t begin = at + delimiter.size();
        const std::size_t end = body.find(delimiter, begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view part = body.substr(begin, end - begin);
        const std::size_t headEnd = part.find("\r\n\r\n");
        if (headEnd != std::string_view::npos) {
            const std::string_view head = part.substr(0, headEnd);
            std::string_view content = part.substr(headEnd + 4);
            if (content.ends_with("\r\n"))
                content.remove_suffix(2);
            if (head.find("name=\"" + std::string(name) + '"') != std::string_view::npos)
                return std::string(content);
        }
        at = end;
    }
    return std::nullopt;
}

bool isTrue(const http::QueryArguments& arguments, std::string_view name)
{
    const http::QueryArgument* const argument = arguments.find(name);
    if (argument == nullptr)
        return false;
    const std::string value = toLower(argument->value.value_or("true"));
    return value == "true" || value == "1" || value == "on" || value == "yes";
}

/// "1:5: did not find expected ',' or ']'": libyaml's words behind the place of what it read last, as lyaml shows them.
std::string parserText(const Error& error)
{
    const Error& first = error.cause ? *error.cause : error;
    const auto parameter = [&first](std::string_view name) {
        const auto found = std::ranges::find(first.parameters, name, &std::pair<std::string, std::string>::first);
        return found == first.parameters.end() ? std::string() : found->second;
    };
    if (first.code == document::YamlErrorCode::Syntax)
        return parameter("after") + ": " + parameter("problem");
    return first.detail;
}

/// Code 14 of Kong's errors (kong-core.md §6.5).
Response refusal(const ConfigurationReport& report, bool flatten)
{
    const Object& shown = flatten ? report.unflattened : report.fields;
    Object body{{"code", 14},
                {"name", "invalid declarative configuration"},
                {"message", "declarative config is invalid: " + toLuaText(Value(shown))},
                {"fields", shown}};
    if (flatten)
        body.set("flattened_errors",
                 report.flattened.empty() ? Value(Object{}) : Value(report.flattened)); // Lua's empty table
    return json(400, Value(std::move(body)));
}

/// Entity name → id → entity, as POST /config answers.
Value entityTables(const Entities& entities)
{
    Object tables;
    for (const EntityType* type : entityTypes()) {
        Object table;
        for (const auto& entity : entities.all(type->name))
            table.append(entity->id, entity->fields);
        if (!table.empty())
            tables.append(std::string(type->name), std::move(table));
    }
    return tables;
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
    const auto isUnder = [name](std::string_view domain) {
        return name.size() > domain.size() && equalIgnoringCase(name.substr(name.size() - domain.size()), domain);
    };
    return isUnder(".localhost") || isUnder(".test");
}

Response AdminHandler::handle(const Request& request) const
{
    const auto begin = std::chrono::steady_clock::now();
    const http::HeaderMap& headers = request.head.headers;
    const bool isRefused = isForeign(request) || !isOwnHost(headers.value("host"), m_context.listenHost);
    Response response = isRefused ? message(403, "this request may come from another site") : route(request);
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    response.head.headers.set("Server", productName);
    response.head.headers.set("X-Kong-Admin-Latency", std::to_string(elapsed.count()));
    if (!isRefused && !headers.contains("origin")) {
        // Kong grants every origin. Here only who has none is told so, which grants nothing.
        response.head.headers.set("Access-Control-Allow-Origin", "*");
        response.head.headers.set("Access-Control-Allow-Credentials", "true");
    }
    return response;
}

Response AdminHandler::route(const Request& request) const
{
    std::string_view path = request.head.path();
    if (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const bool reads = request.head.method == "GET" || request.head.method == "HEAD";
    if (path == "/config")
        return request.head.method == "POST" ? configure(request) : message(405, "Method not allowed");
    if (path == "/status")
        return reads ? status() : message(405, "Method not allowed");
    if (path == "/")
        return reads ? root() : message(405, "Method not allowed");
    if (auto answer = reads
                          ? readEntities(*m_context.snapshot(), request.head.path(), request.head.query().value_or(""))
                          : std::nullopt)
        return {{answer->status, {}, {}, std::move(answer->headers)}, std::move(answer->body)};
    return message(404, "Not found");
}

namespace {

/// Where the document of a POST /config stands (kong-admin-deck.md §2.4): its text, or an answer that says why it has
/// none.
std::variant<std::string, Response> documentText(const Request& request)
{
    const Response none = message(400, "expected a declarative configuration");
    const auto type = http::parseMediaType(request.head.headers.value("content-type"));
    if (request.body.empty() && !type)
        return none;
    if (!type)
        return nginxPage(415);
    if (type->is("application/yaml") || type->is("text/yaml"))
        return request.body;
    if (type->is("multipart/form-data")) {
        auto part = findPart(request.body, type->parameter("boundary").value_or(""), "config");
        return part ? std::variant<std::string, Response>(*std::move(part)) : none;
    }
    if (type->is("application/x-www-form-urlencoded")) {
        const http::QueryArguments arguments = http::parseQuery(request.body, 1000);
        const http::QueryArgument* const config = arguments.find("config");
        return config != nullptr && config->value ? std::variant<std::string, Response>(*config->value) : none;
    }
    if (!type->is("application/json"))
        return nginxPage(415);
    const auto parsed = document::parseJson(request.body, {.allowDuplicateKeys = true});
    if (!parsed)
        return message(400, "Cannot parse JSON body");
    if (parsed->find("_format_version") != nullptr)
        return request.body;
    const Value* const config = parsed->find("config");
    if (config == nullptr)
        return parsed->asObject() != nullptr ? std::variant<std::string, Response>(request.body) : none;
    return config->asString() != nullptr ? *config->asString() : document::toJson(*config);
}

} // namespace

Response AdminHandler::configure(const Request& request) const
{
    std::variant<std::string, Response> text = documentText(request);
    if (auto* const answer = std::get_if<Response>(&text))
        return std::move(*answer);
    const http::QueryArguments arguments = http::parseQuery(request.head.query().value_or(std::string_view{}));
    BuildOptions options = m_context.build;
    options.now = systemClock().now();
    ConfigurationReport report;
    auto snapshot = loadSnapshot(std::get<std::string>(text), "POST /config", options, &report);
    if (!snapshot) {
        if (report.fields.empty()) // unreadable: there are no entities to name
            report.fields.set("error", "failed parsing declarative configuration: " + parserText(snapshot.error()));
        return refusal(report, isTrue(arguments, "flatten_errors"));
    }
    Response response = json(201, entityTables((*snapshot)->entities()));
    m_context.apply(std::move(snapshot).value());
    return response;
}

Response AdminHandler::status() const
{
    const EngineCounters counters = m_context.counters();
    const auto number = [](std::uint64_t value) { return Value(static_cast<std::int64_t>(value)); };
    return json(200, Object{{"memory", Object{{"workers_lua_vms", document::Array{}}, {"lua_shared_dicts", Object{}}}},
                            {"server", Object{{"connections_active", number(counters.connections)},
                                              {"connections_reading", 0},
                                              {"connections_writing", number(counters.connections)},
                                              {"connections_waiting", 0},
                                              {"connections_accepted", number(counters.requests)},
                                              {"connections_handled", number(counters.requests)},
                                              {"total_requests", number(counters.requests)}}},
                            {"configuration_hash", m_context.snapshot()->hash()}});
}

Response AdminHandler::root() const
{
    const auto snapshot = m_context.snapshot();
    char name[256] = {};
    ::gethostname(name, sizeof name - 1);
    return json(200,
                Object{{"tagline", "Welcome to kong"},
                       {"version", "3.9.1"},
                       {"edition", snapshot->edition() == Edition::OpenSource ? "community" : "enterprise"},
                       {"hostname", std::string(name)},
                       {"configuration", Object{{"database", "off"}, {"router_flavor", "traditional_compatible"}}}});
}

} // namespace claimsmith::gateway
