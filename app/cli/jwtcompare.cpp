// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "document/json.h"
#include "jose/compare.h"

namespace claimsmith::cli {
namespace {

using document::Object;
using jose::MemberChange;
using jose::MemberDifference;

document::Array describe(const std::vector<MemberDifference>& differences)
{
    document::Array list;
    for (const MemberDifference& each : differences) {
        Object entry{{"pointer", each.pointer}, {"change", toString(each.change)}};
        if (each.before)
            entry.append("before", *each.before);
        if (each.after)
            entry.append("after", *each.after);
        if (each.shift)
            entry.append("shift", *each.shift);
        if (each.isReordered)
            entry.append("reordered", true);
        list.push_back(std::move(entry));
    }
    return list;
}

void writePlain(std::string_view part, const std::vector<MemberDifference>& differences)
{
    for (const MemberDifference& each : differences) {
        const char mark = each.change == MemberChange::Same      ? ' '
                          : each.change == MemberChange::Added   ? '+'
                          : each.change == MemberChange::Removed ? '-'
                                                                 : '~';
        std::string line = std::string(1, mark) + ' ' + std::string(part) + each.pointer + ' ';
        if (each.before)
            line += document::toJson(*each.before);
        if (each.change == MemberChange::Changed)
            line += " -> ";
        if (each.after && each.change != MemberChange::Same)
            line += document::toJson(*each.after);
        if (each.shift && *each.shift != 0)
            line += " (" + std::string(*each.shift > 0 ? "+" : "") + std::to_string(*each.shift) + " s)";
        writeLine(line);
    }
}

int run(const Arguments& arguments)
{
    if (arguments.operands().size() != 2)
        return fail(WrongUsage, "two tokens are compared");
    const auto comparison = jose::compareTokens(arguments.operands()[0], arguments.operands()[1]);
    if (!comparison)
        return fail(WrongUsage, comparison.error());
    if (arguments.wantsJson()) {
        writeJson(Object{{"same_payload", comparison->samePayload},
                         {"same_signature", comparison->sameSignature},
                         {"header", describe(comparison->header)},
                         {"claims", describe(comparison->claims)}});
    } else {
        writePlain("header", comparison->header);
        writePlain("claims", comparison->claims);
    }
    return comparison->samePayload && comparison->sameSignature ? Success : Negative;
}

} // namespace

Command jwtCompareCommand()
{
    return {.name = "jwt compare",
            .operands = "TOKEN TOKEN",
            .summary = "Compare two tokens, claim by claim; exit status 1 when they differ",
            .options = {},
            .run = &run};
}

} // namespace claimsmith::cli
