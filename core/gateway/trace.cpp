// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/trace.h"

#include "base/text.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

bool isFirstOfItsName(const http::HeaderMap& headers, std::size_t index)
{
    for (std::size_t i = 0; i < index; ++i)
        if (equalIgnoringCase(headers[i].name, headers[index].name))
            return false;
    return true;
}

Value toValue(const http::HeaderMap& headers)
{
    Array lines;
    for (const http::HeaderField& field : headers)
        lines.push_back(Array{field.name, field.value});
    return lines;
}

Value toValue(const http::RequestHead& head)
{
    return Object{{"method", head.method}, {"target", head.target}, {"headers", toValue(head.headers)}};
}

Value toValue(const HeaderChange& change)
{
    static constexpr std::string_view kinds[] = {"plugin", "proxy", "service"};
    return Object{{"kind", nameOf(change.kind)},
                  {"name", change.name},
                  {"before", change.before},
                  {"after", change.after},
                  {"by", Object{{"kind", kinds[static_cast<std::size_t>(change.by.kind)]}, {"name", change.by.name}}}};
}

Value toValue(const Finding& finding)
{
    Object object{{"check", finding.check}, {"state", nameOf(finding.state)}};
    const auto setIfAny = [&](std::string_view name, const std::string& text) {
        if (!text.empty())
            object.set(name, text);
    };
    setIfAny("expected", finding.expected);
    setIfAny("found", finding.found);
    setIfAny("pointer", finding.pointer);
    setIfAny("standard", finding.standard);
    setIfAny("quirk", finding.quirk);
    Object parameters;
    for (const auto& [name, text] : finding.parameters)
        parameters.set(name, text);
    if (!parameters.empty())
        object.set("parameters", std::move(parameters));
    return object;
}

Value toValue(const BodyChange& change)
{
    Object object{{"before_size", change.beforeSize}, {"after_size", change.afterSize}};
    const auto setIfText = [&](std::string_view name, const Bytes& bytes) {
        if (findInvalidUtf8(bytes) == std::string_view::npos)
            object.set(name, bytes);
    };
    setIfText("before", change.before);
    setIfText("after", change.after);
    return object;
}

Value toValue(const Step& step);

template <class T>
Value toList(const std::vector<T>& elements)
{
    Array list;
    for (const T& element : elements)
        list.push_back(toValue(element));
    return list;
}

Value toValue(const Step& step)
{
    const auto microseconds = [](std::chrono::nanoseconds time) { return static_cast<double>(time.count()) / 1000.0; };
    Object object{{"kind", nameOf(step.kind)}, {"verdict", nameOf(step.verdict)}, {"name", step.name}};
    if (step.kind == Step::Kind::Plugin) {
        object.set("scope", step.scope);
        object.set("phase", nameOf(step.phase));
        object.set("priority", step.priority);
    }
    if (!step.pointer.empty())
        object.set("pointer", step.pointer);
    object.set("begin_us", microseconds(step.begin));
    object.set("duration_us", microseconds(step.duration));
    if (step.status != 0)
        object.set("status", step.status);
    if (!step.detail.empty())
        object.set("detail", step.detail);
    if (!step.findings.empty())
        object.set("findings", toList(step.findings));
    if (!step.requestChanges.empty())
        object.set("request_changes", toList(step.requestChanges));
    if (!step.responseChanges.empty())
        object.set("response_changes", toList(step.responseChanges));
    if (step.requestBody)
        object.set("request_body", toValue(*step.requestBody));
    if (step.responseBody)
        object.set("response_body", toValue(*step.responseBody));
    return object;
}

Value toValue(const EntityRef& entity)
{
    return Object{{"id", entity.id}, {"name", entity.name}, {"pointer", entity.pointer}};
}

} // namespace

BodyChange BodyChange::between(BytesView before, BytesView after)
{
    // A UTF-8 character stays whole.
    const auto beginning = [](BytesView bytes) {
        std::size_t size = std::min(bytes.size(), keptBytes);
        while (size > 0 && size < bytes.size() && (static_cast<unsigned char>(bytes[size]) & 0xC0U) == 0x80U)
            --size;
        return Bytes(bytes.substr(0, size));
    };
    return {beginning(before), beginning(after), before.size(), after.size()};
}

