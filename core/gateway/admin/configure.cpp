// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "document/json.h"
#include "document/yaml.h"
#include "gateway/admin/endpoints.h"
#include "gateway/admin/multipart.h"
#include "gateway/admin/responses.h"
#include "gateway/declarative/dump.h"
#include "gateway/proxy/failure.h"
#include "http/mediatype.h"

#include <algorithm>
#include <variant>

namespace claimsmith::gateway::admin {

using document::Object;
using document::Value;
using http::Response;

namespace {

constexpr const char* onlyWithoutDatabase =
    "this endpoint is only available when Kong is configured to not use a database";

bool isTrue(const Call& call, std::string_view name)
{
    const http::QueryArgument* const argument = call.query.find(name);
    if (argument == nullptr)
        return false;
    const std::string value = toLower(argument->value.value_or("true"));
    return value == "true" || value == "1" || value == "on" || value == "yes";
}

/// Whether Kong does not tell of the problem because its own reader fails on it.
bool breaksKong(const Problem& problem)
{
    if (problem.message == "expected a string")
        return (problem.entity == "services" && problem.field == "url") ||
               (problem.entity == "plugins" && problem.field == "name");
    return problem.entity == "plugins" && problem.message.starts_with("invalid reference");
}

bool isSyntaxError(const Error& error)
{
    return error.cause && error.cause->code == document::YamlErrorCode::Syntax;
}

/// "1:5: did not find expected ',' or ']'": libyaml's words behind the place of what it read last, as lyaml shows them.
std::string parserText(const Error& error)
{
    const auto parameter = [&](std::string_view name) {
        const auto& all = error.cause->parameters;
        const auto found = std::ranges::find(all, name, &std::pair<std::string, std::string>::first);
        return found == all.end() ? std::string() : found->second;
    };
    return parameter("after") + ": " + parameter("problem");
}

/// kong-core.md §6.5.
Response refusal(const ConfigurationReport& report, bool flatten)
{
    const Object& shown = flatten ? report.unflattened : report.fields;
    Object body{{"code", static_cast<int>(ErrorKind::InvalidConfiguration)},
                {"name", "invalid declarative configuration"},
                {"message", "declarative config is invalid: " + toLuaText(Value(shown))},
                {"fields", shown}};
    if (flatten)
        body.set("flattened_errors",
                 report.flattened.empty() ? Value(Object{}) : Value(report.flattened)); // Lua's empty table
    return json(400, Value(std::move(body)));
}

/// As Kong has just read it: what is only worked out when an entity is stored is not there yet.
Object loaded(const Entity& entity)
{
    Object fields = entity.fields;
    if (entity.type->name == "ca_certificates")
        fields.set("cert_digest", nullptr);
    return fields;
}

/// Entity name → id → entity, as POST /config answers.
Value entityTables(const Entities& entities)
{
    Object tables;
    for (const EntityType* type : entityTypes()) {
        Object table;
        for (const auto& entity : entities.all(type->name))
            table.append(entity->id, loaded(*entity));
        if (!table.empty())
            tables.append(std::string(type->name), std::move(table));
    }
    return tables;
}

bool isJson(const http::Request& request)
{
    const auto type = http::parseMediaType(request.head.headers.value("content-type"));
    return type && type->is("application/json");
}

std::variant<std::string, Response> textInForm(const http::QueryArguments& form)
{
    const http::QueryArgument* const config = form.find("config");
    if (config != nullptr && config->value)
        return *config->value;
    return message(400, "expected a declarative configuration");
}

std::variant<std::string, Response> textInJson(const std::string& body)
{
    const auto parsed = document::parseJson(body, {.allowDuplicateKeys = true});
    if (!parsed)
        return message(400, "Cannot parse JSON body");
    if (parsed->find("_format_version") != nullptr)
        return body;
    const Value* const config = parsed->find("config");
    if (config != nullptr)
        return config->asString() != nullptr ? *config->asString() : document::toJson(*config);
    if (parsed->asObject() != nullptr)
        return body;
    return message(400, "expected a declarative configuration");
}

/// The document of a POST /config (kong-admin-deck.md §2.4), or an answer that says why there is none.
std::variant<std::string, Response> documentText(const http::Request& request)
{
    const auto type = http::parseMediaType(request.head.headers.value("content-type"));
    if (request.body.empty() && !type)
        return message(400, "expected a declarative configuration");
    if (!type)
        return nginxPage(415);
    if (type->is("application/yaml") || type->is("text/yaml"))
        return request.body;
    if (type->is("multipart/form-data"))
        return textInForm(readMultipart(request.body, type->parameter("boundary").value_or("")));
    if (type->is("application/x-www-form-urlencoded"))
        return textInForm(http::parseQuery(request.body, 1000));
    if (type->is("application/json"))
        return textInJson(request.body);
    return nginxPage(415);
}

Response configure(const Call& call)
{
    if (call.context.writes)
        return message(400, onlyWithoutDatabase);
    std::variant<std::string, Response> text = documentText(call.request);
    if (auto* const answer = std::get_if<Response>(&text))
        return std::move(*answer);
    BuildOptions options = call.context.build;
    options.now = systemClock().now();
    ConfigurationReport report;
    auto snapshot = loadSnapshot(std::get<std::string>(text), "POST /config", options, &report);
    if (!snapshot) {
        if (options.conduct == Conduct::Kong && std::ranges::any_of(report.problems, breaksKong))
            return broken();
        if (isSyntaxError(snapshot.error()))
            report.fields.set("error", "failed parsing declarative configuration: " + parserText(snapshot.error()));
        return refusal(report, isTrue(call, "flatten_errors"));
    }
    // The document itself as JSON has no text to compare.
    const bool isText = std::get<std::string>(text) != call.request.body || !isJson(call.request);
    if (isText && call.argument("check_hash") == "1" && (*snapshot)->hash() == call.snapshot->hash())
        return empty(304);
    Response response = json(201, entityTables((*snapshot)->entities()));
    call.context.apply(std::move(snapshot).value());
    return response;
}

Response showConfiguration(const Call& call)
{
    if (call.context.writes)
        return message(400, onlyWithoutDatabase);
    return json(200, Object{{"config", document::toYaml(declarative::dumpEntities(call.entities()))}});
}

} // namespace

void addConfigEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/config", {{"GET", showConfiguration}, {"POST", configure}}});
}

} // namespace claimsmith::gateway::admin
