// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/tokeninput.h"
#include "document/json.h"
#include "jose/algorithm.h"
#include "jose/encryption.h"
#include "jose/jwe.h"
#include "jose/jws.h"
#include "jose/registry.h"

#include <array>
#include <ctime>

namespace claimsmith::cli {
namespace {

using document::Object;
using document::Value;
using Find = const jose::RegisteredMember* (*)(std::string_view) noexcept;

/// "2026-11-22T09:30:00Z"; nothing for what is no time of these millennia.
std::optional<std::string> timeText(const Value& value)
{
    const document::Number* number = value.asNumber();
    const auto seconds = number == nullptr ? std::nullopt : number->toInteger();
    constexpr std::int64_t last = 253402300799; // the end of the year 9999
    if (!seconds || *seconds < 0 || *seconds > last)
        return std::nullopt;
    const auto time = static_cast<std::time_t>(*seconds);
    std::tm parts{};
    std::array<char, 32> text{};
    if (gmtime_r(&time, &parts) == nullptr)
        return std::nullopt;
    return std::string(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
}

/// What an algorithm's name stands for, when it is one.
std::string algorithmText(const Value& value)
{
    const std::string* name = value.asString();
    if (name == nullptr)
        return {};
    if (const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(*name))
        return std::string(algorithm->standard);
    if (const jose::KeyManagementInfo* algorithm = jose::findKeyManagement(*name))
        return std::string(algorithm->standard);
    const std::string_view foreign = jose::standardOfForeign(*name);
    return foreign.empty() ? std::string() : std::string(foreign) + ", not done here";
}

Object describe(const document::Member& member, Find find, bool isHeader)
{
    Object entry{{"name", member.name}, {"value", member.value}};
    const jose::RegisteredMember* registered = find(member.name);
    if (registered != nullptr) {
        entry.append("title", registered->title);
        entry.append("meaning", registered->meaning);
        entry.append("standard", registered->standard);
        const auto time = registered->isTime ? timeText(member.value) : std::nullopt;
        if (time)
            entry.append("time", *time);
    }
    if (isHeader && member.name == "alg") {
        if (const std::string text = algorithmText(member.value); !text.empty())
            entry.append("algorithm", text);
    }
    return entry;
}

document::Array describeAll(const Object& members, Find find, bool isHeader)
{
    document::Array list;
    for (const document::Member& member : members)
        list.push_back(describe(member, find, isHeader));
    return list;
}

void writePlain(std::string_view heading, const document::Array& entries)
{
    writeLine(heading);
    for (const Value& entry : entries) {
        std::string line = "  " + *entry.findString("name") + ' ' + document::toJson(*entry.find("value"));
        if (const std::string* time = entry.findString("time"))
            line += " = " + *time;
        writeLine(line);
        if (const std::string* title = entry.findString("title"))
            writeLine("      " + *title + ": " + *entry.findString("meaning") + " (" + *entry.findString("standard") +
                      ')');
        if (const std::string* algorithm = entry.findString("algorithm"))
            writeLine("      " + *algorithm);
    }
}

struct Parts
{
    Object header;
    Object claims;
    bool isEncrypted = false;
};

Result<Parts> readParts(std::string_view token)
{
    auto jws = jose::readJws(token);
    if (jws) {
        Parts parts{.header = jws->signatures.front().protectedMembers, .claims = {}};
        const auto payload = document::parseJson(jws->payload.octets, {.allowDuplicateKeys = true});
        if (payload && payload->asObject() != nullptr)
            parts.claims = *payload->asObject();
        return parts;
    }
    if (!(jws.error().code == jose::JoseErrorCode::EncryptedToken))
        return std::move(jws).error();
    CLAIMSMITH_TRY(const jose::Jwe jwe, jose::readJwe(token));
    return Parts{.header = jwe.protectedMembers, .claims = {}, .isEncrypted = true};
}

int run(const Arguments& arguments)
{
    const auto token = readToken(arguments);
    if (!token)
        return fail(statusOf(token.error()), token.error());
    const auto parts = readParts(*token);
    if (!parts)
        return fail(Negative, parts.error());
    const document::Array header = describeAll(parts->header, &jose::findHeaderParameter, true);
    const document::Array claims = describeAll(parts->claims, &jose::findClaim, false);
    if (arguments.wantsJson()) {
        writeJson(Object{{"encrypted", parts->isEncrypted}, {"header", header}, {"claims", claims}});
        return Success;
    }
    writePlain("header", header);
    if (parts->isEncrypted)
        writeLine("the payload is encrypted");
    else
        writePlain("claims", claims);
    return Success;
}

} // namespace

Command jwtExplainCommand()
{
    return {.name = "jwt explain",
            .operands = "[TOKEN]",
            .summary = "Say what each header parameter and claim of a token means; nothing is verified",
            .options = {},
            .run = &run};
}

} // namespace claimsmith::cli
