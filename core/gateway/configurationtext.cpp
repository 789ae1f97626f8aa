// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "document/json.h"
#include "document/yaml.h"
#include "gateway/snapshotbuilder.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Value;

namespace {

/// Kong tries JSON first, then YAML, and tells what YAML made of it.
Result<Value> parseConfiguration(std::string_view text, document::SourceMap* map)
{
    const document::JsonOptions lenient{.allowDuplicateKeys = true};
    if (trimmed(text).starts_with('{'))
        if (auto json = document::parseJson(text, lenient, map))
            return json;
    if (map)
        *map = {};
    return document::parseYaml(text, {.allowDuplicateKeys = true, .allowFurtherDocuments = true}, map);
}

void locate(Place& place, std::string_view file, const document::SourceMap& map)
{
    place.file = file;
    if (const auto* entry = map.findNearest(place.pointer)) {
        const document::Span& span = entry->key && map.find(place.pointer) ? *entry->key : entry->value;
        place.line = span.line;
        place.column = span.column;
        place.offset = span.begin;
    }
}

/// Where values stand is read only when there is something to show: it costs as much as the document itself.
document::SourceMap mapOf(std::string_view text)
{
    document::SourceMap map;
    (void)parseConfiguration(text, &map);
    return map;
}

void locateAll(std::vector<Problem>& problems, std::string_view file, const document::SourceMap& map)
{
    for (Problem& problem : problems)
        locate(problem.place, file, map);
}

/// References that stand without quotes.
PlainValues plainReferences(std::string_view text)
{
    constexpr std::string_view opening = "${{";
    PlainValues plain;
    if (text.find(opening) != std::string_view::npos)
        for (const auto& [pointer, entry] : mapOf(text))
            if (text.substr(entry.value.begin).starts_with(opening))
                plain.insert(pointer);
    return plain;
}

/// The error for a text that is no document, told in the report as Kong tells it.
Error unreadable(const Error& cause, std::string_view file, ConfigurationReport& report)
{
    const bool isPlain = cause.code == ErrorCode(ConfigurationErrorCode::NotADocument);
    const std::string where =
        isPlain ? "" : std::to_string(cause.place.line) + ":" + std::to_string(cause.place.column) + ": ";
    report.fields.set("error", "failed parsing declarative configuration: " + where + cause.detail);
    report.unflattened = report.fields;
    Place place = cause.place;
    place.file = file;
    report.problems.push_back({place, cause.detail, {}, {}, {}});
    return Error{ConfigurationErrorCode::NotADocument, place, cause.detail, {}, std::make_shared<const Error>(cause)};
}

} // namespace

Result<std::shared_ptr<const Snapshot>> loadSnapshot(std::string_view text, std::string_view file,
                                                     const BuildOptions& options, ConfigurationReport* report)
{
    ConfigurationReport own;
    ConfigurationReport& used = report ? *report : own;
    auto document = parseConfiguration(text, nullptr);
    if (!document)
        return unreadable(document.error(), file, used);
    if (!document->asObject())
        return unreadable({ConfigurationErrorCode::NotADocument, {.line = 1, .column = 1}, "expected an object"}, file,
                          used);
    const PlainValues plain = options.resolveReference ? plainReferences(text) : PlainValues();
    auto snapshot = compileSnapshot(std::move(*document), options, used, text, plain);
    if (snapshot && (!report || report->notes.empty()))
        return snapshot;
    const document::SourceMap map = mapOf(text);
    locateAll(used.notes, file, map);
    std::ranges::stable_sort(used.notes, {}, [](const Problem& note) { return note.place.line; });
    if (snapshot)
        return snapshot;
    Error error = std::move(snapshot).error();
    locateAll(used.problems, file, map);
    locate(error.place, file, map);
    return error;
}

} // namespace claimsmith::gateway
