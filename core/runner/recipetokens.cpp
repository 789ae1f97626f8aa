// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/recipetokens.h"

#include "base/base64.h"
#include "crypto/keyreader.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/signature.h"
#include "runner/credentialsecret.h"
#include "workspace/recipe.h"

#include <algorithm>

namespace claimsmith::runner {
namespace {

Error missing(const std::string& name)
{
    return Error{
        PrepareErrorCode::KeyMissing, {}, "the secret store has no " + name + ", or it is locked", {{"name", name}}};
}

Result<SecretBytes> findSecret(const workspace::SecretSource& secrets, const std::string& name)
{
    const auto found = secrets.findSecret(name);
    if (!found)
        return missing(name);
    return SecretBytes(*found);
}

Result<SecretBytes> decoded(SecretBytes text, workspace::SecretEncoding encoding, const std::string& name)
{
    std::optional<Bytes> bytes;
    switch (encoding) {
    case workspace::SecretEncoding::Text:
        return text;
    case workspace::SecretEncoding::Base64:
        bytes = fromBase64(text.view(), Base64Rule::Lenient);
        break;
    case workspace::SecretEncoding::Base64Url:
        bytes = fromBase64Url(text.view(), Base64Rule::Lenient);
        break;
    case workspace::SecretEncoding::Hex:
        bytes = fromHex(text.view());
        break;
    }
    if (!bytes)
        return Error{PrepareErrorCode::KeyMissing,
                     {},
                     "the secret " + name + " is not written in the encoding that the recipe names",
                     {{"name", name}}};
    return SecretBytes(std::move(*bytes));
}

bool isHmac(jose::Algorithm algorithm) noexcept
{
    return jose::info(algorithm).keyType == jose::KeyType::Oct;
}

/// Secret bytes or a private key in PEM, whichever the algorithm takes.
Result<jose::SignatureMaker> makerFrom(jose::Algorithm algorithm, SecretBytes material)
{
    if (isHmac(algorithm))
        return jose::SignatureMaker::forSecret(algorithm, std::move(material));
    CLAIMSMITH_TRY(const crypto::ReadKey read, crypto::readKey(material.view()));
    const crypto::PrivateKey* key = read.privateKey();
    if (!key)
        return Error{crypto::CryptoErrorCode::KeyUnfit, {}, "a public key can't sign"};
    return jose::SignatureMaker::forKey(algorithm, *key);
}

/// Finds what a recipe signs with.
class KeyFinder final
{
public:
    KeyFinder(const Context& context, const http::RequestHead* request, jose::Algorithm algorithm)
        : m_context(context), m_request(request), m_algorithm(algorithm)
    {
    }

    Result<jose::SignatureMaker> operator()(const workspace::KeyringKey& key) const { return keyring(key.kid); }

    Result<jose::SignatureMaker> operator()(const workspace::SecretKey& key) const
    {
        CLAIMSMITH_TRY(SecretBytes text, findSecret(m_context.secrets, key.secret));
        CLAIMSMITH_TRY(SecretBytes secret, decoded(std::move(text), key.encoding, key.secret));
        return makerFrom(m_algorithm, std::move(secret));
    }

    Result<jose::SignatureMaker> operator()(const workspace::CredentialKey& key) const
    {
        const gateway::Entity* credential = findCredential(key);
        if (!credential)
            return Error{PrepareErrorCode::UnknownCredential,
                         {},
                         "the gateway has no JWT credential " + key.key + " of consumer " + key.consumer,
                         {{"consumer", key.consumer}, {"key", key.key}}};
        // The gateway knows the secret of HS credentials; of the others it has the public half only.
        const std::string name(credential->text("key"));
        if (!isHmac(m_algorithm))
            return keyring(name);
        const auto encoding = decodesSecrets(*m_context.snapshot, m_request) ? workspace::SecretEncoding::Base64Url
                                                                             : workspace::SecretEncoding::Text;
        CLAIMSMITH_TRY(SecretBytes secret, decoded(SecretBytes(credential->text("secret")), encoding, name));
        return makerFrom(m_algorithm, std::move(secret));
    }

private:
    Result<jose::SignatureMaker> keyring(const std::string& kid) const
    {
        CLAIMSMITH_TRY(SecretBytes material, findSecret(m_context.secrets, "key/" + kid));
        return makerFrom(m_algorithm, std::move(material));
    }

