// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwe.h"

#include "base/text.h"
#include "jose/jsonmembers.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Result<Jwe> splitCompactJwe(std::string_view token)
{
    if (token.empty())
        return Error{.code = JoseErrorCode::EmptyToken};
    const std::vector<std::string_view> parts = split(token, '.');
    if (parts.size() == 3) // RFC 7516 §9
        return Error{.code = JoseErrorCode::SignedToken};
    if (parts.size() != 5)
        return Error{.code = JoseErrorCode::WrongPartCount, .parameters = {{"count", std::to_string(parts.size())}}};
    const auto segment = [&](std::size_t i) {
        return Segment{.text = std::string(parts[i]),
                       .offset = static_cast<std::size_t>(parts[i].data() - token.data())};
    };
    Jwe jwe{.protectedHeader = segment(0), .nonce = segment(2), .ciphertext = segment(3), .tag = segment(4)};
    jwe.recipients.push_back({.encryptedKey = segment(1)});
    return jwe;
}

// ---- JSON serialisations, RFC 7516 §7.2

Result<JweRecipient> readRecipient(const JsonMembers& source)
{
    JweRecipient recipient;
    CLAIMSMITH_TRY(recipient.members, source.optionalObject("header"));
    CLAIMSMITH_TRY(recipient.encryptedKey, source.optionalText("encrypted_key"));
    return recipient;
}

Result<std::vector<JweRecipient>> readRecipients(const Value& list, const document::SourceMap& places)
{
    const document::Array* array = list.asArray();
    if (array == nullptr)
        return memberError(JoseErrorCode::SerializationMember, "", "recipients");
    if (array->empty())
        return Error{.code = JoseErrorCode::NoRecipients, .place = {.pointer = "/recipients"}};
    std::vector<JweRecipient> recipients;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const Object* object = (*array)[i].asObject();
        if (object == nullptr)
            return memberError(JoseErrorCode::SerializationMember, "/recipients", std::to_string(i));
        const std::string pointer = document::joinPointer("/recipients", i);
        CLAIMSMITH_TRY(JweRecipient recipient, readRecipient(JsonMembers(*object, pointer, places)));
        recipients.push_back(std::move(recipient));
    }
    return recipients;
}

Result<Jwe> readCommonMembers(const JsonMembers& source)
{
    Jwe jwe;
    CLAIMSMITH_TRY(jwe.protectedHeader, source.optionalText("protected"));
    CLAIMSMITH_TRY(jwe.sharedMembers, source.optionalObject("unprotected"));
    CLAIMSMITH_TRY(jwe.nonce, source.optionalText("iv"));
    CLAIMSMITH_TRY(jwe.ciphertext, source.text("ciphertext"));
    CLAIMSMITH_TRY(jwe.tag, source.optionalText("tag"));
    if (source.has("aad")) {
        CLAIMSMITH_TRY(jwe.additionalData, source.text("aad"));
    }
    return jwe;
}

Result<Jwe> splitJsonJwe(std::string_view text)
{
    document::SourceMap places;
    CLAIMSMITH_TRY(const Value value, parseSerialization(text, places));
    const Object& object = *value.asObject();
    const JsonMembers source(object, "", places);
    if (!source.has("ciphertext") && (source.has("signature") || source.has("signatures")))
        return Error{.code = JoseErrorCode::SignedToken};
    CLAIMSMITH_TRY(Jwe jwe, readCommonMembers(source));
    const Value* list = object.find("recipients");
    if (list == nullptr) {
        jwe.serialization = Serialization::Flattened;
        CLAIMSMITH_TRY(JweRecipient recipient, readRecipient(source));
        jwe.recipients.push_back(std::move(recipient));
        return jwe;
    }
    for (const std::string_view member : {"header", "encrypted_key"}) { // RFC 7516 §7.2.2
        if (source.has(member))
            return memberError(JoseErrorCode::SerializationMixed, "", member);
    }
    jwe.serialization = Serialization::General;
    CLAIMSMITH_TRY(jwe.recipients, readRecipients(*list, places));
    return jwe;
}

/// The name of the first member that both have.
const std::string* findCommon(const Object& a, const Object& b)
{
    const auto found = std::ranges::find_if(a, [&](const document::Member& member) { return b.contains(member.name); });
    return found == a.end() ? nullptr : &(*found).name;
}

/// RFC 7516 §7.2.1: the names in the three headers of each recipient are distinct.
std::optional<Error> checkDisjoint(const Jwe& jwe)
{
    const std::string* common = findCommon(jwe.sharedMembers, jwe.protectedMembers);
    for (const JweRecipient& recipient : jwe.recipients) {
        if (common == nullptr)
            common = findCommon(recipient.members, jwe.protectedMembers);
        if (common == nullptr)
            common = findCommon(recipient.members, jwe.sharedMembers);
    }
    return common == nullptr ? std::nullopt : std::optional(headerError(JoseErrorCode::HeaderNotDisjoint, *common));
}

