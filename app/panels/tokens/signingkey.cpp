// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/signingkey.h"

#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/jwk.h"
#include "jose/keytext.h"
#include "jose/signature.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

using Code = KeyChoiceErrorCode;

Error problem(Code code, std::vector<std::pair<std::string, std::string>> parameters = {})
{
    return Error{.code = code, .parameters = std::move(parameters)};
}

jose::SecretEncoding encodingOf(workspace::SecretEncoding encoding)
{
    switch (encoding) {
    case workspace::SecretEncoding::Base64:
        return jose::SecretEncoding::Base64;
    case workspace::SecretEncoding::Base64Url:
        return jose::SecretEncoding::Base64Url;
    case workspace::SecretEncoding::Hex:
        return jose::SecretEncoding::Hex;
    case workspace::SecretEncoding::Text:
        break;
    }
    return jose::SecretEncoding::Text;
}

/// Takes over the keys of a text, or why it has none.
void take(ChosenKeys& chosen, Result<jose::KeysFromText> read)
{
    if (!read)
        chosen.problem = std::move(read).error();
    else if (chosen.keys = std::move(read->set.keys); chosen.keys.empty())
        chosen.problem =
            read->set.ignored.empty() ? Error{.code = jose::JoseErrorCode::NoKeys} : read->set.ignored.front().reason;
}

void takeSecret(ChosenKeys& chosen, std::string_view text, jose::SecretEncoding encoding)
{
    auto secret = jose::readSecret(text, encoding);
    if (secret)
        chosen.keys.push_back(jose::Key::fromSecret(std::move(secret).value()));
    else
        chosen.problem = std::move(secret).error();
}

ChosenKeys fromText(const std::shared_ptr<const SecretBytes>& text, Code whenMissing)
{
    ChosenKeys chosen;
    if (!text || text->empty())
        chosen.problem = problem(whenMissing);
    else
        take(chosen, jose::readKeys(text->view()));
    if (chosen.keys.size() == 1)
        chosen.name = chosen.keys.front().id();
    return chosen;
}

ChosenKeys fromKeyring(const std::string& kid, const KeySources& sources)
{
    ChosenKeys chosen;
    chosen.name = kid;
    const auto& keys = sources.workspace.keys;
    const auto stored = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.kid == kid; });
    if (stored == keys.end()) {
        chosen.problem = kid.empty() ? problem(Code::NothingChosen) : problem(Code::UnknownKey, {{"kid", kid}});
        return chosen;
    }
    chosen.algorithm = stored->algorithm;
    const std::string name = "key/" + kid;
    if (!stored->hasPrivatePart) {
        take(chosen, jose::readKeys(stored->publicJwk));
        return chosen;
    }
    chosen.secretName = name;
    const auto material = sources.secrets.findSecret(name);
    if (!material)
        chosen.problem = problem(Code::SecretMissing, {{"name", name}});
    else if (stored->publicJwk.empty())
        chosen.keys.push_back(
            jose::Key::fromSecret(SecretBytes(*material), {.id = kid, .use = {}, .algorithm = stored->algorithm}));
    else
        take(chosen, jose::readKeys(*material));
    for (jose::Key& key : chosen.keys) { // a PEM does not know its name
        jose::KeyMetadata metadata = key.metadata();
        metadata.id = kid;
        key = key.withMetadata(std::move(metadata));
    }
    return chosen;
}

ChosenKeys fromSecret(const KeyChoice& choice, const TypedKeys& typed, const KeySources& sources)
{
    ChosenKeys chosen;
    chosen.name = choice.secret;
    chosen.secretName = choice.secret;
    if (!choice.secret.empty()) {
        if (const auto text = sources.secrets.findSecret(choice.secret))
            takeSecret(chosen, *text, encodingOf(choice.encoding));
        else
            chosen.problem = problem(Code::SecretMissing, {{"name", choice.secret}});
    } else if (!typed.secret || typed.secret->empty())
        chosen.problem = problem(Code::NothingTyped);
    else
        takeSecret(chosen, typed.secret->view(), encodingOf(choice.encoding));
    return chosen;
}

const gateway::Entity* findCredential(const KeyChoice& choice, const gateway::Snapshot& snapshot)
{
    const auto* consumer = snapshot.entities().findByName("consumers", choice.consumer);
    if (!consumer)
        return nullptr;
    const auto credentials = snapshot.entities().referringTo("jwt_secrets", "consumer", consumer->id);
    const auto found = std::find_if(credentials.begin(), credentials.end(), [&](const gateway::Entity* each) {
        return choice.credential.empty() || each->text("key") == choice.credential;
    });
    return found == credentials.end() ? nullptr : *found;
}

bool isHmac(std::string_view algorithm)
{
    const auto* info = jose::findAlgorithm(algorithm);
    return info && info->keyType == jose::KeyType::Oct;
}

/// The name in a reference such as `${{ env "DECK_SECRET" }}` or `{vault://env/name}` that was not resolved.
std::optional<std::string> unresolvedName(std::string_view text)
{
    if (text.starts_with("{vault:"))
        return std::string(text);
    const auto begin = text.find("${{");
    if (begin == std::string_view::npos)
        return std::nullopt;
    const auto quote = text.find('"', begin);
    const auto end = quote == std::string_view::npos ? quote : text.find('"', quote + 1);
    return std::string(end == std::string_view::npos ? text : text.substr(quote + 1, end - quote - 1));
}

