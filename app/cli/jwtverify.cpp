// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/io.h"
#include "cli/jwtbatch.h"
#include "cli/rungoutput.h"
#include "cli/tokeninput.h"
#include "jose/autopsy.h"
#include "jose/verify.h"

#include <charconv>

namespace claimsmith::cli {
namespace {

Error badValue(std::string_view option, std::string_view wanted)
{
    return {.code = ArgumentsErrorCode::UnexpectedValue,
            .detail = std::string(option) + " takes " + std::string(wanted)};
}

Result<std::optional<std::int64_t>> seconds(const Arguments& arguments, std::string_view option)
{
    const auto text = arguments.value(option);
    if (!text)
        return std::optional<std::int64_t>();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc() || end != text->data() + text->size())
        return badValue(option, "a whole number of seconds");
    return std::optional(value);
}

std::vector<std::string> texts(const Arguments& arguments, std::string_view option)
{
    const std::vector<std::string_view> values = arguments.values(option);
    return {values.begin(), values.end()};
}

std::optional<std::string> text(const Arguments& arguments, std::string_view option)
{
    const auto value = arguments.value(option);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

Result<jose::ClaimsPolicy> claimsPolicy(const Arguments& arguments)
{
    jose::ClaimsPolicy policy{
        .issuers = texts(arguments, "--iss"),
        .audiences = texts(arguments, "--aud"),
        .subject = text(arguments, "--sub"),
        .nonce = text(arguments, "--nonce"),
        .required = texts(arguments, "--require"),
    };
    CLAIMSMITH_TRY(const auto leeway, seconds(arguments, "--leeway"));
    policy.leeway = leeway.value_or(0);
    CLAIMSMITH_TRY(policy.maximumLifetime, seconds(arguments, "--max-lifetime"));
    return policy;
}

Result<std::vector<jose::Algorithm>> allowedAlgorithms(const Arguments& arguments)
{
    std::vector<jose::Algorithm> allowed;
    for (const std::string_view list : arguments.values("--alg")) {
        for (const std::string_view name : split(list, ',')) {
            const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(name);
            if (algorithm == nullptr)
                return badValue("--alg", "names of algorithms, and " + std::string(name) + " is none");
            allowed.push_back(algorithm->id);
        }
    }
    return allowed;
}

// ---- Output

document::Value describe(const jose::VerificationReport& report, const std::optional<jose::Autopsy>& cause)
{
    document::Object description = describeVerification(report);
    if (cause)
        description.append("cause", jose::toString(cause->cause));
    return description;
}

void writePlain(const jose::VerificationReport& report, const std::optional<jose::Autopsy>& cause)
{
    writeRungs(report.rungs);
    if (cause)
        writeLine("the signature would be valid but for: " + std::string(jose::toString(cause->cause)));
    writeLine(report.isValid() ? "valid" : "not valid");
}

// ---- The command

struct Request
{
    KeyInput keys;
    std::string token;
    std::string detachedPayload;
    std::optional<FixedClock> clock = {};
    jose::VerifyOptions options;
};

Result<Request> readRequest(const Arguments& arguments)
{
    Request request;
    CLAIMSMITH_TRY(request.keys, readKeyInput(arguments));
    for (const jose::KeySet::Ignored& ignored : request.keys.set.ignored)
        report("key " + std::to_string(ignored.index) + " of the set is left out: " + ignored.reason.toString());
    request.options.keys = request.keys.set.keys;
    request.options.keyIds = request.keys.isSet ? jose::KeyIdRule::Compare : jose::KeyIdRule::Ignore;
    CLAIMSMITH_TRY(request.options.algorithms, allowedAlgorithms(arguments));
    if (arguments.has("--no-claims")) {
        request.options.claims.reset();
    } else {
        CLAIMSMITH_TRY(request.options.claims, claimsPolicy(arguments));
    }
    CLAIMSMITH_TRY(const auto now, seconds(arguments, "--now"));
    if (now)
        request.clock.emplace(*now);
    if (const auto file = arguments.value("--detached-payload")) {
        CLAIMSMITH_TRY(request.detachedPayload, readInput(*file));
    }
    CLAIMSMITH_TRY(request.token, readToken(arguments));
    return request;
}

/// What would have made the signature valid, when that is what failed.
std::optional<jose::Autopsy> examine(const Request& request, const jose::VerificationReport& report)
{
    const bool isAboutSignature = report.rung(jose::RungId::Signature).state == jose::RungState::Failed ||
                                  report.rung(jose::RungId::Structure).state == jose::RungState::Failed ||
                                  report.rung(jose::RungId::Key).state == jose::RungState::Failed;
    if (!isAboutSignature)
        return std::nullopt;
    jose::AutopsyInput input{.token = request.token, .keys = request.options.keys, .keyText = request.keys.text.view()};
    if (request.keys.secretEncoding) {
        input.secretText = &request.keys.text;
        input.encoding = *request.keys.secretEncoding;
    }
    return jose::autopsy(input);
}

int runBatch(const Arguments& arguments, std::string_view file)
{
    const auto lines = readInput(file);
    if (!lines)
        return fail(statusOf(lines.error()), lines.error());
    static_cast<void>(arguments); // --json is what a batch answers with anyway
    return verifyBatch(*lines);
}

int run(const Arguments& arguments)
{
    if (const auto file = arguments.value("--batch"))
        return runBatch(arguments, *file);
    auto request = readRequest(arguments);
    if (!request)
        return fail(statusOf(request.error()), request.error());
    if (request->clock)
        request->options.clock = &*request->clock;
    if (arguments.has("--detached-payload"))
        request->options.detachedPayload = request->detachedPayload;
    const jose::VerificationReport report = jose::verify(request->token, request->options);
    const std::optional<jose::Autopsy> cause = examine(*request, report);
    if (arguments.wantsJson())
        writeJson(describe(report, cause));
    else
        writePlain(report, cause);
    return report.isValid() ? Success : Negative;
}

} // namespace

Command jwtVerifyCommand()
{
    return {.name = "jwt verify",
            .operands = "[TOKEN]",
            .summary = "Verify a token and show every step, also behind the first that fails",
            .options = keyOptions() +
                       std::vector<Option>{
                           {"--alg", "NAME[,NAME]...", "permitted algorithms; any that the key fits when absent", true},
                           {"--no-claims", "", "verify the signature alone, whatever the payload is"},
                           {"--iss", "NAME", "an accepted issuer", true},
                           {"--aud", "NAME", "an accepted audience", true},
                           {"--sub", "NAME", "the subject"},
                           {"--nonce", "TEXT", "the nonce"},
                           {"--require", "CLAIM", "a claim that has to be there", true},
                           {"--leeway", "SECONDS", "granted for exp, nbf and iat"},
                           {"--max-lifetime", "SECONDS", "from iat to exp at most"},
                           {"--now", "UNIXTIME", "the time to verify at"},
                           {"--detached-payload", "FILE", "payload of a token that does not carry it"},
                           {"--batch", "FILE", "verify many: one JSON object a line, see claimctl(1)"},
                       },
            .run = &run};
}

} // namespace claimsmith::cli
