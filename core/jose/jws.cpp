// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jws.h"

#include "base/text.h"
#include "document/json.h"
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

/// Why the text is not base64url under the rule; it has to be known not to be.
Error explainBase64(std::string_view text, std::size_t offset, std::string_view part)
{
    const std::optional<std::size_t> bad = findNonBase64Url(text);
    if (bad && text[*bad] == '=')
        return inPart(JoseErrorCode::PaddedBase64, part, offset + *bad);
    if (bad)
        return inPart(JoseErrorCode::InvalidCharacter, part, offset + *bad);
    if (text.size() % 4 == 1)
        return inPart(JoseErrorCode::InvalidBase64Length, part, offset + text.size() - 1);
    return inPart(JoseErrorCode::NonCanonicalBase64, part, offset + text.size() - 1);
}

void decode(Segment& segment, std::string_view part, Base64Rule rule)
{
    std::optional<Bytes> octets = fromBase64Url(segment.text, rule);
    if (octets)
        segment.octets = std::move(*octets);
    else
        segment.problem = explainBase64(segment.text, segment.offset, part);
}

Error headerError(JoseErrorCode code, std::string_view member = {})
{
    Error error{.code = code, .parameters = {{"part", "header"}}};
    if (!member.empty()) {
        error.place.pointer = document::joinPointer("", member);
        error.parameters.emplace_back("member", std::string(member));
    }
    return error;
}

/// RFC 7515 §5.2 steps 2-3: UTF-8 JSON, an object, no duplicate names.
std::optional<Error> readHeader(JwsSignature& signature)
{
    const Segment& segment = signature.protectedHeader;
    if (segment.problem)
        return std::nullopt; // said already
    if (segment.octets.empty())
        return headerError(JoseErrorCode::HeaderEmpty);
    auto value = document::parseJson(segment.octets);
    if (!value) {
        const bool isDuplicate = value.error().code == document::JsonErrorCode::DuplicateKey;
        Error error = headerError(isDuplicate ? JoseErrorCode::HeaderDuplicateMember : JoseErrorCode::HeaderNotJson);
        error.place = value.error().place;
        error.cause = std::make_shared<const Error>(std::move(value).error());
        return error;
    }
    Object* members = value->asObject();
    if (members == nullptr)
        return headerError(JoseErrorCode::HeaderNotObject);
    signature.protectedMembers = std::move(*members);
    for (const document::Member& member : signature.unprotectedMembers) {
        if (signature.protectedMembers.contains(member.name)) // RFC 7515 §7.2.1
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

void checkCriticalName(const std::string& name, const Object& header, std::vector<Error>& problems)
{
    if (std::ranges::find(registeredNames, name) != registeredNames.end())
        problems.push_back(headerError(JoseErrorCode::CriticalStandard, name));
    else if (!header.contains(name))
        problems.push_back(headerError(JoseErrorCode::CriticalAbsent, name));
    else if (name != "b64")
        problems.push_back(headerError(JoseErrorCode::CriticalUnknown, name));
}

void checkCriticalList(const Value& critical, const Object& header, std::vector<Error>& problems)
{
    const document::Array* names = critical.asArray();
    const bool isList = names != nullptr && !names->empty() &&
                        std::ranges::all_of(*names, [](const Value& name) { return name.asString() != nullptr; });
    if (!isList) {
        problems.push_back(headerError(JoseErrorCode::CriticalNotList, "crit"));
        return;
    }
    std::vector<std::string_view> seen;
    for (const Value& element : *names) {
        const std::string& name = *element.asString();
        if (std::ranges::find(seen, name) != seen.end())
            problems.push_back(headerError(JoseErrorCode::CriticalDuplicate, name));
        else
            checkCriticalName(name, header, problems);
        seen.push_back(name);
    }
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
    std::vector<Error> problems;
    if (signature.unprotectedMembers.contains("crit"))
        problems.push_back(headerError(JoseErrorCode::CriticalUnprotected, "crit"));
    const Value* critical = signature.protectedMembers.find("crit");
    if (critical != nullptr)
        checkCriticalList(*critical, signature.protectedMembers, problems);
    if (const Value* b64 = signature.find("b64")) {
        if (b64->asBoolean() == nullptr)
            problems.push_back(headerError(JoseErrorCode::UnencodedNotBoolean, "b64"));
        else if (critical == nullptr || !listsUnencoded(*critical))
            problems.push_back(headerError(JoseErrorCode::UnencodedNotCritical, "b64"));
    }
    return problems;
}

} // namespace claimsmith::jose
