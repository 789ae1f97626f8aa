// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jsonmembers.h"

#include "document/json.h"

namespace claimsmith::jose {

using document::Object;
using document::Value;

Error memberError(JoseErrorCode code, std::string_view pointer, std::string_view member)
{
    return {.code = code,
            .place = {.pointer = document::joinPointer(pointer, member)},
            .parameters = {{"member", std::string(member)}}};
}

Result<Segment> JsonMembers::text(std::string_view member) const
{
    const Value* value = m_object.find(member);
    const std::string* content = value == nullptr ? nullptr : value->asString();
    if (content == nullptr)
        return memberError(JoseErrorCode::SerializationMember, m_pointer, member);
    const document::SourceMap::Entry* entry = m_places.find(document::joinPointer(m_pointer, member));
    return Segment{.text = *content, .offset = entry == nullptr ? 0 : entry->value.begin + 1};
}

Result<Segment> JsonMembers::optionalText(std::string_view member) const
{
    return has(member) ? text(member) : Segment();
}

Result<Object> JsonMembers::optionalObject(std::string_view member) const
{
    const Value* value = m_object.find(member);
    if (value == nullptr)
        return Object();
    const Object* content = value->asObject();
    if (content == nullptr)
        return memberError(JoseErrorCode::SerializationMember, m_pointer, member);
    return *content;
}

Result<Value> parseSerialization(std::string_view text, document::SourceMap& places)
{
    auto value = document::parseJson(text, {}, &places);
    if (value && value->asObject() != nullptr)
        return value;
    Error error{.code = JoseErrorCode::SerializationInvalid};
    if (!value) {
        error.place = value.error().place;
        error.cause = std::make_shared<const Error>(std::move(value).error());
    }
    return error;
}

} // namespace claimsmith::jose
