// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jwtbatch.h"

#include "base/text.h"
#include "cli/io.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "jose/keytext.h"
#include "jose/verify.h"

#include <array>

namespace claimsmith::cli {
namespace {

using document::Object;
using document::Value;

enum class BatchErrorCode { LineInvalid, TokenMissing, KeyMissing, MemberInvalid };

constexpr std::array<std::string_view, 4> codeNames{"line-invalid", "token-missing", "key-missing", "member-invalid"};
constexpr ErrorDomain domain{"batch", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

const ErrorDomain& errorDomain(BatchErrorCode) noexcept
{
    return domain;
}

Error invalid(std::string_view member)
{
    return {.code = BatchErrorCode::MemberInvalid, .parameters = {{"member", std::string(member)}}};
}

/// The value of a member that may be written as JSON or as a text that holds JSON.
Result<Value> jsonMember(const Value& member)
{
    if (const std::string* text = member.asString())
        return document::parseJson(*text);
    return member;
}

Result<std::string> readToken(const Object& line)
{
    const Value* token = line.find("token");
    if (token == nullptr)
        return Error{.code = BatchErrorCode::TokenMissing};
    const std::string* text = token->asString();
    return text != nullptr ? *text : document::toJson(*token);
}

/// Keys for JOSE have to be as long as RFC 7518 wants them; a bare secret may be whatever is in use.
Result<void> readKeys(const Object& line, jose::VerifyOptions& options)
{
    options.demandKeyLength = true;
    if (const Value* member = line.find("jwk")) {
        CLAIMSMITH_TRY(const Value jwk, jsonMember(*member));
        CLAIMSMITH_TRY(jose::Key key, jose::readJwk(jwk));
        options.keys.push_back(std::move(key));
        options.keyIds = jose::KeyIdRule::Ignore;
        return {};
    }
    if (const Value* member = line.find("jwks")) {
        CLAIMSMITH_TRY(const Value jwks, jsonMember(*member));
        CLAIMSMITH_TRY(jose::KeySet set, jose::readJwks(jwks));
        if (set.keys.empty() && !set.ignored.empty())
            return std::move(set.ignored.front().reason);
        options.keys = std::move(set.keys);
        return {};
    }
    const Value* secret = line.find("secret");
    if (secret == nullptr)
        return Error{.code = BatchErrorCode::KeyMissing};
    if (secret->asString() == nullptr)
        return invalid("secret");
    options.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(*secret->asString()))));
    options.keyIds = jose::KeyIdRule::Ignore;
    options.demandKeyLength = false;
    return {};
}

Result<void> readAlgorithm(const Object& line, jose::VerifyOptions& options)
{
    const Value* member = line.find("alg");
    if (member == nullptr || member->isNull())
        return {};
    const std::string* name = member->asString();
    const jose::AlgorithmInfo* algorithm = name == nullptr ? nullptr : jose::findAlgorithm(*name);
    if (algorithm == nullptr)
        return Error{.code = jose::JoseErrorCode::AlgorithmUnknown, .place = {.pointer = "/alg"}};
    options.algorithms = {algorithm->id};
    return {};
}

Result<std::optional<FixedClock>> readNow(const Object& line)
{
    const Value* member = line.find("now");
    if (member == nullptr || member->isNull())
        return std::optional<FixedClock>();
    const auto time = member->asNumber() == nullptr ? std::nullopt : member->asNumber()->toInteger();
    if (!time)
        return invalid("now");
    return std::optional<FixedClock>(*time);
}

Result<void> verifyLine(const Object& line)
{
    jose::VerifyOptions options{.keys = {}, .claims = std::nullopt};
    CLAIMSMITH_TRY(const std::string token, readToken(line));
    CLAIMSMITH_CHECK(readKeys(line, options));
    CLAIMSMITH_CHECK(readAlgorithm(line, options));
    CLAIMSMITH_TRY(const std::optional<FixedClock> clock, readNow(line));
    if (clock)
        options.clock = &*clock;
    if (const Value* claims = line.find("claims");
        claims != nullptr && claims->asBoolean() != nullptr && *claims->asBoolean())
        options.claims.emplace();
    if (const Value* payload = line.find("detached_payload"); payload != nullptr && !payload->isNull()) {
        if (payload->asString() == nullptr)
            return invalid("detached_payload");
        options.detachedPayload = *payload->asString();
    }
    const jose::VerificationReport report = jose::verify(token, options);
    if (report.isValid())
        return {};
    const Error* problem = report.firstProblem();
    return problem != nullptr ? *problem : Error{.code = jose::JoseErrorCode::SignatureMismatch};
}

/// The line's id even when the rest of the line is refused.
Value idOf(std::string_view line)
{
    const auto lenient = document::parseJson(line, {.allowDuplicateKeys = true});
    const Value* id = lenient ? lenient->find("id") : nullptr;
    return id == nullptr ? Value() : *id;
}

Result<void> verifyText(std::string_view text)
{
    const auto value = document::parseJson(text);
    if (!value)
        return value.error();
    const Object* line = value->asObject();
    return line == nullptr ? Error{.code = BatchErrorCode::LineInvalid} : verifyLine(*line);
}

} // namespace

int verifyBatch(std::string_view lines)
{
    bool allValid = true;
    for (const std::string_view line : split(lines, '\n')) {
        if (trimmed(line).empty())
            continue;
        const auto verdict = verifyText(line);
        allValid = allValid && verdict.hasValue();
        const Value error = verdict ? Value() : Value(verdict.error().code.name());
        writeJson(Object{{"id", idOf(line)}, {"valid", verdict.hasValue()}, {"error", error}});
    }
    return allValid ? Success : Negative;
}

} // namespace claimsmith::cli
