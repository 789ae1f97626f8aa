// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/encrypt.h"

#include "base/random.h"
#include "document/json.h"
#include "jose/deflate.h"
#include "jose/jwe.h"
#include "jose/keymanagement.h"

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Error refuse(JoseErrorCode code, std::string_view member, std::string_view parameter, std::string_view name = {})
{
    return {.code = code,
            .place = {.pointer = document::joinPointer("", member)},
            .parameters = {{std::string(parameter), std::string(name)}}};
}

Result<const KeyManagementInfo*> algorithmOf(const HeaderView& header)
{
    const Value* value = header.find("alg");
    if (value == nullptr)
        return refuse(JoseErrorCode::AlgorithmMissing, "alg", "algorithm");
    const std::string* name = value->asString();
    if (name == nullptr)
        return refuse(JoseErrorCode::AlgorithmNotString, "alg", "algorithm");
    const KeyManagementInfo* algorithm = findKeyManagement(*name);
    if (algorithm == nullptr)
        return refuse(JoseErrorCode::AlgorithmUnknown, "alg", "algorithm", *name);
    return algorithm;
}

Result<const ContentEncryptionInfo*> encryptionOf(const HeaderView& header)
{
    const Value* value = header.find("enc");
    if (value == nullptr)
        return refuse(JoseErrorCode::EncryptionMissing, "enc", "encryption");
    const std::string* name = value->asString();
    if (name == nullptr)
        return refuse(JoseErrorCode::EncryptionNotString, "enc", "encryption");
    const ContentEncryptionInfo* encryption = findContentEncryption(*name);
    if (encryption == nullptr)
        return refuse(JoseErrorCode::EncryptionUnknown, "enc", "encryption", *name);
    return encryption;
}

/// The text that is encrypted: compressed when the protected header says so (RFC 7516 §4.1.3).
Result<SecretBytes> contentOf(const Object& protectedHeader, const HeaderView& header, BytesView plaintext)
{
    const Value* zip = header.find("zip");
    if (zip == nullptr)
        return SecretBytes(plaintext);
    if (zip->asString() == nullptr || *zip->asString() != "DEF")
        return refuse(JoseErrorCode::CompressionUnknown, "zip", "compression", document::toJson(*zip));
    if (!protectedHeader.contains("zip"))
        return refuse(JoseErrorCode::CompressionUnprotected, "zip", "member", "zip");
    return deflate(plaintext);
}

Result<KeyDelivery> deliverTo(const Key& key, const HeaderView& header, const ContentEncryptionInfo& encryption,
                              const SecretBytes* contentKey)
{
    CLAIMSMITH_TRY(const KeyManagementInfo* algorithm, algorithmOf(header));
    CLAIMSMITH_CHECK(checkSuitable(key, *algorithm, encryption, EncryptionPurpose::Encrypt));
    if (contentKey == nullptr || !algorithm->isDirect())
        return deliver(*algorithm, encryption, key, header, contentKey);
    return Error{.code = JoseErrorCode::DirectNotAlone, .parameters = {{"algorithm", std::string(algorithm->name)}}};
}

Result<bool> isDirect(const HeaderView& header)
{
    CLAIMSMITH_TRY(const KeyManagementInfo* algorithm, algorithmOf(header));
    return algorithm->isDirect();
}

void append(Object& header, const Object& parameters)
{
    for (const document::Member& member : parameters)
        header.set(member.name, member.value);
}

/// The parts of a token but for its headers and encrypted keys.
struct Parts
{
    Bytes nonce;
    crypto::Sealed sealed;
};

Result<Parts> sealParts(const ContentEncryptionInfo& encryption, const SecretBytes& contentKey,
                        const SecretBytes& content, BytesView associatedData)
{
    Parts parts{.nonce = randomBytes(crypto::aeadNonceSize(encryption.id)), .sealed = {}};
    CLAIMSMITH_TRY(parts.sealed, crypto::seal(encryption.id, contentKey, parts.nonce, content.view(), associatedData));
    return parts;
}

