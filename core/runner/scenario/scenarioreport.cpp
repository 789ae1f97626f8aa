// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/scenarioreport.h"

#include "document/json.h"

#include <algorithm>
#include <cstdio>

namespace claimsmith::runner {
namespace {

using document::Array;
using document::Object;
using document::toJsonString;
using document::Value;

std::string milliseconds(std::chrono::microseconds duration)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(duration.count()) / 1000);
    return text;
}

/// "/status: expected 200, found 401".
std::string sentence(const Mismatch& mismatch)
{
    return (mismatch.pointer.empty() ? "" : mismatch.pointer + ": ") + "expected " + mismatch.expected + ", found " +
           (mismatch.found.empty() ? "nothing" : mismatch.found);
}

std::vector<std::string> reasons(const StepResult& step)
{
    std::vector<std::string> lines;
    if (step.error)
        lines.push_back(step.error->toString());
    for (const Mismatch& mismatch : step.mismatches)
        lines.push_back(sentence(mismatch));
    return lines;
}

/// A description must not hold what TAP gives a meaning to.
std::string tapText(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '#' || c == '\\')
            escaped += '\\';
        escaped += c == '\n' || c == '\r' ? ' ' : c;
    }
    return escaped;
}

std::string tapLine(std::size_t number, const ScenarioResult& scenario, const StepResult& step)
{
    std::string text = (step.passed() ? "ok " : "not ok ") + std::to_string(number) + " - " + tapText(scenario.name) +
                       ": " + tapText(step.name) + " # time=" + milliseconds(step.duration) + "ms\n";
    if (step.passed())
        return text;
    text += "  ---\n  at: " + toJsonString(scenario.file + ':' + std::to_string(step.line)) + "\n  differences:\n";
    for (const std::string& reason : reasons(step))
        text += "  - " + toJsonString(reason) + '\n';
    return text + "  ...\n";
}

/// For XML 1.0, which has no place for most control characters.
std::string xmlText(std::string_view text)
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
        case '\n':
            escaped += "&#10;";
            break;
        default:
            escaped += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? '?' : c;
        }
    }
    return escaped;
}

std::string seconds(std::chrono::microseconds duration)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", static_cast<double>(duration.count()) / 1e6);
    return text;
}

std::string junitCase(const ScenarioResult& scenario, const StepResult& step)
{
    std::string text = "    <testcase name=\"" + xmlText(step.name) + "\" classname=\"" + xmlText(scenario.name) +
                       "\" file=\"" + xmlText(scenario.file) + "\" line=\"" + std::to_string(step.line) + "\" time=\"" +
                       seconds(step.duration) + "\"";
    if (step.passed())
        return text + "/>\n";
    const std::string_view kind = step.error ? "error" : "failure";
    const std::vector<std::string> lines = reasons(step);
    text.append(">\n      <").append(kind) += " message=\"" + xmlText(lines.front()) + "\">";
    for (const std::string& line : lines)
        text += xmlText(line + '\n');
    return text.append("</").append(kind) + ">\n    </testcase>\n";
}

std::size_t countErrors(const ScenarioResult& scenario)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(scenario.steps, [](const StepResult& step) { return step.error.has_value(); }));
}

Value stepValue(const StepResult& step)
{
    Object object{{"name", step.name},
                  {"line", step.line},
                  {"passed", step.passed()},
                  {"milliseconds", document::Number(milliseconds(step.duration))}};
    Array mismatches;
    for (const Mismatch& each : step.mismatches)
        mismatches.emplace_back(Object{{"at", each.pointer}, {"expected", each.expected}, {"found", each.found}});
    object.append("mismatches", std::move(mismatches));
    if (step.error)
        object.append("error", step.error->toString());
    return object;
}

} // namespace

std::string toTap(std::span<const ScenarioResult> results)
{
    std::size_t number = 0;
    std::string lines;
    for (const ScenarioResult& scenario : results) {
        for (const StepResult& step : scenario.steps)
            lines += tapLine(++number, scenario, step);
    }
    return "TAP version 14\n1.." + std::to_string(number) + '\n' + lines;
}

std::string toJunit(std::span<const ScenarioResult> results)
{
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (const ScenarioResult& scenario : results) {
        const std::size_t errors = countErrors(scenario);
        text += "  <testsuite name=\"" + xmlText(scenario.name) + "\" tests=\"" +
                std::to_string(scenario.steps.size()) + "\" failures=\"" +
                std::to_string(scenario.failures() - errors) + "\" errors=\"" + std::to_string(errors) + "\">\n";
        for (const StepResult& step : scenario.steps)
            text += junitCase(scenario, step);
        text += "  </testsuite>\n";
    }
    return text + "</testsuites>\n";
}

Value toValue(std::span<const ScenarioResult> results)
{
    bool passed = true;
    Array scenarios;
    for (const ScenarioResult& scenario : results) {
        Array steps;
        for (const StepResult& step : scenario.steps)
            steps.push_back(stepValue(step));
        passed = passed && scenario.failures() == 0;
        scenarios.emplace_back(Object{{"name", scenario.name}, {"file", scenario.file}, {"steps", std::move(steps)}});
    }
    return Object{{"passed", passed}, {"scenarios", std::move(scenarios)}};
}

} // namespace claimsmith::runner
