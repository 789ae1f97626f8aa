// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/outcome.h"

#include "base/text.h"
#include "document/json.h"

namespace claimsmith::runner {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::size_t largestBody = 16U << 20U;

Value headersOf(const http::HeaderMap& headers)
{
    Object object;
    for (const http::HeaderField& field : headers) {
        std::string name = toLower(field.name);
        if (!object.contains(name))
            object.append(std::move(name), headers.joined(field.name));
    }
    return object;
}

Value bodyOf(const http::BodyStore& body)
{
    const auto text = body.read(0, largestBody);
    if (!text || text->empty())
        return nullptr;
    auto json = document::parseJson(*text);
    return json ? std::move(*json) : Value(std::string(*text));
}

Array findingsOf(const gateway::Trace& trace)
{
    Array failed;
    for (const gateway::Step& step : trace.steps) {
        for (const gateway::Finding& finding : step.findings) {
            if (finding.state == gateway::Finding::State::Failed)
                failed.emplace_back(finding.check);
        }
    }
    return failed;
}

Value nameOf(const std::optional<gateway::EntityRef>& entity)
{
    if (!entity)
        return nullptr;
    return entity->name.empty() ? entity->id : entity->name;
}

Value answeredBy(const gateway::Trace& trace)
{
    const gateway::Step* step = trace.decisive();
    return step && step->kind == gateway::Step::Kind::Plugin ? Value(step->name) : Value();
}

Value upstreamOf(const gateway::Trace& trace)
{
    if (!trace.upstream)
        return nullptr;
    return Object{{"method", trace.upstream->method},
                  {"path", trace.upstream->target},
                  {"headers", headersOf(trace.upstream->headers)}};
}

void addTrace(Object& object, const gateway::Trace& trace)
{
    object.append("findings", findingsOf(trace));
    object.append("answeredBy", answeredBy(trace));
    object.append("route", nameOf(trace.route));
    object.append("service", nameOf(trace.service));
    object.append("consumer", nameOf(trace.consumer));
    object.append("anonymous", trace.anonymous);
    object.append("upstream", upstreamOf(trace));
}

} // namespace

Value outcome(const http::ClientResponse& response, const gateway::Trace* trace)
{
    Object object{{"status", response.head.status},
                  {"headers", headersOf(response.head.headers)},
                  {"body", bodyOf(response.body)}};
    if (trace)
        addTrace(object, *trace);
    return object;
}

const std::vector<std::string_view>& outcomeMembers()
{
    static const std::vector<std::string_view> names{"status", "headers", "body",     "findings",  "answeredBy",
                                                     "route",  "service", "consumer", "anonymous", "upstream"};
    return names;
}

} // namespace claimsmith::runner