/// What the reader would refuse is not encrypted either.
Result<void> checkReadable(const Jwe& jwe)
{
    if (const Error* problem = jwe.firstProblem())
        return *problem;
    for (const JweRecipient& recipient : jwe.recipients) {
        if (auto problem = findHeaderProblem(jwe, recipient))
            return std::move(*problem);
        const std::vector<Error> problems = checkCritical(jwe, recipient);
        if (!problems.empty())
            return problems.front();
    }
    return {};
}

/// The members of a header that is to be written.
Result<Object> checkedHeader(std::string_view header)
{
    CLAIMSMITH_TRY(const Jwe draft, readJwe(toBase64Url(header) + "...."));
    CLAIMSMITH_CHECK(checkReadable(draft));
    return draft.protectedMembers;
}

// ---- JSON serialisations

/// What stands in "recipients", or at the top of a flattened token.
struct RecipientPart
{
    Object header;
    Bytes encryptedKey;
};

Object written(const RecipientPart& part)
{
    Object object;
    if (!part.header.empty())
        object.append("header", part.header);
    if (!part.encryptedKey.empty())
        object.append("encrypted_key", toBase64Url(part.encryptedKey));
    return object;
}

struct Deliveries
{
    SecretBytes contentKey;
    std::vector<RecipientPart> parts;
};

Result<Deliveries> deliverToOne(const EncryptionRecipient& recipient, Object& protectedHeader, const Object& shared,
                                const ContentEncryptionInfo& encryption)
{
    const HeaderView header(protectedHeader, shared, recipient.header);
    CLAIMSMITH_TRY(const bool direct, isDirect(header));
    const SecretBytes contentKey(direct ? Bytes() : randomBytes(encryption.keySize()));
    CLAIMSMITH_TRY(KeyDelivery delivery, deliverTo(recipient.key, header, encryption, direct ? nullptr : &contentKey));
    append(protectedHeader, delivery.parameters);
    Deliveries deliveries{.contentKey = std::move(delivery.contentKey), .parts = {}};
    deliveries.parts.push_back({.header = recipient.header, .encryptedKey = std::move(delivery.encryptedKey)});
    return deliveries;
}

Result<Deliveries> deliverToSeveral(const JsonEncryption& wanted, const ContentEncryptionInfo& encryption)
{
    Deliveries deliveries{.contentKey = SecretBytes(randomBytes(encryption.keySize())), .parts = {}};
    for (const EncryptionRecipient& recipient : wanted.recipients) {
        const HeaderView header(wanted.protectedHeader, wanted.sharedHeader, recipient.header);
        CLAIMSMITH_TRY(const ContentEncryptionInfo* own, encryptionOf(header));
        if (own != &encryption) // RFC 7516 §7.2.1: the same for all recipients
            return refuse(JoseErrorCode::EncryptionNotAllowed, "enc", "encryption", own->name);
        CLAIMSMITH_TRY(KeyDelivery delivery, deliverTo(recipient.key, header, encryption, &deliveries.contentKey));
        RecipientPart part{.header = recipient.header, .encryptedKey = std::move(delivery.encryptedKey)};
        append(part.header, delivery.parameters);
        deliveries.parts.push_back(std::move(part));
    }
    return deliveries;
}

Object serialized(const JsonEncryption& wanted, const Object& protectedHeader, const Deliveries& deliveries)
{
    Object token;
    if (!protectedHeader.empty())
        token.append("protected", toBase64Url(document::toJson(protectedHeader)));
    if (!wanted.sharedHeader.empty())
        token.append("unprotected", wanted.sharedHeader);
    if (wanted.form == Serialization::Flattened) {
        append(token, written(deliveries.parts.front()));
        return token;
    }
    document::Array recipients;
    for (const RecipientPart& part : deliveries.parts)
        recipients.push_back(written(part));
    token.append("recipients", std::move(recipients));
    return token;
}