/// RFC 7516 §7.2.1: what says how the content is treated is the same for all recipients.
std::optional<Error> checkOneEncryption(const Jwe& jwe)
{
    for (const std::string_view name : {"enc", "zip"}) {
        const Value* first = jwe.find(jwe.recipients.front(), name);
        for (const JweRecipient& recipient : jwe.recipients) {
            const Value* own = jwe.find(recipient, name);
            const bool isSame = own == nullptr || first == nullptr ? own == first : *own == *first;
            if (!isSame)
                return headerError(JoseErrorCode::HeaderNotDisjoint, name);
        }
    }
    return std::nullopt;
}

std::optional<Error> readHeader(Jwe& jwe)
{
    // A JSON serialisation may do without a protected header; a compact one may not.
    const bool hasProtected = jwe.serialization == Serialization::Compact || !jwe.protectedHeader.text.empty();
    if (jwe.protectedHeader.problem)
        return std::nullopt; // said already
    if (hasProtected) {
        auto members = readHeaderMembers(jwe.protectedHeader.octets);
        if (!members)
            return std::move(members).error();
        jwe.protectedMembers = std::move(members).value();
    }
    if (auto problem = checkDisjoint(jwe))
        return problem;
    return checkOneEncryption(jwe);
}

void decodeParts(Jwe& jwe, Base64Rule rule)
{
    decode(jwe.protectedHeader, "header", rule);
    for (JweRecipient& recipient : jwe.recipients)
        decode(recipient.encryptedKey, "encrypted key", rule);
    decode(jwe.nonce, "initialization vector", rule);
    decode(jwe.ciphertext, "ciphertext", rule);
    decode(jwe.tag, "authentication tag", rule);
    if (jwe.additionalData)
        decode(*jwe.additionalData, "additional data", rule);
}

/// Those of RFC 7516 §4.1 and RFC 7518 §4.1.
constexpr std::array<std::string_view, 20> registeredNames{
    "alg", "enc", "zip",  "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256",
    "typ", "cty", "crit", "epk", "apu", "apv", "iv",  "tag", "p2s", "p2c",
};

} // namespace

const Value* Jwe::find(const JweRecipient& recipient, std::string_view name) const noexcept
{
    for (const Object* members : {&protectedMembers, &sharedMembers, &recipient.members}) {
        if (const Value* value = members->find(name))
            return value;
    }
    return nullptr;
}

const std::string* Jwe::findText(const JweRecipient& recipient, std::string_view name) const noexcept
{
    const Value* value = find(recipient, name);
    return value == nullptr ? nullptr : value->asString();
}

Bytes Jwe::associatedData() const
{
    Bytes data = protectedHeader.text;
    if (additionalData)
        data.append(1, '.').append(additionalData->text);
    return data;
}

bool Jwe::isNested(std::size_t recipient) const noexcept
{
    const std::string* type = recipient < recipients.size() ? findText(recipients[recipient], "cty") : nullptr;
    return type != nullptr && equalIgnoringCase(*type, "JWT");
}

const Error* Jwe::firstProblem() const noexcept
{
    if (protectedHeader.problem)
        return &*protectedHeader.problem;
    if (headerProblem)
        return &*headerProblem;
    for (const JweRecipient& recipient : recipients) {
        if (recipient.encryptedKey.problem)
            return &*recipient.encryptedKey.problem;
    }
    for (const Segment* segment : {&nonce, &ciphertext, &tag}) {
        if (segment->problem)
            return &*segment->problem;
    }
    return additionalData && additionalData->problem ? &*additionalData->problem : nullptr;
}

Result<Jwe> readJwe(std::string_view token, Base64Rule base64)
{
    const bool isJson = trimmed(token).starts_with('{');
    CLAIMSMITH_TRY(Jwe jwe, isJson ? splitJsonJwe(token) : splitCompactJwe(token));
    decodeParts(jwe, base64);
    jwe.headerProblem = readHeader(jwe);
    return jwe;
}

std::optional<Error> findHeaderProblem(const Jwe& token, const JweRecipient& recipient)
{
    for (const std::string_view member : {"kid", "typ", "cty", "jku", "x5u", "x5t", "x5t#S256"}) {
        const Value* value = token.find(recipient, member);
        if (value == nullptr || value->asString() != nullptr)
            continue;
        Error error = headerError(JoseErrorCode::HeaderMemberType, member);
        error.parameters.emplace_back("expected", "string");
        return error;
    }
    return std::nullopt;
}

std::vector<Error> checkCritical(const Jwe& token, const JweRecipient& recipient)
{
    std::vector<Error> problems = checkCriticalList(token.protectedMembers, registeredNames, {});
    if (token.sharedMembers.contains("crit") || recipient.members.contains("crit"))
        problems.insert(problems.begin(), headerError(JoseErrorCode::CriticalUnprotected, "crit"));
    return problems;
}

} // namespace claimsmith::jose
