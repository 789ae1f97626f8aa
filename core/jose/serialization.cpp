// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/serialization.h"

#include "document/json.h"

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Error memberError(JoseErrorCode code, std::string_view pointer, std::string_view member)
{
    return {.code = code,
            .place = {.pointer = document::joinPointer(pointer, member)},
            .parameters = {{"member", std::string(member)}}};
}

/// One JSON object of a serialisation and where it stands.
class Source final
{
public:
    Source(const Object& object, std::string pointer, const document::SourceMap& places)
        : m_object(object), m_pointer(std::move(pointer)), m_places(places)
    {
    }

    bool has(std::string_view member) const { return m_object.contains(member); }

    Result<Segment> text(std::string_view member) const
    {
        const Value* value = m_object.find(member);
        const std::string* content = value == nullptr ? nullptr : value->asString();
        if (content == nullptr)
            return memberError(JoseErrorCode::SerializationMember, m_pointer, member);
        const document::SourceMap::Entry* entry = m_places.find(document::joinPointer(m_pointer, member));
        return Segment{.text = *content, .offset = entry == nullptr ? 0 : entry->value.begin + 1};
    }

    Result<Segment> optionalText(std::string_view member) const { return has(member) ? text(member) : Segment(); }

    Result<Object> optionalObject(std::string_view member) const
    {
        const Value* value = m_object.find(member);
        if (value == nullptr)
            return Object();
        const Object* content = value->asObject();
        if (content == nullptr)
            return memberError(JoseErrorCode::SerializationMember, m_pointer, member);
        return *content;
    }

private:
    const Object& m_object;
    std::string m_pointer;
    const document::SourceMap& m_places;
};

Result<JwsSignature> readSignature(const Source& source)
{
    JwsSignature signature{.protectedHeader = {}};
    CLAIMSMITH_TRY(signature.protectedHeader, source.optionalText("protected"));
    CLAIMSMITH_TRY(signature.unprotectedMembers, source.optionalObject("header"));
    CLAIMSMITH_TRY(signature.signature, source.text("signature"));
    if (signature.protectedHeader.text.empty() && !source.has("header"))
        return Error{.code = JoseErrorCode::HeaderEmpty, .parameters = {{"part", "header"}}};
    return signature;
}

Result<std::vector<JwsSignature>> readSignatures(const Value& list, const document::SourceMap& places)
{
    const document::Array* array = list.asArray();
    if (array == nullptr)
        return memberError(JoseErrorCode::SerializationMember, "", "signatures");
    if (array->empty())
        return Error{.code = JoseErrorCode::NoSignatures, .place = {.pointer = "/signatures"}};
    std::vector<JwsSignature> signatures;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const std::string pointer = document::joinPointer("/signatures", i);
        const Object* object = (*array)[i].asObject();
        if (object == nullptr)
            return memberError(JoseErrorCode::SerializationMember, "/signatures", std::to_string(i));
        CLAIMSMITH_TRY(JwsSignature signature, readSignature(Source(*object, pointer, places)));
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

} // namespace

Result<Jws> splitJson(std::string_view text)
{
    document::SourceMap places;
    auto value = document::parseJson(text, {}, &places);
    if (!value) {
        Error error{.code = JoseErrorCode::SerializationInvalid, .place = value.error().place};
        error.cause = std::make_shared<const Error>(std::move(value).error());
        return error;
    }
    const Object& object = *value->asObject(); // the caller saw the brace
    const Source source(object, "", places);
    if (source.has("ciphertext"))
        return Error{.code = JoseErrorCode::EncryptedToken};

    Jws jws;
    if (source.has("payload")) {
        CLAIMSMITH_TRY(jws.payload, source.text("payload"));
    } else {
        jws.payload.problem = memberError(JoseErrorCode::PayloadMissing, "", "payload");
    }
    const Value* list = object.find("signatures");
    if (list == nullptr) {
        jws.serialization = Serialization::Flattened;
        CLAIMSMITH_TRY(JwsSignature signature, readSignature(source));
        jws.signatures.push_back(std::move(signature));
        return jws;
    }
    for (const std::string_view member : {"signature", "protected", "header"}) { // RFC 7515 §7.2.2
        if (source.has(member))
            return memberError(JoseErrorCode::SerializationMixed, "", member);
    }
    jws.serialization = Serialization::General;
    CLAIMSMITH_TRY(jws.signatures, readSignatures(*list, places));
    return jws;
}

} // namespace claimsmith::jose
