// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/outcomecomparison.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/trace.h"
#include "http/message.h"
#include "jose/compact.h"
#include "text/quantities.h"
#include "widgets/tracestepsmodel.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace claimsmith::app {

namespace {

using document::Value;
using Mark = TextTableRow::Mark;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(OutcomeComparison)
};

constexpr std::size_t largestBody = 256U << 10U; // bytes; larger ones are compared by their size
constexpr std::size_t mostValues = 200;          // of a body that are listed

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Names with values, in order. A name may come more than once.
using Facts = std::vector<std::pair<QString, QString>>;

std::optional<QString> find(const Facts& facts, const QString& name)
{
    const auto found = std::ranges::find(facts, name, &Facts::value_type::first);
    return found == facts.end() ? std::nullopt : std::optional(found->second);
}

/// A row for each fact that is another one or on one side only.
void addDifferences(std::vector<TextTableRow>& rows, const Facts& before, const Facts& now)
{
    for (const auto& [name, value] : now) {
        const auto old = find(before, name);
        if (!old)
            rows.push_back({{name, {}, value}, Mark::Added});
        else if (*old != value)
            rows.push_back({{name, *old, value}, Mark::Changed});
    }
    for (const auto& [name, value] : before)
        if (!find(now, name))
            rows.push_back({{name, value, {}}, Mark::Removed});
}

void addSection(std::vector<TextTableRow>& rows, const QString& title, const Facts& before, const Facts& now)
{
    std::vector<TextTableRow> section;
    addDifferences(section, before, now);
    if (section.empty())
        return;
    rows.push_back({{title}, Mark::Heading});
    rows.insert(rows.end(), section.begin(), section.end());
}

/// The values of a document by their JSON pointers.
void addValues(Facts& facts, const QString& place, const Value& value)
{
    if (facts.size() >= mostValues)
        return;
    if (const auto* object = value.asObject(); object != nullptr && !object->empty()) {
        for (const auto& member : *object)
            addValues(facts, qstring(document::joinPointer(place.toStdString(), member.name)), member.value);
    } else if (const auto* array = value.asArray(); array != nullptr && !array->empty()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            addValues(facts, place + QLatin1Char('/') + QString::number(i), (*array)[i]);
    } else {
        facts.emplace_back(place.isEmpty() ? Tr::tr("Body") : place, qstring(document::toJson(value)));
    }
}

void addTokenPart(Facts& facts, const QString& name, std::string_view part)
{
    const auto bytes = fromBase64Url(part, Base64Rule::Lenient);
    const auto value = bytes ? document::parseJson(*bytes, {.allowDuplicateKeys = true}) : Result<Value>(Value());
    const auto* object = value.hasValue() ? value->asObject() : nullptr;
    if (object == nullptr)
        return;
    for (const auto& member : *object)
        facts.emplace_back(name.arg(qstring(member.name)), qstring(document::toJson(member.value)));
}

Facts requestFacts(const SendOutcome& outcome)
{
    const http::RequestHead& head = outcome.prepared.head;
    Facts facts{{Tr::tr("Method"), qstring(head.method)}, {Tr::tr("URL"), qstring(head.target)}};
    const auto parts = jose::splitCompact(outcome.prepared.token);
    for (const auto& field : head.headers) {
        // A token that can be read is told claim by claim.
        if (!parts || field.value.find(outcome.prepared.token) == std::string_view::npos)
            facts.emplace_back(qstring(field.name), qstring(field.value));
    }
    if (parts) {
        addTokenPart(facts, Tr::tr("token header %1"), parts->header);
        addTokenPart(facts, Tr::tr("token claim %1"), parts->payload);
    }
    if (!outcome.prepared.body.empty())
        facts.emplace_back(Tr::tr("Body sent"), qstring(outcome.prepared.body));
    return facts;
}

QString nameOf(const std::optional<gateway::EntityRef>& entity)
{
    return entity ? qstring(entity->name.empty() ? entity->id : entity->name) : QString();
}

Facts gatewayFacts(const SendOutcome& outcome)
{
    const gateway::Trace* trace = outcome.trace.get();
    if (trace == nullptr)
        return {};
    Facts facts;
    for (const auto& [title, entity] :
         {std::pair(Tr::tr("Route"), trace->route), std::pair(Tr::tr("Service"), trace->service),
          std::pair(Tr::tr("Consumer"), trace->consumer)})
        if (entity)
            facts.emplace_back(title, nameOf(entity));
    for (const auto& step : trace->steps)
        if (step.kind == gateway::Step::Kind::Plugin || step.kind == gateway::Step::Kind::Upstream)
            facts.emplace_back(qstring(step.name), textOf(*trace, step).outcome.text);
    return facts;
}

Facts responseFacts(const SendOutcome& outcome)
{
    const http::ClientResponse& response = *outcome.response;
    Facts facts{{Tr::tr("Status"), QString::number(response.head.status)},
                {Tr::tr("Time"), briefDurationText(response.timings.total)}};
    for (const auto& field : response.head.headers)
        facts.emplace_back(qstring(field.name), qstring(field.value));
    return facts;
}

Facts bodyFacts(const SendOutcome& outcome)
{
    const http::BodyStore& body = outcome.response->body;
    if (!body.isInMemory() || body.size() > largestBody)
        return {{Tr::tr("Body"), sizeText(body.size())}};
    Facts facts;
    const auto value = document::parseJson(body.memory(), {.allowDuplicateKeys = true});
    if (value.hasValue())
        addValues(facts, {}, *value);
    else if (body.size() > 0)
        facts.emplace_back(Tr::tr("Body"), qstring(body.memory()).simplified());
    return facts;
}

} // namespace

std::vector<TextTableRow> compareOutcomes(const SendOutcome& before, const SendOutcome& now)
{
    std::vector<TextTableRow> rows;
    addSection(rows, Tr::tr("What was sent"), requestFacts(before), requestFacts(now));
    addSection(rows, Tr::tr("What the gateway did"), gatewayFacts(before), gatewayFacts(now));
    addSection(rows, Tr::tr("What came back"), responseFacts(before), responseFacts(now));
    addSection(rows, Tr::tr("Body"), bodyFacts(before), bodyFacts(now));
    return rows;
}

} // namespace claimsmith::app
