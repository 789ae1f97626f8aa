// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/segment.h"

#include "document/json.h"

#include <algorithm>

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

bool holds(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool isListOfNames(const Value& critical)
{
    const document::Array* names = critical.asArray();
    return names != nullptr && !names->empty() &&
           std::ranges::all_of(*names, [](const Value& name) { return name.asString() != nullptr; });
}

} // namespace

void decode(Segment& segment, std::string_view part, Base64Rule rule)
{
    std::optional<Bytes> octets = fromBase64Url(segment.text, rule);
    if (octets)
        segment.octets = std::move(*octets);
    else
        segment.problem = explainBase64(segment.text, segment.offset, part);
}

Error headerError(JoseErrorCode code, std::string_view member)
{
    Error error{.code = code, .parameters = {{"part", "header"}}};
    if (!member.empty()) {
        error.place.pointer = document::joinPointer("", member);
        error.parameters.emplace_back("member", std::string(member));
    }
    return error;
}

Result<Object> readHeaderMembers(BytesView octets)
{
    if (octets.empty())
        return headerError(JoseErrorCode::HeaderEmpty);
    auto value = document::parseJson(octets);
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
    return std::move(*members);
}

std::vector<Error> checkCriticalList(const Object& header, std::span<const std::string_view> standard,
                                     std::span<const std::string_view> understood)
{
    const Value* critical = header.find("crit");
    if (critical == nullptr)
        return {};
    if (!isListOfNames(*critical))
        return {headerError(JoseErrorCode::CriticalNotList, "crit")};
    std::vector<Error> problems;
    std::vector<std::string_view> seen;
    for (const Value& element : *critical->asArray()) {
        const std::string& name = *element.asString();
        if (holds(seen, name))
            problems.push_back(headerError(JoseErrorCode::CriticalDuplicate, name));
        else if (holds(standard, name))
            problems.push_back(headerError(JoseErrorCode::CriticalStandard, name));
        else if (!header.contains(name))
            problems.push_back(headerError(JoseErrorCode::CriticalAbsent, name));
        else if (!holds(understood, name))
            problems.push_back(headerError(JoseErrorCode::CriticalUnknown, name));
        seen.push_back(name);
    }
    return problems;
}

} // namespace claimsmith::jose
