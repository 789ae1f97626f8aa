// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/forge/report.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;

constexpr std::array<Outcome, 4> outcomes{Outcome::Accepted, Outcome::Failed, Outcome::Refused, Outcome::NotSent};

Object describe(const Answer& answer)
{
    return {{"outcome", toString(answer.outcome)}, {"detail", answer.detail}};
}

std::string escapedForXml(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            // XML 1.0 has no other control characters, not even escaped.
            escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return escaped;
}

/// A cell of a Markdown table.
std::string escapedForTable(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '|' || c == '<')
            escaped += '\\';
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return escaped;
}

std::string row(std::initializer_list<std::string_view> cells)
{
    std::string line = "|";
    for (const std::string_view cell : cells)
        line += ' ' + escapedForTable(cell) + " |";
    return line + '\n';
}

std::string testCase(const Cell& cell)
{
    const std::string name = "name=\"" + escapedForXml(std::string(cell.variant->title) + ": " + cell.forgery.label) +
                             "\" classname=\"" + escapedForXml(cell.variant->id) + '"';
    const std::string message = escapedForXml(std::string(toString(cell.answer.outcome)) + ": " + cell.answer.detail);
    if (cell.isFinding())
        return "    <testcase " + name + "><failure message=\"" + message + "\">" +
               escapedForXml(cell.variant->proves) + " (" + escapedForXml(cell.variant->standard) +
               ")</failure></testcase>\n";
    if (cell.answer.outcome == Outcome::NotSent)
        return "    <testcase " + name + "><skipped message=\"" + message + "\"/></testcase>\n";
    return "    <testcase " + name + "/>\n";
}

std::string countsOf(const AttackReport& report)
{
    std::string text;
    for (const Outcome outcome : outcomes)
        text +=
            (text.empty() ? "" : ", ") + std::to_string(report.count(outcome)) + ' ' + std::string(toString(outcome));
    return text;
}

/// The variants in the order of the report, each once.
std::vector<const Variant*> variantsOf(const AttackReport& report)
{
    std::vector<const Variant*> seen;
    for (const Cell& cell : report.cells) {
        if (std::ranges::find(seen, cell.variant) == seen.end())
            seen.push_back(cell.variant);
    }
    return seen;
}

std::string variantRow(const AttackReport& report, const Variant& variant)
{
    std::array<std::size_t, 4> counts{};
    for (const Cell& cell : report.cells) {
        if (cell.variant == &variant)
            ++counts[static_cast<std::size_t>(cell.answer.outcome)];
    }
    const auto shown = [&](Outcome outcome) { return std::to_string(counts[static_cast<std::size_t>(outcome)]); };
    return row({variant.id, variant.title, shown(Outcome::Refused), shown(Outcome::Accepted), shown(Outcome::Failed),
                shown(Outcome::NotSent)});
}

} // namespace

document::Value toJson(const AttackReport& report)
{
    Object counts;
    for (const Outcome outcome : outcomes)
        counts.append(std::string(toString(outcome)), report.count(outcome));
    document::Array cells;
    for (const Cell& cell : report.cells) {
        Object entry{{"variant", cell.variant->id},        {"title", cell.variant->title},
                     {"label", cell.forgery.label},        {"severity", toString(cell.variant->severity)},
                     {"standard", cell.variant->standard}, {"outcome", toString(cell.answer.outcome)},
                     {"detail", cell.answer.detail},       {"token", cell.forgery.token}};
        if (cell.forgery.beside)
            entry.append("beside", *cell.forgery.beside);
        cells.push_back(std::move(entry));
    }
    return Object{{"target", report.target},
                  {"baseline", describe(report.baseline)},
                  {"counts", std::move(counts)},
                  {"cells", std::move(cells)}};
}

std::string toJunit(const AttackReport& report)
{
    const std::size_t failures = report.count(Outcome::Accepted) + report.count(Outcome::Failed);
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"" +
                      escapedForXml("token attack on " + report.target) + "\" tests=\"" +
                      std::to_string(report.cells.size()) + "\" failures=\"" + std::to_string(failures) +
                      "\" skipped=\"" + std::to_string(report.count(Outcome::NotSent)) + "\">\n";
    for (const Cell& cell : report.cells)
        xml += testCase(cell);
    return xml + "  </testsuite>\n</testsuites>\n";
}

std::string toMarkdown(const AttackReport& report)
{
    std::string text = "# Token attack on " + report.target +
                       "\n\nThe valid token: " + std::string(toString(report.baseline.outcome)) + " (" +
                       report.baseline.detail + "). Forged ones: " + countsOf(report) + ".\n";
    if (report.hasFindings()) {
        text += "\n## Findings\n\n" + row({"severity", "variant", "form", "answer", "proves", "standard"}) +
                "|---|---|---|---|---|---|\n";
        for (const Cell& cell : report.cells) {
            if (cell.isFinding())
                text += row({toString(cell.variant->severity), cell.variant->title, cell.forgery.label,
                             std::string(toString(cell.answer.outcome)) + ", " + cell.answer.detail,
                             cell.variant->proves, cell.variant->standard});
        }
    }
    text += "\n## All variants\n\n" + row({"id", "variant", "refused", "accepted", "failed", "not sent"}) +
            "|---|---|---|---|---|---|\n";
    for (const Variant* variant : variantsOf(report))
        text += variantRow(report, *variant);
    return text;
}

} // namespace claimsmith::jose::forge