    const gateway::Entity* findCredential(const workspace::CredentialKey& wanted) const
    {
        if (!m_context.snapshot)
            return nullptr;
        const gateway::Entities& entities = m_context.snapshot->entities();
        const gateway::Entity* consumer = entities.findByName("consumers", wanted.consumer);
        if (!consumer)
            return nullptr;
        const auto credentials = entities.referringTo("jwt_secrets", "consumer", consumer->id);
        const auto found = std::ranges::find_if(credentials, [&wanted](const gateway::Entity* credential) {
            return wanted.key.empty() || credential->text("key") == wanted.key;
        });
        return found == credentials.end() ? nullptr : *found;
    }

    const Context& m_context;
    const http::RequestHead* m_request;
    jose::Algorithm m_algorithm;
};

Result<std::string> expanded(const std::string& json, const Context& context, std::string_view part)
{
    auto text = workspace::expandRelativeTimes(json, context.clock.unixSeconds());
    if (text)
        return text;
    Error cause = std::move(text).error();
    Place place = cause.place;
    place.pointer = part;
    return Error{PrepareErrorCode::BadRecipe,
                 std::move(place),
                 "the token's " + std::string(part) + " is not JSON",
                 {{"part", std::string(part)}},
                 std::make_shared<const Error>(std::move(cause))};
}

bool listsUnencoded(const document::Value& critical)
{
    const auto* names = critical.asArray();
    return names && std::ranges::any_of(*names, [](const document::Value& name) {
               const std::string* text = name.asString();
               return text && *text == "b64";
           });
}

/// What a header says about the payload.
struct PayloadRule
{
    bool isClaims = true;  ///< else some other content as it stands (`cty`, RFC 7515 §4.1.10)
    bool isEncoded = true; ///< else signed as it is (RFC 7797 §3)
};

PayloadRule payloadRule(std::string_view header)
{
    const auto value = document::parseJson(header, {.allowDuplicateKeys = true});
    const document::Value* critical = value ? value->find("crit") : nullptr;
    const std::string* content = value ? value->findString("cty") : nullptr;
    const bool unencoded = critical && listsUnencoded(*critical) && !value->findBoolean("b64").value_or(true);
    return {.isClaims = !content || content->empty(), .isEncoded = !unencoded};
}

/// Header and payload as they are signed (RFC 7515 §5.1 step 8).
Result<std::string> signingInput(const workspace::TokenRecipe& recipe, const Context& context)
{
    CLAIMSMITH_TRY(const std::string header, expanded(recipe.header, context, "header"));
    const PayloadRule rule = payloadRule(header);
    std::string payload = recipe.payload;
    if (rule.isClaims) {
        CLAIMSMITH_TRY(payload, expanded(recipe.payload, context, "payload"));
    }
    if (!rule.isEncoded && payload.find('.') != std::string::npos)
        return Error{PrepareErrorCode::BadRecipe,
                     {"", "payload"},
                     "a payload with a dot that is not encoded has no place in a compact token (RFC 7797 §5.2)",
                     {{"part", "payload"}}};
    return toBase64Url(header) + "." + (rule.isEncoded ? toBase64Url(payload) : payload);
}

} // namespace

Result<std::string> RecipeTokens::makeToken(std::string_view name) const
{
    const workspace::TokenRecipe* recipe = m_context.workspace.findToken(name);
    if (!recipe)
        return Error{PrepareErrorCode::UnknownRecipe,
                     {},
                     "there is no token recipe named " + std::string(name),
                     {{"name", std::string(name)}}};
    return signToken(*recipe, m_context, m_request ? &*m_request : nullptr);
}

Result<std::string> signToken(const workspace::TokenRecipe& recipe, const Context& context,
                              const http::RequestHead* request)
{
    // Only ever on request: the recipe's own algorithm says so (RFC 7519 §6).
    if (recipe.algorithm == "none") {
        CLAIMSMITH_TRY(const std::string unsecured, signingInput(recipe, context));
        return unsecured + ".";
    }
    const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(recipe.algorithm);
    if (!algorithm)
        return Error{PrepareErrorCode::BadRecipe,
                     {"", "algorithm"},
                     recipe.algorithm + " is no signature algorithm",
                     {{"part", "algorithm"}}};
    CLAIMSMITH_TRY(std::string token, signingInput(recipe, context));
    CLAIMSMITH_TRY(const jose::SignatureMaker maker,
                   std::visit(KeyFinder(context, request, algorithm->id), recipe.key));
    CLAIMSMITH_TRY(const Bytes signature, maker.sign(token));
    return token + "." + toBase64Url(signature);
}

} // namespace claimsmith::runner
