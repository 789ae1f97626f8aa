// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/serialization.h"

#include "jose/jsonmembers.h"

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Result<JwsSignature> readSignature(const JsonMembers& source)
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
        CLAIMSMITH_TRY(JwsSignature signature, readSignature(JsonMembers(*object, pointer, places)));
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

} // namespace

Result<Jws> splitJson(std::string_view text)
{
    document::SourceMap places;
    CLAIMSMITH_TRY(const Value value, parseSerialization(text, places));
    const Object& object = *value.asObject();
    const JsonMembers source(object, "", places);
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