Result<void> checkForm(const JsonEncryption& wanted)
{
    if (wanted.recipients.empty())
        return Error{.code = JoseErrorCode::NoRecipients};
    if (wanted.form == Serialization::Flattened && wanted.recipients.size() > 1)
        return Error{.code = JoseErrorCode::SerializationMixed, .parameters = {{"member", "recipients"}}};
    return {};
}

} // namespace

Result<std::string> encryptCompact(std::string_view header, BytesView plaintext, const Key& key)
{
    CLAIMSMITH_TRY(Object members, checkedHeader(header));
    const Object none;
    const HeaderView view(members, none, none);
    CLAIMSMITH_TRY(const ContentEncryptionInfo* encryption, encryptionOf(view));
    CLAIMSMITH_TRY(const SecretBytes content, contentOf(members, view, plaintext));
    CLAIMSMITH_TRY(const bool direct, isDirect(view));
    const SecretBytes contentKey(direct ? Bytes() : randomBytes(encryption->keySize()));
    CLAIMSMITH_TRY(const KeyDelivery delivery, deliverTo(key, view, *encryption, direct ? nullptr : &contentKey));
    std::string text(header);
    if (!delivery.parameters.empty()) {
        append(members, delivery.parameters);
        text = document::toJson(members);
    }
    const std::string encodedHeader = toBase64Url(text);
    CLAIMSMITH_TRY(const Parts parts, sealParts(*encryption, delivery.contentKey, content, encodedHeader));
    return encodedHeader + '.' + toBase64Url(delivery.encryptedKey) + '.' + toBase64Url(parts.nonce) + '.' +
           toBase64Url(parts.sealed.ciphertext) + '.' + toBase64Url(parts.sealed.tag);
}

Result<std::string> encryptCompact(const Object& header, BytesView plaintext, const Key& key)
{
    return encryptCompact(document::toJson(header), plaintext, key);
}

Result<std::string> encryptJson(const JsonEncryption& wanted, BytesView plaintext)
{
    CLAIMSMITH_CHECK(checkForm(wanted));
    Object protectedHeader = wanted.protectedHeader;
    const HeaderView view(protectedHeader, wanted.sharedHeader, wanted.recipients.front().header);
    CLAIMSMITH_TRY(const ContentEncryptionInfo* encryption, encryptionOf(view));
    CLAIMSMITH_TRY(const SecretBytes content, contentOf(protectedHeader, view, plaintext));
    CLAIMSMITH_TRY(const Deliveries deliveries,
                   wanted.recipients.size() == 1
                       ? deliverToOne(wanted.recipients.front(), protectedHeader, wanted.sharedHeader, *encryption)
                       : deliverToSeveral(wanted, *encryption));
    Object token = serialized(wanted, protectedHeader, deliveries);
    Bytes data = token.contains("protected") ? *token.find("protected")->asString() : "";
    if (wanted.additionalData && !wanted.additionalData->empty()) { // RFC 7516 §7.2.1: absent when it is empty
        token.append("aad", toBase64Url(*wanted.additionalData));
        data.append(1, '.').append(toBase64Url(*wanted.additionalData));
    }
    CLAIMSMITH_TRY(const Parts parts, sealParts(*encryption, deliveries.contentKey, content, data));
    token.append("iv", toBase64Url(parts.nonce));
    token.append("ciphertext", toBase64Url(parts.sealed.ciphertext));
    token.append("tag", toBase64Url(parts.sealed.tag));
    std::string text = document::toJson(token);
    // What could not be read again, names that stand in two headers for one, is not handed out.
    CLAIMSMITH_TRY(const Jwe again, readJwe(text));
    CLAIMSMITH_CHECK(checkReadable(again));
    return text;
}

Object defaultEncryptionHeader(const Key& key, KeyManagement algorithm, ContentEncryption encryption)
{
    Object header;
    header.append("alg", toString(algorithm));
    header.append("enc", toString(encryption));
    if (!key.id().empty())
        header.append("kid", key.id());
    return header;
}

} // namespace claimsmith::jose
