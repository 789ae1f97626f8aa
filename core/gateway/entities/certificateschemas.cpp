// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyreader.h"
#include "document/json.h"
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

#include <algorithm>
#include <string>

namespace claimsmith::gateway {

using document::Object;
using document::Value;

namespace {

using MaybeText = std::optional<std::string>;

constexpr std::string_view certificateLine = "-----BEGIN CERTIFICATE-----";

MaybeText checkCertificate(const Value& value)
{
    const auto key = crypto::readPemKey(*value.asString());
    return key && key->certificate ? MaybeText() : "invalid certificate: x509.new: not a PEM certificate";
}

MaybeText checkKey(const Value& value)
{
    const auto key = crypto::readPemKey(*value.asString());
    return key && key->privateKey() ? MaybeText() : "invalid key: pkey.new:load_key: not a PEM private key";
}

std::string textOf(const Object& object, std::string_view field)
{
    const Value* value = object.find(field);
    return value && value->asString() ? *value->asString() : std::string();
}

/// Whether certificate and key belong together; true when one of them can't be read, which is told elsewhere.
bool belongTogether(const std::string& certificate, const std::string& key)
{
    const auto first = crypto::readPemKey(certificate);
    const auto second = crypto::readPemKey(key);
    return !first || !second || first->publicKey() == second->publicKey();
}

CustomCheck::Errors checkKeyPairs(const Object& entity)
{
    CustomCheck::Errors errors;
    if (!belongTogether(textOf(entity, "cert"), textOf(entity, "key")))
        errors.emplace_back("@entity", "certificate does not match key");
    if (textOf(entity, "cert_alt").empty() || textOf(entity, "key_alt").empty())
        return errors;
    if (!belongTogether(textOf(entity, "cert_alt"), textOf(entity, "key_alt")))
        errors.emplace_back("@entity", "alternative certificate does not match key");
    const auto first = crypto::readPemKey(textOf(entity, "cert"));
    const auto second = crypto::readPemKey(textOf(entity, "cert_alt"));
    if (first && second && first->any().kind() == second->any().kind())
        errors.emplace_back("@entity",
                            "certificate and alternative certificate need to have different type (e.g. RSA and ECDSA), "
                            "the provided certificates were both of the same type");
    return errors;
}

CustomCheck::Errors checkSingleCertificate(const Object& entity)
{
    const std::string pem = textOf(entity, "cert");
    const auto first = pem.find(certificateLine);
    if (first != std::string::npos && pem.find(certificateLine, first + 1) != std::string::npos)
        return {{"@entity", "please submit only one certificate at a time"}};
    return {};
}

MaybeText checkKeyPem(const Value& value)
{
    const auto& record = *value.asObject();
    const std::string publicPem = textOf(record, "public_key");
    const std::string privatePem = textOf(record, "private_key");
    const auto publicKey = crypto::readPemKey(publicPem);
    const auto privateKey = crypto::readPemKey(privatePem);
    if (!publicPem.empty() && !publicKey)
        return "could not load public key";
    if (!privatePem.empty() && !privateKey)
        return "could not load private key";
    if (!publicPem.empty() && !privatePem.empty() && !(publicKey->publicKey() == privateKey->publicKey()))
        return "public key does not match private key";
    return std::nullopt;
}

/// Whether a JWK has what its type needs (RFC 7518 §6).
bool isWholeJwk(const Object& jwk)
{
    const std::string type = textOf(jwk, "kty");
    const auto has = [&](std::string_view member) { return !textOf(jwk, member).empty(); };
    if (type == "oct")
        return has("k");
    if (type == "RSA")
        return has("n") && has("e");
    if (type == "EC")
        return has("crv") && has("x") && has("y");
    return type == "OKP" && has("crv") && has("x");
}

CustomCheck::Errors checkJwk(const Object& entity)
{
    const std::string text = textOf(entity, "jwk");
    if (text.empty())
        return {};
    const auto jwk = document::parseJson(text);
    if (!jwk || !jwk->asObject())
        return {{"@entity", "could not json decode jwk string"}};
    if (textOf(*jwk->asObject(), "kid") != textOf(entity, "kid"))
        return {{"@entity", "kid in jwk.kid must be equal to keys.kid"}};
    if (!isWholeJwk(*jwk->asObject()) || textOf(*jwk->asObject(), "kty") == "oct")
        return {{"@entity", "could not load JWK, likely not a valid key"}};
    return {};
}

MaybeText checkVaultPrefix(const Value& value)
{
    const std::string& prefix = *value.asString();
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isInner = [&](char c) { return isLower(c) || (c >= '0' && c <= '9') || c == '-'; };
    if (prefix == "env")
        return "must not be one of: env";
    if (prefix.size() < 2 || !isLower(prefix.front()) || prefix.back() == '-' || !std::ranges::all_of(prefix, isInner))
        return "invalid value: " + prefix;
    return std::nullopt;
}

MaybeText checkVaultName(const Value& value)
{
    return *value.asString() == "env" ? MaybeText() : "vault '" + *value.asString() + "' is not installed";
}

Field pemField(std::string name, FieldValidator rule)
{
    return stringField(std::move(name)).as(Format::Pem).makeReferenceable().check(rule);
}

} // namespace

const Schema& certificateSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                pemField("cert", checkCertificate).describe("The certificate, with its chain, in PEM.").require(),
                pemField("key", checkKey).describe("Its private key in PEM.").makeSecret().require(),
                pemField("cert_alt", checkCertificate).describe("A second certificate of another key type."),
                pemField("key_alt", checkKey).describe("The key of the second certificate.").makeSecret(),
                tagsField(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::AllOrNone, {"cert_alt", "key_alt"}}, CustomCheck{checkKeyPairs}},
    };
    return schema;
}

