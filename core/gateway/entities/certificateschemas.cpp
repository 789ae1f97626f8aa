// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyreader.h"
#include "document/json.h"
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

#include <string>

namespace claimsmith::gateway {

using document::Object;
using document::Value;

namespace {

using MaybeText = std::optional<std::string>;

constexpr std::string_view certificateLine = "-----BEGIN CERTIFICATE-----";

/// OpenSSL's words for what is no PEM, and for PEM that holds something else.
std::string decodeError(std::string_view text)
{
    return crypto::looksLikePem(text)
               ? "error:1E08010C:DECODER routines:OSSL_DECODER_from_bio:unsupported:crypto/encode_decode/"
                 "decoder_lib.c:102:"
               : "error:0480006C:PEM routines:get_name:no start line:crypto/pem/pem_lib.c:763:";
}

MaybeText checkCertificate(const Value& value)
{
    const auto key = crypto::readPemKey(*value.asString());
    return key && key->certificate ? MaybeText() : "invalid certificate: x509.new: " + decodeError(*value.asString());
}

MaybeText checkKey(const Value& value)
{
    const auto key = crypto::readPemKey(*value.asString());
    return key && key->privateKey() ? MaybeText() : "invalid key: pkey.new:load_key: " + decodeError(*value.asString());
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

CustomCheck::Errors checkKeyPair(const Object& entity)
{
    if (belongTogether(textOf(entity, "cert"), textOf(entity, "key")))
        return {};
    return {{"@entity", "certificate does not match key"}};
}

CustomCheck::Errors checkOtherKeyPair(const Object& entity)
{
    if (textOf(entity, "cert_alt").empty() || textOf(entity, "key_alt").empty() ||
        belongTogether(textOf(entity, "cert_alt"), textOf(entity, "key_alt")))
        return {};
    return {{"@entity", "alternative certificate does not match key"}};
}

CustomCheck::Errors checkKeyTypes(const Object& entity)
{
    if (textOf(entity, "cert_alt").empty() || textOf(entity, "key_alt").empty())
        return {};
    const auto first = crypto::readPemKey(textOf(entity, "cert"));
    const auto second = crypto::readPemKey(textOf(entity, "cert_alt"));
    if (!first || !second || first->any().kind() != second->any().kind())
        return {};
    return {{"@entity", "certificate and alternative certificate need to have different type (e.g. RSA and ECDSA), the "
                        "provided certificates were both of the same type"}};
}

CustomCheck::Errors checkAuthority(const Object& entity)
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

MaybeText checkVaultName(const Value& value)
{
    return *value.asString() == "env" ? MaybeText() : "vault '" + *value.asString() + "' is not installed";
}

Field certificateField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a certificate.")
        .as(Format::Pem)
        .check(checkCertificate);
}

Field privateKeyField(std::string name)
{
    return stringField(std::move(name))
        .describe("A string representing a key.")
        .as(Format::Pem)
        .makeReferenceable()
        .makeEncrypted()
        .check(checkKey);
}

Field keyPairField()
{
    Field pair =
        recordField(
            "pem",
            {stringField("private_key").as(Format::Pem).makeReferenceable().makeEncrypted().annotate("required", false),
             stringField("public_key").as(Format::Pem).makeReferenceable().annotate("required", false)})
            .describe("A pair of PEM-encoded public and private keys, which can be either a string or a reference to a "
                      "credential in Kong Vault. If provided as strings, they must be valid PEM-encoded keys.")
            .annotate("required", false)
            .check(checkKeyPem);
    return withChecks(std::move(pair), {FieldGroup{FieldGroup::Rule::AtLeastOne, {"private_key", "public_key"}}});
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
                certificateField("cert").hint("The certificate, with its chain, in PEM.").makeReferenceable().require(),
                privateKeyField("key").hint("Its private key in PEM.").require(),
                certificateField("cert_alt")
                    .hint("A second certificate of another key type.")
                    .makeReferenceable()
                    .annotate("required", false),
                privateKeyField("key_alt").hint("The key of the second certificate.").annotate("required", false),
                arrayField("snis", wildcardHostField())
                    .hint("Server names that it is shown for.")
                    .makeTransient()
                    .annotate("required", false),
                tagsField(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::AllOrNone, {"cert_alt", "key_alt"}},
                   CustomCheck{checkKeyPair, {"cert", "key"}}, CustomCheck{checkOtherKeyPair, {"cert_alt", "key_alt"}},
                   CustomCheck{checkKeyTypes, {"cert", "cert_alt"}}},
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
                wildcardHostField("name")
                    .hint("Server name, with one * at an end at most.")
                    .require()
                    .makeUnique()
                    .annotate("unique_across_ws", true),
                foreignField("certificate", "certificates")
                    .describe("The id (a UUID) of the certificate with which to associate the SNI hostname.")
                    .require(),
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
                certificateField("cert").hint("The certificate of the authority in PEM.").require(),
                stringField("cert_digest").hint("SHA-256 of the certificate.").makeUnique(),
                tagsField(),
            },
        .checks = {CustomCheck{checkAuthority, {"cert"}}},
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
                foreignField("set", "key_sets")
                    .describe("The id of the key-set with which to associate the key.")
                    .cascade()
                    .annotate("required", false),
                stringField("name")
                    .describe("The name to associate with the given keys.")
                    .makeUnique()
                    .annotate("required", false),
                stringField("kid")
                    .describe("A unique identifier for a key.")
                    .hint("Names the key in its set.")
                    .require()
                    .annotate("unique", false),
                stringField("jwk")
                    .describe("A JSON Web Key represented as a string.")
                    .makeReferenceable()
                    .makeEncrypted(),
                keyPairField(),
                tagsField(),
            },
        .checks = {FieldGroup{Rule::AtMostOne, {"jwk", "pem"}}, FieldGroup{Rule::AtLeastOne, {"jwk", "pem"}},
                   CustomCheck{checkJwk, {"jwk", "kid", "pem"}}},
    };
    return schema;
}