std::string_view Finding::parameter(std::string_view name) const noexcept
{
    const auto known = std::ranges::find(parameters, name, &Parameters::value_type::first);
    return known == parameters.end() ? std::string_view() : std::string_view(known->second);
}

const Finding* Step::failure() const noexcept
{
    const auto found = std::ranges::find(findings, Finding::State::Failed, &Finding::state);
    return found == findings.end() ? nullptr : &*found;
}

const Step* Trace::decisive() const noexcept
{
    const auto ends = [](const Step& step) {
        return step.verdict == Step::Verdict::Answered || step.verdict == Step::Verdict::Failed;
    };
    const auto found = std::ranges::find_if(steps, ends);
    return found == steps.end() ? nullptr : &*found;
}

std::vector<HeaderChange> Trace::requestChanges() const
{
    std::vector<HeaderChange> changes;
    for (const Step& step : steps)
        changes.insert(changes.end(), step.requestChanges.begin(), step.requestChanges.end());
    return changes;
}

std::vector<HeaderChange> compareHeaders(const http::HeaderMap& before, const http::HeaderMap& after, const Author& by)
{
    std::vector<HeaderChange> changes;
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (!isFirstOfItsName(after, i))
            continue;
        const std::string name(after[i].name);
        const std::string now = after.joined(name);
        if (!before.contains(name))
            changes.push_back({HeaderChange::Kind::Added, name, {}, now, by});
        else if (std::string then = before.joined(name); then != now)
            changes.push_back({HeaderChange::Kind::Changed, name, std::move(then), now, by});
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        if (isFirstOfItsName(before, i) && !after.contains(before[i].name))
            changes.push_back(
                {HeaderChange::Kind::Removed, std::string(before[i].name), before.joined(before[i].name), {}, by});
    return changes;
}

Value toValue(const Trace& trace)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(trace.time).time_since_epoch().count();
    Object object{
        {"request_id", trace.requestId},
        {"time", static_cast<double>(milliseconds) / 1000.0},
        {"scheme", trace.scheme},
        {"peer", trace.peer},
        {"request", toValue(trace.request)},
        {"upstream", trace.upstream ? toValue(*trace.upstream) : Value()},
        {"upstream_address", trace.upstreamAddress},
        {"response", Object{{"status", trace.response.status}, {"headers", toValue(trace.response.headers)}}},
        {"duration_us", static_cast<double>(trace.duration.count()) / 1000.0},
        {"route", trace.route ? toValue(*trace.route) : Value()},
        {"service", trace.service ? toValue(*trace.service) : Value()},
        {"consumer", trace.consumer ? toValue(*trace.consumer) : Value()},
        {"anonymous", trace.anonymous},
        {"steps", toList(trace.steps)},
    };
    if (trace.credential)
        object.set("credential",
                   Object{{"kind", trace.credential->kind}, {"entity", toValue(trace.credential->entity)}});
    return object;
}

std::string_view nameOf(Step::Kind kind) noexcept
{
    static constexpr std::string_view names[] = {"received", "route", "plugin", "upstream", "response"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view nameOf(Step::Verdict verdict) noexcept
{
    static constexpr std::string_view names[] = {"passed", "answered", "skipped", "anonymous", "not-run", "failed"};
    return names[static_cast<std::size_t>(verdict)];
}

std::string_view nameOf(Finding::State state) noexcept
{
    static constexpr std::string_view names[] = {"passed", "failed", "not-checked"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view nameOf(HeaderChange::Kind kind) noexcept
{
    static constexpr std::string_view names[] = {"added", "changed", "removed"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view nameOf(Phase phase) noexcept
{
    static constexpr std::string_view names[] = {"rewrite", "access", "header-filter", "body-filter", "log"};
    return names[static_cast<std::size_t>(phase)];
}

} // namespace claimsmith::gateway