/// Kong holds the public half of an asymmetric credential. The private one is in the keyring when the user made it
/// here: under the credential's key, or as the same key under another name.
void preferPrivateHalf(ChosenKeys& chosen, const KeySources& sources)
{
    if (chosen.keys.empty())
        return;
    const Bytes thumbprint = chosen.keys.front().thumbprint();
    for (const workspace::StoredKey& stored : sources.workspace.keys) {
        if (!stored.hasPrivatePart || stored.publicJwk.empty())
            continue;
        ChosenKeys candidate = fromKeyring(stored.kid, sources);
        if (candidate.keys.size() == 1 && candidate.keys.front().thumbprint() == thumbprint) {
            chosen.keys = std::move(candidate.keys);
            chosen.secretName = candidate.secretName;
            return;
        }
    }
}

ChosenKeys fromCredential(const KeyChoice& choice, const KeySources& sources)
{
    ChosenKeys chosen;
    chosen.name = choice.consumer;
    if (!sources.snapshot) {
        chosen.problem = problem(Code::NoConfiguration);
        return chosen;
    }
    chosen.credential = findCredential(choice, *sources.snapshot);
    if (!chosen.credential) {
        chosen.problem = choice.consumer.empty() ? problem(Code::NothingChosen)
                                                 : problem(Code::UnknownCredential,
                                                           {{"consumer", choice.consumer}, {"key", choice.credential}});
        return chosen;
    }
    chosen.algorithm = chosen.credential->text("algorithm");
    if (!isHmac(chosen.algorithm)) {
        take(chosen, jose::readKeys(chosen.credential->text("rsa_public_key")));
        preferPrivateHalf(chosen, sources);
        return chosen;
    }
    const std::string_view text = chosen.credential->text("secret");
    chosen.secretName = "kong/" + choice.consumer;
    if (const auto name = unresolvedName(text))
        chosen.problem = problem(Code::ReferenceUnresolved, {{"name", *name}});
    else
        takeSecret(chosen, text, sources.secretIsBase64 ? jose::SecretEncoding::Base64Url : jose::SecretEncoding::Text);
    return chosen;
}

} // namespace

const ErrorDomain& errorDomain(KeyChoiceErrorCode) noexcept
{
    static constexpr std::array<std::string_view, 8> names{"nothing-chosen", "nothing-typed",       "not-fetched",
                                                           "unknown-key",    "unknown-credential",  "no-configuration",
                                                           "secret-missing", "reference-unresolved"};
    static constexpr ErrorDomain domain{"key-choice",
                                        [](int code) noexcept { return names[static_cast<std::size_t>(code)]; }};
    return domain;
}

KeyChoice choiceOf(const workspace::SigningKey& key)
{
    KeyChoice choice;
    if (const auto* credential = std::get_if<workspace::CredentialKey>(&key)) {
        choice.consumer = credential->consumer;
        choice.credential = credential->key;
    } else if (const auto* keyring = std::get_if<workspace::KeyringKey>(&key)) {
        choice.kind = KeyKind::Keyring;
        choice.kid = keyring->kid;
    } else if (const auto* secret = std::get_if<workspace::SecretKey>(&key)) {
        choice.kind = KeyKind::Secret;
        choice.secret = secret->secret;
        choice.encoding = secret->encoding;
    }
    return choice;
}

std::optional<workspace::SigningKey> signingKeyOf(const KeyChoice& choice)
{
    switch (choice.kind) {
    case KeyKind::Credential:
        return workspace::CredentialKey{choice.consumer, choice.credential};
    case KeyKind::Keyring:
        return workspace::KeyringKey{choice.kid};
    case KeyKind::Secret:
        if (!choice.secret.empty())
            return workspace::SecretKey{choice.secret, choice.encoding};
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

ChosenKeys chosenKeys(const KeyChoice& choice, const TypedKeys& typed, const KeySources& sources)
{
    switch (choice.kind) {
    case KeyKind::Keyring:
        return fromKeyring(choice.kid, sources);
    case KeyKind::Secret:
        return fromSecret(choice, typed, sources);
    case KeyKind::Pem:
        return fromText(typed.pem, Code::NothingTyped);
    case KeyKind::Jwk:
        return fromText(typed.jwk, Code::NothingTyped);
    case KeyKind::JwksUrl: {
        ChosenKeys chosen = fromText(typed.jwks, Code::NotFetched);
        chosen.name = choice.url;
        return chosen;
    }
    case KeyKind::Credential:
        break;
    }
    return fromCredential(choice, sources);
}

Result<jose::Key> keyForSigning(const ChosenKeys& chosen, std::string_view algorithm)
{
    if (chosen.problem)
        return *chosen.problem;
    const auto* info = jose::findAlgorithm(algorithm);
    if (!info)
        return Error{.code = algorithm == "none" ? jose::JoseErrorCode::AlgorithmNone
                             : algorithm.empty() ? jose::JoseErrorCode::AlgorithmMissing
                                                 : jose::JoseErrorCode::AlgorithmUnknown,
                     .parameters = {{"algorithm", std::string(algorithm)}}};
    std::optional<Error> reason;
    for (const jose::Key& key : chosen.keys) {
        auto suitable = jose::checkSuitable(key, *info, jose::KeyPurpose::Sign);
        if (suitable)
            return key;
        if (!reason)
            reason = std::move(suitable).error();
    }
    return reason.value_or(Error{.code = jose::JoseErrorCode::NoKeys});
}

Result<Bytes> makeSignature(const ChosenKeys& chosen, std::string_view algorithm, BytesView signingInput)
{
    CLAIMSMITH_TRY(const jose::Key key, keyForSigning(chosen, algorithm));
    const jose::Algorithm id = jose::findAlgorithm(algorithm)->id;
    auto maker = key.secret() ? jose::SignatureMaker::forSecret(id, key.secret()->clone())
                              : jose::SignatureMaker::forKey(id, *key.privateKey());
    if (!maker)
        return std::move(maker).error();
    return maker->sign(signingInput);
}

} // namespace claimsmith::app
