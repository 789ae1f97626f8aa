// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/keyinput.h"
#include "document/json.h"
#include "jose/encrypt.h"
#include "jose/sign.h"

namespace claimsmith::cli {
namespace {

using document::Object;

Error wrong(std::string detail)
{
    return {.code = ArgumentsErrorCode::UnexpectedValue, .detail = std::move(detail)};
}

Result<jose::Key> onlyKey(KeyInput input)
{
    if (input.set.keys.size() == 1)
        return std::move(input.set.keys.front());
    if (!input.set.ignored.empty())
        return std::move(input.set.ignored.front().reason);
    return Error{.code = jose::JoseErrorCode::KeySetInvalid, .detail = "a single key is needed"};
}

/// The first that the key fits; with several recipients none whose key can't be shared.
Result<const jose::KeyManagementInfo*> algorithmFor(const jose::Key& key, const jose::ContentEncryptionInfo& encryption,
                                                    bool isAlone)
{
    for (const jose::KeyManagement algorithm : jose::keyManagementsFor(key)) {
        const bool isDated = algorithm == jose::KeyManagement::RsaOaep && key.metadata().algorithm != "RSA-OAEP";
        if (isDated || (!isAlone && jose::info(algorithm).isDirect())) // SHA-1, unless the key is bound to it
            continue;
        if (jose::checkSuitable(key, jose::info(algorithm), encryption, jose::EncryptionPurpose::Encrypt))
            return &jose::info(algorithm);
    }
    return Error{.code = jose::JoseErrorCode::NoSuitableKey, .detail = "this key encrypts nothing"};
}

/// The one that is asked for, or one that the key fits.
Result<const jose::KeyManagementInfo*> algorithmOf(const Arguments& arguments, const jose::Key& key,
                                                   const jose::ContentEncryptionInfo& encryption)
{
    const auto name = arguments.value("--alg");
    if (!name)
        return algorithmFor(key, encryption, true);
    const jose::KeyManagementInfo* algorithm = jose::findKeyManagement(*name);
    return algorithm != nullptr ? Result<const jose::KeyManagementInfo*>(algorithm)
                                : wrong("no such algorithm: " + std::string(*name));
}

Result<const jose::ContentEncryptionInfo*> encryptionOf(const Arguments& arguments)
{
    const std::string_view name = arguments.valueOr("--enc", "A256GCM");
    const jose::ContentEncryptionInfo* encryption = jose::findContentEncryption(name);
    return encryption != nullptr ? Result<const jose::ContentEncryptionInfo*>(encryption)
                                 : wrong("no such encryption: " + std::string(name));
}

/// The payload, or the token that is made of it first.
Result<std::string> plaintextOf(const Arguments& arguments)
{
    std::string payload(arguments.valueOr("--payload", "-"));
    if (payload == "-") {
        CLAIMSMITH_TRY(payload, readInput("-"));
    }
    const auto file = arguments.value("--sign-key");
    if (!file)
        return payload;
    CLAIMSMITH_TRY(KeyInput input, readKeyFile(*file, arguments));
    CLAIMSMITH_TRY(const jose::Key key, onlyKey(std::move(input)));
    const std::vector<jose::Algorithm> fitting = jose::algorithmsFor(key);
    if (fitting.empty())
        return Error{.code = jose::JoseErrorCode::NoSuitableKey, .detail = "the signing key signs nothing"};
    return jose::signCompact(document::toJson(jose::defaultHeader(key, fitting.front())), payload, key);
}

Result<std::string> headerOf(const Arguments& arguments, const jose::Key& key)
{
    if (const auto given = arguments.value("--header"))
        return std::string(*given);
    CLAIMSMITH_TRY(const jose::ContentEncryptionInfo* encryption, encryptionOf(arguments));
    CLAIMSMITH_TRY(const jose::KeyManagementInfo* algorithm, algorithmOf(arguments, key, *encryption));
    Object header = jose::defaultEncryptionHeader(key, algorithm->id, encryption->id);
    if (arguments.has("--sign-key"))
        header.append("cty", "JWT"); // RFC 7519 §5.2
    if (arguments.has("--zip"))
        header.append("zip", "DEF");
    return document::toJson(header);
}

/// Each recipient gets his own algorithm and key id: the first one what the header says, unless it was made here, the
/// others what fits them.
Result<void> nameAlgorithms(jose::JsonEncryption& wanted, bool isMade)
{
    const document::Value* enc = wanted.protectedHeader.find("enc");
    const jose::ContentEncryptionInfo* encryption =
        enc == nullptr || enc->asString() == nullptr ? nullptr : jose::findContentEncryption(*enc->asString());
    if (encryption == nullptr)
        return Error{.code = jose::JoseErrorCode::EncryptionMissing};
    for (std::size_t i = 0; i < wanted.recipients.size(); ++i) {
        jose::EncryptionRecipient& recipient = wanted.recipients[i];
        if (i == 0 && !isMade) {
            for (const char* member : {"alg", "kid"}) {
                if (const document::Value* value = wanted.protectedHeader.find(member))
                    recipient.header.append(member, *value);
            }
            continue;
        }
        CLAIMSMITH_TRY(const jose::KeyManagementInfo* algorithm, algorithmFor(recipient.key, *encryption, false));
        recipient.header = jose::defaultEncryptionHeader(recipient.key, algorithm->id, encryption->id);
        recipient.header.remove("enc");
    }
    wanted.protectedHeader.remove("alg");
    wanted.protectedHeader.remove("kid");
    return {};
}

/// Everything protected but, with several recipients, what is each one's own.
Result<jose::JsonEncryption> jsonOf(const Arguments& arguments, const jose::Key& key)
{
    jose::JsonEncryption wanted;
    CLAIMSMITH_TRY(const std::string header, headerOf(arguments, key));
    CLAIMSMITH_TRY(const document::Value value, document::parseJson(header));
    if (value.asObject() == nullptr)
        return Error{.code = jose::JoseErrorCode::HeaderNotObject};
    wanted.protectedHeader = *value.asObject();
    wanted.recipients.push_back({.key = key});
    for (const std::string_view file : arguments.values("--also-for")) {
        CLAIMSMITH_TRY(KeyInput input, readKeyFile(file, arguments));
        CLAIMSMITH_TRY(jose::Key other, onlyKey(std::move(input)));
        wanted.recipients.push_back({.key = std::move(other)});
    }
    if (wanted.recipients.size() > 1)
        CLAIMSMITH_CHECK(nameAlgorithms(wanted, !arguments.has("--alg") && !arguments.has("--header")));
    if (const auto data = arguments.value("--aad"))
        wanted.additionalData = std::string(*data);
    return wanted;
}

Result<std::string> encrypt(const Arguments& arguments)
{
    CLAIMSMITH_TRY(KeyInput input, readKeyInput(arguments));
    CLAIMSMITH_TRY(const jose::Key key, onlyKey(std::move(input)));
    CLAIMSMITH_TRY(const std::string plaintext, plaintextOf(arguments));
    const std::string_view form = arguments.valueOr("--form", arguments.has("--also-for") ? "general" : "compact");
    if (form == "compact" && (arguments.has("--also-for") || arguments.has("--aad")))
        return wrong("several recipients and --aad need --form general or flattened");
    if (form == "compact") {
        CLAIMSMITH_TRY(const std::string header, headerOf(arguments, key));
        return jose::encryptCompact(header, plaintext, key);
    }
    if (form != "flattened" && form != "general")
        return wrong("--form takes compact, flattened or general");
    CLAIMSMITH_TRY(jose::JsonEncryption wanted, jsonOf(arguments, key));
    wanted.form = form == "flattened" ? jose::Serialization::Flattened : jose::Serialization::General;
    return jose::encryptJson(wanted, plaintext);
}

int run(const Arguments& arguments)
{
    const auto token = encrypt(arguments);
    if (!token)
        return fail(statusOf(token.error()), token.error());
    if (arguments.wantsJson())
        writeJson(Object{{"token", *token}});
    else
        writeLine(*token);
    return Success;
}

} // namespace

Command jwtEncryptCommand()
{
    return {.name = "jwt encrypt",
            .operands = "",
            .summary = "Encrypt a payload to a key, signed first if --sign-key says so",
            .options = keyOptions() +
                       std::vector<Option>{
                           {"--payload", "TEXT", "payload, or \"-\", which it is when absent"},
                           {"--alg", "NAME", "RSA-OAEP-256, ECDH-ES…; one that the key fits when absent"},
                           {"--enc", "NAME", "A256GCM (default), A128CBC-HS256…"},
                           {"--header", "JSON", "header with its \"alg\" and \"enc\", instead of both"},
                           {"--zip", "", "compress first"},
                           {"--sign-key", "FILE", "sign first: a nested token"},
                           {"--form", "FORM", "compact (default), flattened or general"},
                           {"--also-for", "FILE", "one more recipient; the token is then general JSON", true},
                           {"--aad", "TEXT", "additional authenticated data of a JSON form"},
                       },
            .run = &run};
}

} // namespace claimsmith::cli
