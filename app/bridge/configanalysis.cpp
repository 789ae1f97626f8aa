// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configanalysis.h"

#include "base/text.h"
#include "bridge/configlint.h"
#include "bridge/quickfix.h"
#include "document/json.h"
#include "document/yaml.h"

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr std::string_view fileName = "kong.yml";

bool isWithin(std::string_view pointer, std::string_view ancestor)
{
    return pointer.substr(0, ancestor.size()) == ancestor &&
           (pointer.size() == ancestor.size() || pointer[ancestor.size()] == '/');
}

Result<document::Value> read(const std::string& text, document::SourceMap& places)
{
    if (trimmed(text).substr(0, 1) == "{")
        return document::parseJson(text, {}, &places);
    return document::parseYaml(text, {}, &places);
}

/// Fills in line and column: those of the key where there is one, since that is where a reader looks for a member.
void locate(Place& place, const document::SourceMap& places)
{
    if (place.line != 0)
        return;
    place.file = fileName;
    const document::SourceMap::Entry* entry = places.findNearest(place.pointer);
    if (!entry)
        return;
    const document::Span& span = entry->key ? *entry->key : entry->value;
    place.line = span.line;
    place.column = span.column;
    place.offset = span.begin;
}

bool isOneLine(std::string_view text, const document::Span& span)
{
    const std::string_view part = text.substr(span.begin, span.end - span.begin);
    return !part.empty() && part.find('\n') == std::string_view::npos;
}

const document::SourceMap::Entry* firstMemberOf(const document::SourceMap& places,
                                                const document::SourceMap::Entry& object)
{
    const document::SourceMap::Entry* first = nullptr;
    for (const auto& [pointer, entry] : places) {
        const bool isInside =
            entry.key && entry.key->begin >= object.value.begin && entry.key->begin < object.value.end;
        if (isInside && (!first || entry.key->begin < first->key->begin))
            first = &entry;
    }
    return first;
}

gateway::Problem problemOf(const Error& error)
{
    gateway::Problem problem;
    problem.place = error.place;
    problem.message = error.detail;
    return problem;
}

} // namespace

std::size_t ConfigAnalysis::count(ConfigProblem::Severity severity) const noexcept
{
    return static_cast<std::size_t>(std::count_if(
        problems.begin(), problems.end(), [&](const ConfigProblem& problem) { return problem.severity == severity; }));
}

std::optional<ConfigProblem::Severity> ConfigAnalysis::severityIn(std::string_view pointer) const noexcept
{
    std::optional<ConfigProblem::Severity> worst;
    for (const ConfigProblem& problem : problems) {
        if (!isWithin(problem.problem.place.pointer, pointer))
            continue;
        if (problem.severity == ConfigProblem::Severity::Error)
            return problem.severity;
        worst = problem.severity;
    }
    return worst;
}

std::size_t ConfigAnalysis::lineOf(std::string_view pointer) const
{
    Place place;
    place.pointer = pointer;
    locate(place, places);
    return place.line;
}

document::Span ConfigAnalysis::spanOf(const Place& place) const
{
    const document::SourceMap::Entry* entry = places.findNearest(place.pointer);
    if (!entry || place.pointer.empty())
        return {0, 0, place.line, place.column};
    const document::Value* value = document.at(place.pointer);
    if (value && isOneLine(text, entry->value) && !value->asObject() && !value->asArray())
        return entry->value;
    if (entry->key)
        return *entry->key;
    // An element of a list has no name; a reader knows it by its first member.
    const document::SourceMap::Entry* first = firstMemberOf(places, *entry);
    return first ? *first->key : entry->value;
}

ConfigAnalysis readConfig(std::string text)
{
    ConfigAnalysis result;
    result.text = std::move(text);
    auto document = read(result.text, result.places);
    if (!document) {
        result.parseFailure = std::move(document).error().in(fileName);
        result.places = {};
        result.problems.push_back({ConfigProblem::Severity::Error, problemOf(*result.parseFailure)});
        return result;
    }
    result.document = std::move(document).value();
    result.outline = ConfigOutline(result.document);
    return result;
}

ConfigAnalysis analyse(std::string text, const gateway::BuildOptions& options)
{
    ConfigAnalysis result = readConfig(std::move(text));
    if (!result.parses())
        return result;

    gateway::ConfigurationReport report;
    auto snapshot = gateway::buildSnapshot(result.document, options, &report);
    if (snapshot)
        result.snapshot = std::move(snapshot).value();
    else if (report.problems.empty())
        report.problems.push_back(problemOf(snapshot.error()));

    for (gateway::Problem& problem : report.problems) {
        ConfigProblem entry{ConfigProblem::Severity::Error, std::move(problem)};
        entry.fix = quickFixFor(entry.problem, result.document);
        result.problems.push_back(std::move(entry));
    }
    for (gateway::Problem& note : report.notes) {
        ConfigProblem entry{ConfigProblem::Severity::Warning, std::move(note)};
        entry.problem.message = entry.problem.rule;
        result.problems.push_back(std::move(entry));
    }
    for (ConfigProblem& warning : lintConfig(result.document, result.outline))
        result.problems.push_back(std::move(warning));
    for (ConfigProblem& problem : result.problems)
        locate(problem.problem.place, result.places);
    std::stable_sort(
        result.problems.begin(), result.problems.end(), [](const ConfigProblem& a, const ConfigProblem& b) {
            return a.severity != b.severity ? a.severity < b.severity : a.problem.place.line < b.problem.place.line;
        });
    return result;
}

} // namespace claimsmith::app
