// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jws.h"

#include "base/text.h"
#include "jose/serialization.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Error inPart(JoseErrorCode code, std::string_view part, std::size_t offset)
{
    return {.code = code, .place = {.offset = offset}, .parameters = {{"part", std::string(part)}}};
}

/// The protected members, and RFC 7515 §7.2.1: no name stands in both headers.
std::optional<Error> readHeader(JwsSignature& signature)
{
    if (signature.protectedHeader.problem)
        return std::nullopt; // said already
    auto members = readHeaderMembers(signature.protectedHeader.octets);
    if (!members)
        return std::move(members).error();
    signature.protectedMembers = std::move(members).value();
    for (const document::Member& member : signature.unprotectedMembers) {
        if (signature.protectedMembers.contains(member.name))
            return headerError(JoseErrorCode::HeaderNotDisjoint, member.name);
    }
    return std::nullopt;
}

Result<Jws> readCompact(std::string_view token)
{
    if (token.empty())
        return Error{.code = JoseErrorCode::EmptyToken};
    const std::vector<std::string_view> parts = split(token, '.');
    if (parts.size() == 5) // RFC 7516 §9
        return Error{.code = JoseErrorCode::EncryptedToken};
    if (parts.size() != 3)
        return Error{.code = JoseErrorCode::WrongPartCount, .parameters = {{"count", std::to_string(parts.size())}}};
    const auto segment = [&](std::size_t i) {
        return Segment{.text = std::string(parts[i]),
                       .offset = static_cast<std::size_t>(parts[i].data() - token.data())};
    };
    Jws jws{.payload = segment(1)};
    jws.signatures.push_back({.protectedHeader = segment(0), .signature = segment(2)});
    return jws;
}

/// RFC 7515 §5.2 steps 4-6, RFC 7797 §3, and the detached payload of appendix F.
void readPayload(Jws& jws, const ReadOptions& options)
{
    const bool isUnencoded = !jws.signatures.empty() && jws.signatures.front().isUnencoded();
    if (options.detachedPayload) {
        if (!jws.payload.text.empty()) {
            jws.payload.problem = inPart(JoseErrorCode::PayloadNotDetached, "payload", jws.payload.offset);
            return;
        }
        jws.isDetached = true;
        jws.payload.octets = Bytes(*options.detachedPayload);
        jws.payload.text = isUnencoded ? jws.payload.octets : toBase64Url(jws.payload.octets);
        jws.payload.problem.reset();
        return;
    }
    if (jws.payload.problem)
        return;
    if (isUnencoded)
        jws.payload.octets = jws.payload.text;
    else
        decode(jws.payload, "payload", options.base64);
}

constexpr std::array<std::string_view, 11> registeredNames{
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit",
};

bool listsUnencoded(const Value& critical)
{
    const document::Array* names = critical.asArray();
    return names != nullptr && std::ranges::any_of(*names, [](const Value& name) {
               const std::string* text = name.asString();
               return text != nullptr && *text == "b64";
           });
}

} // namespace

const Value* JwsSignature::find(std::string_view name) const noexcept
{
    const Value* value = protectedMembers.find(name);
    return value != nullptr ? value : unprotectedMembers.find(name);
}

const std::string* JwsSignature::keyId() const noexcept
{
    const Value* kid = find("kid");
    return kid == nullptr ? nullptr : kid->asString();
}

bool JwsSignature::isUnencoded() const noexcept
{
    const Value* b64 = protectedMembers.find("b64");
    const Value* critical = protectedMembers.find("crit");
    const bool* isEncoded = b64 == nullptr ? nullptr : b64->asBoolean();
    return isEncoded != nullptr && !*isEncoded && critical != nullptr && listsUnencoded(*critical);
}

Bytes Jws::signingInput(const JwsSignature& signature) const
{
    Bytes input;
    input.reserve(signature.protectedHeader.text.size() + 1 + payload.text.size());
    return input.append(signature.protectedHeader.text).append(1, '.').append(payload.text);
}

const Error* Jws::firstProblem() const noexcept
{
    for (const JwsSignature& each : signatures) {
        if (each.protectedHeader.problem)
            return &*each.protectedHeader.problem;
        if (each.headerProblem)
            return &*each.headerProblem;
    }
    if (payload.problem)
        return &*payload.problem;
    for (const JwsSignature& each : signatures) {
        if (each.signature.problem)
            return &*each.signature.problem;
    }
    return nullptr;
}

Result<Jws> readJws(std::string_view token, const ReadOptions& options)
{
    const bool isJson = trimmed(token).starts_with('{');
    CLAIMSMITH_TRY(Jws jws, isJson ? splitJson(token) : readCompact(token));
    for (JwsSignature& signature : jws.signatures) {
        // A JSON serialisation may do without a protected header; a compact one may not.
        const bool hasProtected = !isJson || !signature.protectedHeader.text.empty();
        if (hasProtected) {
            decode(signature.protectedHeader, "header", options.base64);
            signature.headerProblem = readHeader(signature);
        }
        decode(signature.signature, "signature", options.base64);
    }
    readPayload(jws, options);
    return jws;
}

std::vector<Error> checkCritical(const JwsSignature& signature)
{
    constexpr std::array<std::string_view, 1> understood{"b64"};
    std::vector<Error> problems = checkCriticalList(signature.protectedMembers, registeredNames, understood);
    if (signature.unprotectedMembers.contains("crit"))
        problems.insert(problems.begin(), headerError(JoseErrorCode::CriticalUnprotected, "crit"));
    const Value* critical = signature.protectedMembers.find("crit");
    if (const Value* b64 = signature.find("b64")) {
        if (b64->asBoolean() == nullptr)
            problems.push_back(headerError(JoseErrorCode::UnencodedNotBoolean, "b64"));
        else if (critical == nullptr || !listsUnencoded(*critical))
            problems.push_back(headerError(JoseErrorCode::UnencodedNotCritical, "b64"));
    }
    return problems;
}

} // namespace claimsmith::jose
