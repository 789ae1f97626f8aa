// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/io.h"
#include "cli/tokeninput.h"
#include "document/json.h"
#include "jose/jws.h"

namespace claimsmith::cli {
namespace {

constexpr document::JsonStyle pretty{.indent = 2};

/// JSON when the octets are, else a string, else base64url in an object.
document::Value shown(BytesView octets, std::string_view text)
{
    if (auto value = document::parseJson(octets))
        return std::move(value).value();
    if (findInvalidUtf8(octets) == std::string_view::npos)
        return octets;
    return document::Object{{"base64url", text}};
}

document::Value describe(const jose::Jws& jws)
{
    document::Object description;
    document::Array signatures;
    for (const jose::JwsSignature& signature : jws.signatures) {
        document::Object entry;
        entry.append("header", signature.protectedMembers);
        if (!signature.unprotectedMembers.empty())
            entry.append("unprotected", signature.unprotectedMembers);
        entry.append("signature", signature.signature.text);
        signatures.push_back(std::move(entry));
    }
    if (jws.serialization == jose::Serialization::General) {
        description.append("payload", shown(jws.payload.octets, jws.payload.text));
        description.append("signatures", std::move(signatures));
        return description;
    }
    description = *signatures.front().asObject();
    description.append("payload", shown(jws.payload.octets, jws.payload.text));
    return description;
}

void writePlain(const jose::Jws& jws)
{
    for (const jose::JwsSignature& signature : jws.signatures) {
        writeLine(document::toJson(signature.protectedMembers, pretty));
        if (!signature.unprotectedMembers.empty())
            writeLine(document::toJson(signature.unprotectedMembers, pretty));
    }
    writeLine(document::toJson(shown(jws.payload.octets, jws.payload.text), pretty));
}

int run(const Arguments& arguments)
{
    const auto token = readToken(arguments);
    if (!token)
        return fail(statusOf(token.error()), token.error());
    const auto jws = jose::readJws(*token);
    if (!jws)
        return fail(Negative, jws.error());
    if (arguments.wantsJson())
        writeJson(describe(*jws));
    else
        writePlain(*jws);
    if (const Error* problem = jws->firstProblem())
        return fail(Negative, *problem);
    return Success;
}

} // namespace

Command jwtDecodeCommand()
{
    return {.name = "jwt decode",
            .operands = "[TOKEN]",
            .summary = "Show header and payload of a token without verifying it",
            .options = {},
            .run = &run};
}

} // namespace claimsmith::cli
