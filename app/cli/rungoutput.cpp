// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rungoutput.h"

#include "cli/io.h"

namespace claimsmith::cli {
namespace {

document::Value describe(const jose::Rung& rung)
{
    document::Object entry{{"id", jose::toString(rung.id)}, {"state", jose::toString(rung.state)}};
    if (!rung.expected.empty())
        entry.append("expected", rung.expected);
    if (!rung.found.empty())
        entry.append("found", rung.found);
    if (rung.distance)
        entry.append("distance", *rung.distance);
    if (!rung.standard.empty())
        entry.append("standard", rung.standard);
    if (rung.problem) {
        entry.append("error", rung.problem->code.name());
        document::Object parameters;
        for (const auto& [name, value] : rung.problem->parameters)
            parameters.set(name, value);
        if (!parameters.empty())
            entry.append("parameters", std::move(parameters));
        if (rung.problem->place.offset != Place::npos)
            entry.append("offset", static_cast<std::int64_t>(rung.problem->place.offset));
    }
    return entry;
}

std::string linesOf(const std::vector<jose::Rung>& rungs)
{
    std::string text;
    for (const jose::Rung& rung : rungs) {
        if (rung.state == jose::RungState::NotChecked)
            continue;
        std::string line(jose::toString(rung.state));
        line.resize(8, ' ');
        line.append(jose::toString(rung.id));
        if (rung.problem)
            line += ": " + rung.problem->toString();
        if (!rung.standard.empty())
            line += " (" + std::string(rung.standard) + ')';
        text += line + '\n';
    }
    return text;
}

} // namespace

document::Array describeRungs(const std::vector<jose::Rung>& rungs)
{
    document::Array list;
    for (const jose::Rung& rung : rungs)
        list.push_back(describe(rung));
    return list;
}

document::Object describeVerification(const jose::VerificationReport& report)
{
    const Error* problem = report.firstProblem();
    return {{"valid", report.isValid()},
            {"error", problem == nullptr ? document::Value() : document::Value(problem->code.name())},
            {"rungs", describeRungs(report.rungs)}};
}

void writeRungs(const std::vector<jose::Rung>& rungs)
{
    write(linesOf(rungs));
}

void reportRungs(const std::vector<jose::Rung>& rungs)
{
    writeDiagnostic(linesOf(rungs));
}

} // namespace claimsmith::cli