const Schema& sniSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("name")
                    .describe("Server name, with one * at an end at most.")
                    .as(Format::HostName)
                    .require()
                    .makeUnique()
                    .check(checkWildcardSni),
                foreignField("certificate", "certificates").require(),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& caCertificateSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                pemField("cert", checkCertificate).describe("The certificate of the authority in PEM.").require(),
                stringField("cert_digest").describe("SHA-256 of the certificate.").makeUnique(),
                tagsField(),
            },
        .checks = {CustomCheck{checkSingleCertificate}},
    };
    return schema;
}

const Schema& keySchema()
{
    using Rule = FieldGroup::Rule;
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                foreignField("set", "key_sets"),
                stringField("name").makeUnique(),
                stringField("kid").describe("Names the key in its set.").require(),
                stringField("jwk").describe("The key as JSON text.").makeSecret(),
                recordField("pem", {stringField("private_key").as(Format::Pem).makeSecret(),
                                    stringField("public_key").as(Format::Pem).makeReferenceable()})
                    .check(checkKeyPem),
                tagsField(),
            },
        .checks = {FieldGroup{Rule::AtMostOne, {"jwk", "pem"}}, FieldGroup{Rule::AtLeastOne, {"pem", "jwk"}},
                   CustomCheck{checkJwk, {"jwk", "kid"}}},
    };
    return schema;
}

const Schema& keySetSchema()
{
    static const Schema schema{
        .fields = {idField(), createdField(), updatedField(), stringField("name").makeUnique(), tagsField()},
        .checks = {}};
    return schema;
}

const Schema& vaultSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("prefix")
                    .describe("How references name the vault.")
                    .require()
                    .makeUnique()
                    .check(checkVaultPrefix),
                stringField("name").describe("Kind of vault.").require().check(checkVaultName),
                stringField("description"),
                recordField("config", {stringField("prefix"), booleanField("base64_decode").defaultTo(false)}),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& basicAuthCredentialSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                consumerField(),
                stringField("username").describe("Sent upstream as X-Credential-Identifier.").require().makeUnique(),
                stringField("password").describe("Kept as a digest only.").require().makeSecret(),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& hmacAuthCredentialSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                consumerField(),
                stringField("username").describe("Sent upstream as X-Credential-Identifier.").require().makeUnique(),
                stringField("secret").describe("What requests are signed with.").makeSecret().makeAutomatic(),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& aclSchema()
{
    static const Schema schema{
        .fields = {idField(), createdField(), consumerField(),
                   stringField("group").describe("A group of the consumer.").require(), tagsField()},
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway
