// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clisecrets.h"
#include "cli/commands.h"
#include "cli/io.h"

#include "base/file.h"
#include "document/json.h"
#include "runner/scenario/scenarioreport.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace claimsmith::cli {

Command testCommand();

namespace {

namespace fs = std::filesystem;
using runner::ScenarioResult;

using Results = std::vector<ScenarioResult>;

struct Reporter
{
    std::string_view name;
    std::string (*write)(const Results& results);
};

constexpr std::array<Reporter, 3> reporters{{
    {"tap", [](const Results& results) { return runner::toTap(results); }},
    {"junit", [](const Results& results) { return runner::toJunit(results); }},
    {"json", [](const Results& results) { return document::toJson(runner::toValue(results), {.indent = 2}) + '\n'; }},
}};

/// Where a report goes.
struct Report
{
    const Reporter* reporter;
    std::string file; ///< empty: standard output
};

std::optional<Report> parseReport(std::string_view text)
{
    const std::size_t equals = text.find('=');
    const auto found = std::ranges::find(reporters, text.substr(0, equals), &Reporter::name);
    if (found == reporters.end())
        return std::nullopt;
    return Report{&*found, equals == std::string_view::npos ? "" : std::string(text.substr(equals + 1))};
}

bool isScenario(const fs::path& file)
{
    return file.extension() == ".yaml" || file.extension() == ".yml" || file.extension() == ".json";
}

/// The files an operand stands for: itself, or those in a folder or in the `scenarios` of the workspaces in it, by
/// name.
std::vector<fs::path> filesOf(const fs::path& operand)
{
    std::error_code error;
    if (!fs::is_directory(operand, error))
        return {operand};
    const fs::path inner = operand / "scenarios";
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::is_directory(inner, error) ? inner : operand, error)) {
        if (fs::is_directory(entry.path() / "scenarios", error)) {
            const std::vector<fs::path> further = filesOf(entry.path());
            files.insert(files.end(), further.begin(), further.end());
        } else if (isScenario(entry.path())) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

Result<ScenarioResult> runFile(const fs::path& file)
{
    CLAIMSMITH_TRY(const runner::Scenario scenario, runner::readScenario(file));
    std::set<std::string> names = runner::secretNames(scenario);
    for (const std::string& madeUp : scenario.madeUpSecrets)
        names.erase(madeUp);
    return runner::runScenario(scenario, CliSecrets(names, scenario.workspace.id));
}

/// Runs all before anything is reported: a file that can't be read ends the command.
Result<Results> runAll(const std::vector<std::string>& operands)
{
    Results results;
    for (const std::string& operand : operands) {
        for (const fs::path& file : filesOf(operand)) {
            CLAIMSMITH_TRY(ScenarioResult result, runFile(file));
            results.push_back(std::move(result));
        }
    }
    return results;
}

Result<void> publish(const Report& report, const Results& results)
{
    const std::string text = report.reporter->write(results);
    if (!report.file.empty())
        return writeFileAtomically(report.file, text);
    write(text);
    return {};
}

/// Whether something that is needed is not there; else a file is wrong.
bool isMissing(const Error& error)
{
    return error.code == runner::ScenarioErrorCode::NoRoom ||
           (error.cause && error.cause->code == FileErrorCode::NotFound);
}

int run(const Arguments& arguments)
{
    if (arguments.operands().empty())
        return fail(WrongUsage, "test takes the files of scenarios, or a folder of them");
    std::vector<Report> reports;
    for (const std::string_view text : arguments.values("--reporter")) {
        const auto report = parseReport(text);
        if (!report)
            return fail(WrongUsage, "--reporter takes tap, junit or json, and where to: junit=results.xml");
        reports.push_back(*report);
    }
    if (reports.empty())
        reports.push_back({arguments.wantsJson() ? &reporters.back() : &reporters.front(), {}});
    const auto results = runAll(arguments.operands());
    if (!results)
        return fail(isMissing(results.error()) ? Environment : WrongUsage, results.error());
    if (results->empty())
        return fail(WrongUsage, "there is no scenario in " + arguments.operands().front());
    for (const Report& report : reports) {
        if (const auto written = publish(report, *results); !written)
            return fail(Environment, written.error());
    }
    return std::ranges::all_of(*results, [](const auto& each) { return each.failures() == 0; }) ? Success : Negative;
}

} // namespace

Command testCommand()
{
    return {.name = "test",
            .operands = "SCENARIO...",
            .summary =
                "Run scenarios: requests through a gateway and an echo upstream of their own, and what is hoped of "
                "each; exit status 1 when one fails",
            .options = {{"--reporter", "NAME[=FILE]",
                         "tap (the default), junit or json, to standard output or a file; may be repeated", true}},
            .run = &run};
}

} // namespace claimsmith::cli
