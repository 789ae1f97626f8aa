// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jwtbatch.h"

#include "base/base64.h"
#include "cli/batchlines.h"
#include "jose/decrypt.h"
#include "jose/verify.h"

namespace claimsmith::cli {
namespace {

using document::Object;
using document::Value;

/// The entry that "alg" names in one of the tables; null when the line has none.
template <class Info>
Result<const Info*> readAlgorithm(const Object& line, const Info* (*find)(std::string_view) noexcept)
{
    const Value* member = line.find("alg");
    if (member == nullptr || member->isNull())
        return nullptr;
    const std::string* name = member->asString();
    const Info* algorithm = name == nullptr ? nullptr : find(*name);
    if (algorithm == nullptr)
        return Error{.code = jose::JoseErrorCode::AlgorithmUnknown, .place = {.pointer = "/alg"}};
    return algorithm;
}

Result<std::optional<FixedClock>> readNow(const Object& line)
{
    const Value* member = line.find("now");
    if (member == nullptr || member->isNull())
        return std::optional<FixedClock>();
    const auto time = member->asNumber() == nullptr ? std::nullopt : member->asNumber()->toInteger();
    if (!time)
        return invalidMember("now");
    return std::optional<FixedClock>(*time);
}

Result<void> readVerifyOptions(const Object& line, jose::VerifyOptions& options)
{
    CLAIMSMITH_TRY(BatchKeys keys, readBatchKeys(line));
    options.keys = std::move(keys.keys);
    options.keyIds = keys.keyIds;
    // Keys for JOSE have to be as long as RFC 7518 wants them; a bare secret may be whatever is in use.
    options.demandKeyLength = !keys.isSecret;
    CLAIMSMITH_TRY(const jose::AlgorithmInfo* algorithm, readAlgorithm(line, &jose::findAlgorithm));
    if (algorithm != nullptr)
        options.algorithms = {algorithm->id};
    const Value* claims = line.find("claims");
    if (claims != nullptr && claims->asBoolean() != nullptr && *claims->asBoolean())
        options.claims.emplace();
    const Value* payload = line.find("detached_payload");
    if (payload != nullptr && !payload->isNull()) {
        if (payload->asString() == nullptr)
            return invalidMember("detached_payload");
        options.detachedPayload = *payload->asString();
    }
    return {};
}

Result<Value> verifyLine(const Object& line)
{
    jose::VerifyOptions options{.keys = {}, .claims = std::nullopt};
    CLAIMSMITH_TRY(const std::string token, readBatchToken(line));
    CLAIMSMITH_CHECK(readVerifyOptions(line, options));
    CLAIMSMITH_TRY(const std::optional<FixedClock> clock, readNow(line));
    if (clock)
        options.clock = &*clock;
    const jose::VerificationReport report = jose::verify(token, options);
    if (report.isValid())
        return Value();
    const Error* problem = report.firstProblem();
    return problem != nullptr ? *problem : Error{.code = jose::JoseErrorCode::SignatureMismatch};
}

Result<Value> decryptLine(const Object& line)
{
    CLAIMSMITH_TRY(const std::string token, readBatchToken(line));
    CLAIMSMITH_TRY(BatchKeys keys, readBatchKeys(line));
    CLAIMSMITH_TRY(const jose::KeyManagementInfo* algorithm, readAlgorithm(line, &jose::findKeyManagement));
    jose::DecryptOptions options{
        .keys = std::move(keys.keys), .keyIds = keys.keyIds, .demandKeyLength = !keys.isSecret};
    if (algorithm != nullptr)
        options.algorithms = {algorithm->id};
    const jose::DecryptionReport report = jose::decrypt(token, options);
    if (report.isValid())
        return Value(toBase64Url(report.plaintext->view()));
    const Error* problem = report.firstProblem();
    return problem != nullptr ? *problem : Error{.code = jose::JoseErrorCode::DecryptionFailed};
}

} // namespace

int verifyBatch(std::string_view lines)
{
    return answerLines(lines, "", &verifyLine);
}

int decryptBatch(std::string_view lines)
{
    return answerLines(lines, "plaintext_b64u", &decryptLine);
}

} // namespace claimsmith::cli
