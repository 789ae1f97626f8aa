// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/keyinput.h"
#include "cli/tokeninput.h"
#include "document/json.h"
#include "jose/jws.h"
#include "jose/lintadvice.h"

#include <array>
#include <optional>

namespace claimsmith::cli {
namespace {

using document::Object;

Result<std::optional<KeyInput>> optionalKeys(const Arguments& arguments)
{
    auto input = readKeyInput(arguments);
    if (input)
        return std::optional(std::move(input).value());
    if (input.error().code == KeyInputErrorCode::NoKeyGiven)
        return std::optional<KeyInput>();
    return std::move(input).error();
}

Object describe(const jose::LintFinding& finding)
{
    const jose::LintAdvice& advice = jose::adviceOn(finding.code);
    Object entry{{"code", jose::toString(finding.code)},
                 {"severity", jose::toString(finding.severity)},
                 {"standard", finding.standard}};
    if (!advice.bestPractice.empty())
        entry.append("best_practice", "RFC 8725 " + std::string(advice.bestPractice));
    if (!finding.pointer.empty())
        entry.append("pointer", finding.pointer);
    entry.append("problem", jose::filled(advice.problem, finding));
    entry.append("fix", jose::filled(advice.fix, finding));
    return entry;
}

void writePlain(const jose::LintFinding& finding)
{
    const jose::LintAdvice& advice = jose::adviceOn(finding.code);
    std::string line(jose::toString(finding.severity));
    line.resize(8, ' ');
    line += jose::filled(advice.problem, finding) + ' ' + jose::filled(advice.fix, finding);
    const std::string standard =
        advice.bestPractice.empty() ? std::string(finding.standard) : "RFC 8725 " + std::string(advice.bestPractice);
    writeLine(line + (standard.empty() ? "" : " (" + standard + ')'));
}

Result<jose::LintSeverity> threshold(const Arguments& arguments)
{
    const std::string_view name = arguments.valueOr("--fail-on", "error");
    for (const auto severity : {jose::LintSeverity::Info, jose::LintSeverity::Warning, jose::LintSeverity::Error}) {
        if (jose::toString(severity) == name)
            return severity;
    }
    return Error{.code = ArgumentsErrorCode::UnexpectedValue, .detail = "--fail-on takes info, warning or error"};
}

Result<std::vector<jose::LintFinding>> findings(const Arguments& arguments)
{
    CLAIMSMITH_TRY(const std::optional<KeyInput> keys, optionalKeys(arguments));
    CLAIMSMITH_TRY(const std::string token, readToken(arguments));
    CLAIMSMITH_TRY(const jose::Jws jws, jose::readJws(token));
    const auto payload = document::parseJson(jws.payload.octets, {.allowDuplicateKeys = true});
    jose::LintInput input{.header = &jws.signatures.front().protectedMembers,
                          .claims = payload ? payload->asObject() : nullptr};
    if (keys && keys->set.keys.size() == 1)
        input.key = &keys->set.keys.front();
    return jose::lint(input);
}

int run(const Arguments& arguments)
{
    const auto limit = threshold(arguments);
    if (!limit)
        return fail(WrongUsage, limit.error().detail);
    const auto found = findings(arguments);
    if (!found)
        return fail(statusOf(found.error()), found.error());
    document::Array list;
    bool isNegative = false;
    for (const jose::LintFinding& finding : *found) {
        isNegative = isNegative || finding.severity >= *limit;
        if (arguments.wantsJson())
            list.push_back(describe(finding));
        else
            writePlain(finding);
    }
    if (arguments.wantsJson())
        writeJson(Object{{"findings", std::move(list)}});
    else if (found->empty())
        writeLine("nothing to say against it");
    return isNegative ? Negative : Success;
}

} // namespace

Command jwtLintCommand()
{
    return {.name = "jwt lint",
            .operands = "[TOKEN]",
            .summary = "Say what is unwise about a token and its key, by RFC 8725, and how to mend it",
            .options =
                keyOptions() +
                std::vector<Option>{{"--fail-on", "SEVERITY",
                                     "from which finding on the exit status is 1: info, warning or error (default)"}},
            .run = &run};
}

} // namespace claimsmith::cli