const Schema& keySetSchema()
{
    static const Schema schema{.fields = {idField(), createdField(), updatedField(),
                                          stringField("name")
                                              .describe("The name to associate with the given key-set.")
                                              .makeUnique()
                                              .annotate("required", false),
                                          tagsField()},
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
                    .describe("The unique prefix (or identifier) for this Vault configuration.")
                    .hint("How references name the vault.")
                    .require()
                    .makeUnique()
                    .noneOf({"env"})
                    .match("^[a-z][a-z%d-]-[a-z%d]+$")
                    .annotate("unique_across_ws", true),
                stringField("name")
                    .describe("The name of the Vault that's going to be added.")
                    .hint("Kind of vault.")
                    .require()
                    .check(checkVaultName),
                stringField("description").describe("The description of the Vault entity."),
                recordField("config", {stringField("prefix")})
                    .describe("The configuration properties for the Vault which can be found on the vaults' "
                              "documentation page.")
                    .annotate("abstract", true),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& oauth2CredentialSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                consumerField(),
                stringField("name").hint("Names the application.").require(),
                stringField("client_id")
                    .hint("What the application calls itself.")
                    .makeUnique()
                    .makeAutomatic()
                    .annotate("required", false),
                stringField("client_secret")
                    .hint("What it proves itself with.")
                    .makeEncrypted()
                    .makeAutomatic()
                    .annotate("required", false),
                booleanField("hash_secret").hint("Keep the secret as a digest only.").require().defaultTo(false),
                arrayField("redirect_uris", stringField().as(Format::Url))
                    .hint("Where users come back to.")
                    .annotate("required", false),
                tagsField(),
                stringField("client_type")
                    .hint("Whether it can keep a secret.")
                    .require()
                    .oneOf({"confidential", "public"})
                    .defaultTo("confidential"),
            },
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway
