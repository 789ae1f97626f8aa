// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "cli/forgeinput.h"
#include "cli/io.h"
#include "http/url.h"
#include "jose/forge/report.h"
#include "runner/tokenattack.h"

namespace claimsmith::cli {
namespace {

using jose::forge::AttackReport;
using jose::forge::Outcome;

constexpr std::string_view confirmation = "--i-own-this-target";

Result<http::ClientRequest> requestOf(const Arguments& arguments)
{
    http::ClientRequest request;
    request.method = std::string(arguments.valueOr("--method", "GET"));
    request.url = std::string(*arguments.value("--target"));
    request.totalTimeout = std::chrono::seconds(30);
    request.tls.verify = !arguments.has("--insecure");
    for (const std::string_view line : arguments.values("--header")) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return Error{.code = ArgumentsErrorCode::UnexpectedValue, .detail = "--header takes \"NAME: VALUE\""};
        std::string_view value = line.substr(colon + 1);
        while (value.starts_with(' '))
            value.remove_prefix(1);
        request.headers.add(std::string(line.substr(0, colon)), std::string(value));
    }
    return request;
}

Result<AttackReport> attackTarget(const Arguments& arguments, const ForgeInput& input)
{
    runner::AttackTarget target;
    CLAIMSMITH_TRY(target.request, requestOf(arguments));
    if (const auto header = arguments.value("--token-header")) {
        target.header = *header;
        target.prefix = std::string(arguments.valueOr("--token-prefix", ""));
    }
    target.query = std::string(arguments.valueOr("--token-query", "jwt"));
    target.cookie = std::string(arguments.valueOr("--token-cookie", "jwt"));
    const std::string url = target.request.url;
    http::Client client;
    return jose::forge::attack(url, input.token, input.forged, runner::httpVerifier(client, std::move(target)));
}

/// Against this program's own verifier, with the keys that were given.
AttackReport attackOffline(const ForgeInput& input)
{
    std::vector<jose::Key> keys = input.knowledge.publicKeys;
    if (input.knowledge.signer)
        keys.push_back(*input.knowledge.signer);
    const FixedClock clock(input.knowledge.now);
    const jose::VerifyOptions options = jose::forge::strictOptionsFor(input.token, std::move(keys), clock);
    return jose::forge::attack("claimctl jwt verify", input.token, input.forged, jose::forge::offlineVerifier(options));
}

Result<void> writeReports(const Arguments& arguments, const AttackReport& report)
{
    if (const auto file = arguments.value("--junit"))
        CLAIMSMITH_CHECK(writeFileAtomically(std::string(*file), jose::forge::toJunit(report)));
    if (const auto file = arguments.value("--markdown"))
        CLAIMSMITH_CHECK(writeFileAtomically(std::string(*file), jose::forge::toMarkdown(report)));
    return {};
}

void writePlain(const AttackReport& report)
{
    writeLine("the valid token: " + std::string(toString(report.baseline.outcome)) + ", " + report.baseline.detail);
    for (const jose::forge::Cell& cell : report.cells) {
        if (cell.isFinding())
            writeLine(std::string(toString(cell.answer.outcome)) + "  " + std::string(cell.variant->id) + " (" +
                      cell.forgery.label + "), " + cell.answer.detail + ": " + std::string(cell.variant->proves) + ' ' +
                      std::string(cell.variant->standard));
    }
    std::string line = std::to_string(report.cells.size()) + " forged tokens:";
    for (const Outcome outcome : {Outcome::Refused, Outcome::Accepted, Outcome::Failed, Outcome::NotSent})
        line += ' ' + std::to_string(report.count(outcome)) + ' ' + std::string(toString(outcome));
    writeLine(line);
}

int conclude(const Arguments& arguments, const AttackReport& report)
{
    if (const auto written = writeReports(arguments, report); !written)
        return fail(Environment, written.error());
    if (arguments.wantsJson())
        writeJson(jose::forge::toJson(report));
    else
        writePlain(report);
    if (report.baseline.outcome != Outcome::Accepted) {
        // Nothing was learnt: everything would be refused.
        claimsmith::cli::report("the valid token was not accepted: " + report.baseline.detail);
        return report.baseline.outcome == Outcome::Failed ? Environment : WrongUsage;
    }
    return report.hasFindings() ? Negative : Success;
}

int run(const Arguments& arguments)
{
    const auto url = arguments.value("--target");
    const bool isOffline = arguments.has("--offline");
    if (url.has_value() == isOffline)
        return fail(WrongUsage, "give either --target URL or --offline");
    if (url && !http::parseUrl(*url))
        return fail(WrongUsage, "--target takes an http or https URL");
    if (url && !runner::isLoopback(*url) && !arguments.has(confirmation))
        return fail(WrongUsage, "the target is not this machine: attack only what is yours, and say so with " +
                                    std::string(confirmation));
    const auto input = readForgeInput(arguments);
    if (!input)
        return fail(statusOf(input.error()), input.error());
    if (isOffline)
        return conclude(arguments, attackOffline(*input));
    const auto report = attackTarget(arguments, *input);
    return report ? conclude(arguments, *report) : fail(WrongUsage, report.error().detail);
}

} // namespace

Command jwtAttackCommand()
{
    return {
        .name = "jwt attack",
        .operands = "[TOKEN]",
        .summary = "Send forged variants of a valid token to a target; exit status 1 when one is accepted or does harm",
        .options = std::vector<Option>{{"--target", "URL", "where to send them; this machine only, unless confirmed"},
                                       {"--offline", "", "ask this program's own verifier instead"},
                                       {confirmation, "", "permit a target that is not this machine"}} +
                   forgeOptions() +
                   std::vector<Option>{
                       {"--method", "METHOD", "GET when absent"},
                       {"--header", "NAME: VALUE", "one more header line; may be repeated", true},
                       {"--token-header", "NAME", "header that carries the token, without a scheme"},
                       {"--token-prefix", "TEXT", "in front of the token in that header"},
                       {"--token-query", "NAME", "query parameter for a second token, jwt when absent"},
                       {"--token-cookie", "NAME", "cookie for a second token, jwt when absent"},
                       {"--insecure", "", "do not check the server's certificate"},
                       {"--junit", "FILE", "write a JUnit report there"},
                       {"--markdown", "FILE", "write a Markdown report there"},
                   },
        .run = &run};
}

} // namespace claimsmith::cli
