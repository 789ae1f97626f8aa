// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/batchlines.h"

#include "base/text.h"
#include "cli/io.h"
#include "document/json.h"
#include "jose/jwk.h"

#include <array>

namespace claimsmith::cli {
namespace {

using document::Object;
using document::Value;

constexpr std::array<std::string_view, 4> codeNames{"line-invalid", "token-missing", "key-missing", "member-invalid"};
constexpr ErrorDomain domain{"batch", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

/// The value of a member that may be written as JSON or as a text that holds JSON.
Result<Value> jsonMember(const Value& member)
{
    if (const std::string* text = member.asString())
        return document::parseJson(*text);
    return member;
}

/// The line's id even when the rest of the line is refused.
Value idOf(std::string_view line)
{
    const auto lenient = document::parseJson(line, {.allowDuplicateKeys = true});
    const Value* id = lenient ? lenient->find("id") : nullptr;
    return id == nullptr ? Value() : *id;
}

} // namespace

const ErrorDomain& errorDomain(BatchErrorCode) noexcept
{
    return domain;
}

Error invalidMember(std::string_view member)
{
    return {.code = BatchErrorCode::MemberInvalid, .parameters = {{"member", std::string(member)}}};
}

Result<std::string> readBatchToken(const Object& line)
{
    const Value* token = line.find("token");
    if (token == nullptr)
        return Error{.code = BatchErrorCode::TokenMissing};
    const std::string* text = token->asString();
    return text != nullptr ? *text : document::toJson(*token);
}

Result<BatchKeys> readBatchKeys(const Object& line)
{
    BatchKeys read;
    if (const Value* member = line.find("jwk")) {
        CLAIMSMITH_TRY(const Value jwk, jsonMember(*member));
        CLAIMSMITH_TRY(jose::Key key, jose::readJwk(jwk));
        read.keys.push_back(std::move(key));
        return read;
    }
    if (const Value* member = line.find("jwks")) {
        CLAIMSMITH_TRY(const Value jwks, jsonMember(*member));
        CLAIMSMITH_TRY(jose::KeySet set, jose::readJwks(jwks));
        if (set.keys.empty() && !set.ignored.empty())
            return std::move(set.ignored.front().reason);
        read.keys = std::move(set.keys);
        read.keyIds = jose::KeyIdRule::Compare;
        return read;
    }
    const Value* secret = line.find("secret");
    if (secret == nullptr)
        return Error{.code = BatchErrorCode::KeyMissing};
    if (secret->asString() == nullptr)
        return invalidMember("secret");
    read.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(*secret->asString()))));
    read.isSecret = true;
    return read;
}

int answerLines(std::string_view lines, std::string_view result,
                const std::function<Result<Value>(const Object&)>& judge)
{
    bool allValid = true;
    for (const std::string_view text : split(lines, '\n')) {
        if (trimmed(text).empty())
            continue;
        const auto value = document::parseJson(text);
        const Object* line = value ? value->asObject() : nullptr;
        const Result<Value> verdict = !value            ? Result<Value>(value.error())
                                      : line == nullptr ? Result<Value>(Error{.code = BatchErrorCode::LineInvalid})
                                                        : judge(*line);
        allValid = allValid && verdict.hasValue();
        Object answer{{"id", idOf(text)},
                      {"valid", verdict.hasValue()},
                      {"error", verdict ? Value() : Value(verdict.error().code.name())}};
        if (!result.empty())
            answer.append(std::string(result), verdict ? *verdict : Value());
        writeJson(answer);
    }
    return allValid ? Success : Negative;
}

} // namespace claimsmith::cli
