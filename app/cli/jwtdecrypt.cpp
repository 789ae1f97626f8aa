// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/text.h"
#include "cli/io.h"
#include "cli/jwtbatch.h"
#include "cli/rungoutput.h"
#include "cli/tokeninput.h"
#include "jose/decrypt.h"

#include <optional>

namespace claimsmith::cli {
namespace {

Result<std::vector<jose::KeyManagement>> allowedAlgorithms(const Arguments& arguments)
{
    std::vector<jose::KeyManagement> allowed;
    for (const std::string_view list : arguments.values("--alg")) {
        for (const std::string_view name : split(list, ',')) {
            const jose::KeyManagementInfo* algorithm = jose::findKeyManagement(name);
            if (algorithm == nullptr)
                return Error{.code = jose::JoseErrorCode::AlgorithmUnknown,
                             .detail = "no such algorithm: " + std::string(name)};
            allowed.push_back(algorithm->id);
        }
    }
    return allowed;
}

struct Request
{
    std::string token;
    jose::DecryptOptions options;
    std::optional<KeyInput> innerKeys = {}; ///< of the token inside
};

Result<Request> readRequest(const Arguments& arguments)
{
    Request request;
    CLAIMSMITH_TRY(KeyInput keys, readKeyInput(arguments));
    for (const jose::KeySet::Ignored& ignored : keys.set.ignored)
        report("key " + std::to_string(ignored.index) + " of the set is left out: " + ignored.reason.toString());
    request.options.keyIds = keys.isSet ? jose::KeyIdRule::Compare : jose::KeyIdRule::Ignore;
    request.options.keys = std::move(keys.set.keys);
    CLAIMSMITH_TRY(request.options.algorithms, allowedAlgorithms(arguments));
    if (const auto file = arguments.value("--verify-key")) {
        CLAIMSMITH_TRY(request.innerKeys, readKeyFile(*file, arguments));
    }
    CLAIMSMITH_TRY(request.token, readToken(arguments));
    return request;
}

/// The verdict on the token that was inside, when its key was given.
std::optional<jose::VerificationReport> verifyInner(const Request& request, const jose::DecryptionReport& report)
{
    if (!request.innerKeys || !report.isValid())
        return std::nullopt;
    const jose::VerifyOptions options{
        .keys = request.innerKeys->set.keys,
        .keyIds = request.innerKeys->isSet ? jose::KeyIdRule::Compare : jose::KeyIdRule::Ignore,
    };
    return jose::verify(report.plaintext->view(), options);
}

document::Value describe(const jose::DecryptionReport& report, const std::optional<jose::VerificationReport>& inner)
{
    const Error* problem = report.firstProblem();
    if (problem == nullptr && inner)
        problem = inner->firstProblem();
    document::Object description{
        {"valid", report.isValid() && (!inner || inner->isValid())},
        {"error", problem == nullptr ? document::Value() : document::Value(problem->code.name())},
        {"rungs", describeRungs(report.rungs)}};
    if (report.token)
        description.append("header", report.token->protectedMembers);
    if (!report.isValid())
        return description;
    const BytesView plaintext = report.plaintext->view();
    description.append("nested", report.token->isNested(report.recipientIndex));
    description.append("plaintext_b64u", toBase64Url(plaintext));
    if (findInvalidUtf8(plaintext) == std::string_view::npos)
        description.append("plaintext", plaintext);
    if (inner)
        description.append("inner", describeVerification(*inner));
    return description;
}

int writePlain(const jose::DecryptionReport& report, const std::optional<jose::VerificationReport>& inner)
{
    if (!report.isValid()) {
        reportRungs(report.rungs); // standard output is for the content
        claimsmith::cli::report("not decrypted");
        return Negative;
    }
    if (!inner) {
        write(report.plaintext->view());
        return Success;
    }
    if (!inner->isValid()) {
        reportRungs(inner->rungs);
        claimsmith::cli::report("decrypted, but the token inside is not valid");
        return Negative;
    }
    write(inner->token->payload.octets);
    return Success;
}

int run(const Arguments& arguments)
{
    if (const auto file = arguments.value("--batch")) {
        const auto lines = readInput(*file);
        return lines ? decryptBatch(*lines) : fail(statusOf(lines.error()), lines.error());
    }
    const auto request = readRequest(arguments);
    if (!request)
        return fail(statusOf(request.error()), request.error());
    const jose::DecryptionReport report = jose::decrypt(request->token, request->options);
    const auto inner = verifyInner(*request, report);
    if (!arguments.wantsJson())
        return writePlain(report, inner);
    writeJson(describe(report, inner));
    return report.isValid() && (!inner || inner->isValid()) ? Success : Negative;
}

} // namespace

Command jwtDecryptCommand()
{
    return {.name = "jwt decrypt",
            .operands = "[TOKEN]",
            .summary = "Decrypt a token; what was inside goes to standard output as it is",
            .options =
                keyOptions() +
                std::vector<Option>{
                    {"--alg", "NAME[,NAME]...", "permitted algorithms; RSA1_5 only when it is named", true},
                    {"--verify-key", "FILE", "verify the token that was inside with this key, write its payload"},
                    {"--batch", "FILE", "decrypt many: one JSON object a line, see claimctl(1)"},
                },
            .run = &run};
}

} // namespace claimsmith::cli
