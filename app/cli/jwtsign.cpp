// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/keyinput.h"
#include "document/json.h"
#include "jose/jws.h"
#include "jose/sign.h"

#include <algorithm>

namespace claimsmith::cli {
namespace {

/// The header as it is to be signed: the one given, or one made for the key.
Result<std::string> headerText(const Arguments& arguments, const std::vector<jose::Key>& keys)
{
    if (const auto given = arguments.value("--header")) {
        if (*given == "-")
            return readInput("-");
        return std::string(*given);
    }
    const jose::Key& key = keys.front();
    const std::vector<jose::Algorithm> fitting = jose::algorithmsFor(key);
    if (const auto name = arguments.value("--alg")) {
        const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(*name);
        if (algorithm == nullptr)
            return Error{.code = jose::JoseErrorCode::AlgorithmUnknown,
                         .detail = "no such algorithm: " + std::string(*name)};
        return document::toJson(jose::defaultHeader(key, algorithm->id));
    }
    if (fitting.empty())
        return Error{.code = jose::JoseErrorCode::NoSuitableKey, .detail = "this key signs nothing"};
    return document::toJson(jose::defaultHeader(key, fitting.front()));
}

/// The key whose kid the header names, else the only one.
Result<jose::Key> chooseKey(const std::vector<jose::Key>& keys, std::string_view header)
{
    const auto value = document::parseJson(header);
    const document::Value* member = value ? value->find("kid") : nullptr;
    const std::string* kid = member == nullptr ? nullptr : member->asString();
    const auto named =
        std::ranges::find_if(keys, [&](const jose::Key& key) { return kid != nullptr && key.id() == *kid; });
    if (named != keys.end())
        return *named;
    if (keys.size() == 1)
        return keys.front();
    return Error{.code = jose::JoseErrorCode::NoSuitableKey,
                 .detail = "the set has several keys: name one by \"kid\" in --header"};
}

Result<std::string> sign(const Arguments& arguments)
{
    CLAIMSMITH_TRY(const KeyInput input, readKeyInput(arguments));
    if (input.set.keys.empty())
        return input.set.ignored.empty() ? Error{.code = jose::JoseErrorCode::NoKeys}
                                         : input.set.ignored.front().reason;
    CLAIMSMITH_TRY(const std::string header, headerText(arguments, input.set.keys));
    CLAIMSMITH_TRY(const jose::Key key, chooseKey(input.set.keys, header));
    std::string payload(arguments.valueOr("--payload", "{}"));
    if (payload == "-") {
        CLAIMSMITH_TRY(payload, readInput("-"));
    }
    return jose::signCompact(header, payload, key, {.detached = arguments.has("--detached")});
}

int run(const Arguments& arguments)
{
    const auto token = sign(arguments);
    if (!token)
        return fail(statusOf(token.error()), token.error());
    if (arguments.wantsJson())
        writeJson(document::Object{{"token", *token}});
    else
        writeLine(*token);
    return Success;
}

} // namespace

Command jwtSignCommand()
{
    return {.name = "jwt sign",
            .operands = "",
            .summary = "Sign a token; header and payload are signed exactly as they are written",
            .options = keyOptions() +
                       std::vector<Option>{
                           {"--header", "JSON", "header with its \"alg\"; made from the key when absent"},
                           {"--payload", "JSON", "payload, or \"-\"; {} when absent"},
                           {"--alg", "NAME", "algorithm of the header that is made"},
                           {"--detached", "", "leave the payload out of the token"},
                       },
            .run = &run};
}

} // namespace claimsmith::cli
