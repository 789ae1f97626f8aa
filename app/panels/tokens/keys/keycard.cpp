// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keycard.h"

#include "document/json.h"
#include "gateway/entities.h"
#include "jose/jwk.h"
#include "jose/keyidentity.h"
#include "jose/keytext.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/keys/publishedjwks.h"
#include "panels/tokens/tokenlint.h"
#include "panels/tokens/verdict.h"

#include <QCoreApplication>

#include <algorithm>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyCard)
};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

const workspace::StoredKey* storedKey(const KeyChoice& choice, const workspace::Workspace& workspace)
{
    if (choice.kind != KeyKind::Keyring)
        return nullptr;
    const auto found = std::find_if(workspace.keys.begin(), workspace.keys.end(),
                                    [&](const auto& each) { return each.kid == choice.kid; });
    return found == workspace.keys.end() ? nullptr : &*found;
}

/// With the name, use and algorithm that the key was kept with, which a PEM in the keychain does not carry.
jose::Key withStoredMetadata(const jose::Key& key, const workspace::StoredKey& stored)
{
    const auto half = stored.publicJwk.empty() ? Result<jose::Key>(Error{.code = jose::JoseErrorCode::NoKeys})
                                               : jose::readKey(stored.publicJwk);
    jose::KeyMetadata metadata = half ? half->metadata() : key.metadata();
    metadata.id = stored.kid;
    if (metadata.algorithm.empty())
        metadata.algorithm = stored.algorithm;
    metadata.operations.reset(); // those of the other half
    return key.withMetadata(std::move(metadata));
}

QString placeOf(const KeyChoice& choice, const workspace::StoredKey* stored)
{
    if (choice.kind == KeyKind::Credential)
        return Tr::tr("kong.yml, credential of %1").arg(text(choice.consumer));
    if (!stored || !stored->hasPrivatePart)
        return Tr::tr("the workspace; the private half is not here");
    return stored->publicJwk.empty() ? Tr::tr("the keychain") : Tr::tr("the workspace, private half in the keychain");
}

std::string algorithmOf(const jose::Key& key, const ChosenKeys& chosen)
{
    if (!chosen.algorithm.empty())
        return chosen.algorithm;
    if (!key.metadata().algorithm.empty())
        return key.metadata().algorithm;
    std::string names;
    for (const std::string& each : jose::identify(key).algorithms)
        names += (names.empty() ? "" : ", ") + each;
    return names;
}

std::vector<KeyFact> factsOf(const jose::Key& key, const ChosenKeys& chosen, const KeyChoice& choice,
                             const workspace::StoredKey* stored)
{
    std::vector<KeyFact> facts{{Tr::tr("Kind"), keyFacts({key})},
                               {Tr::tr("Algorithm"), text(algorithmOf(key, chosen)), true},
                               {Tr::tr("Kept in"), placeOf(choice, stored)}};
    const std::string& id = choice.kind == KeyKind::Credential ? choice.credential : choice.kid;
    if (!id.empty())
        facts.push_back(
            {choice.kind == KeyKind::Credential ? Tr::tr("Credential key") : Tr::tr("Key ID"), text(id), true});
    // The thumbprint of a secret would give it away to guessing (RFC 7638 §7).
    if (key.secret())
        return facts;
    const jose::KeyIdentity identity = jose::identify(key);
    facts.push_back({Tr::tr("Thumbprint"), text(identity.thumbprint), true,
                     Tr::tr("RFC 7638, SHA-256: the same for every form of this key")});
    facts.push_back({Tr::tr("SPKI hash"), text(identity.spkiSha256), true,
                     Tr::tr("SHA-256 of the public key as certificates hold it (RFC 7469)")});
    if (!identity.openSshFingerprint.empty())
        facts.push_back({Tr::tr("OpenSSH"), text(identity.openSshFingerprint), true,
                         Tr::tr("The fingerprint that ssh-keygen shows")});
    if (!identity.certificateSha256.empty())
        facts.push_back({Tr::tr("Certificate"), text(identity.certificateSha256), true, QStringLiteral("x5t#S256")});
    return facts;
}

void addSameKeys(KeyCard& card, const KeyChoice& choice, const KeySources& sources)
{
    for (const KeyEntry& entry : keyEntries(sources.workspace, sources.snapshot)) {
        if (entry.choice == choice)
            continue;
        const ChosenKeys other = chosenKeys(entry.choice, {}, sources);
        if (other.keys.size() != 1 || !jose::isSameKey(other.keys.front(), *card.key))
            continue;
        const bool isCredential = entry.choice.kind == KeyKind::Credential;
        card.uses.push_back({isCredential ? KeyUse::Kind::Credential : KeyUse::Kind::SameKey,
                             isCredential ? Tr::tr("Credential %1 of %2").arg(text(entry.choice.credential), entry.name)
                                          : Tr::tr("The same key as %1 of the keyring").arg(entry.name),
                             isCredential && other.credential ? other.credential->pointer : entry.choice.kid});
    }
}

void addTokens(KeyCard& card, const KeyChoice& choice, const workspace::Workspace& workspace)
{
    for (const workspace::TokenRecipe& recipe : workspace.tokens) {
        const KeyChoice used = choiceOf(recipe.key);
        const bool same =
            choice.kind == used.kind &&
            (choice.kind == KeyKind::Keyring ? used.kid == choice.kid
                                             : used.consumer == choice.consumer &&
                                                   (used.credential.empty() || used.credential == choice.credential));
        if (same)
            card.uses.push_back({KeyUse::Kind::Token, Tr::tr("Token %1").arg(text(recipe.name)), recipe.name});
    }
}

void addRoutes(KeyCard& card, const ConfigAnalysis& config)
{
    for (const PublishedJwks& set : publishedSets(config)) {
        const auto read = jose::readKeys(set.body);
        if (read && std::any_of(read->set.keys.begin(), read->set.keys.end(),
                                [&](const jose::Key& each) { return jose::isSameKey(each, *card.key); }))
            card.uses.push_back({KeyUse::Kind::Route,
                                 Tr::tr("JWKS of route %1, %2").arg(text(set.route), text(set.path)), set.pointer});
    }
}

void addPublicForms(KeyCard& card)
{
    const auto half = card.key->publicPart();
    if (!half)
        return;
    card.publicJwk = text(indentedJson(document::toJson(jose::writeJwk(*half, jose::KeyParts::Public))));
    card.publicPem = text(half->publicKey()->publicPem());
}

} // namespace

KeyCard keyCard(const KeyChoice& choice, const KeySources& sources, const ConfigAnalysis& config)
{
    KeyCard card;
    card.name = text(choice.kind == KeyKind::Credential ? choice.consumer : choice.kid);
    const ChosenKeys chosen = chosenKeys(choice, {}, sources);
    const workspace::StoredKey* stored = storedKey(choice, sources.workspace);
    if (!chosen.keys.empty())
        card.key = chosen.keys.front();
    else if (stored && !stored->publicJwk.empty())
        if (auto half =
                jose::readKey(stored->publicJwk)) // the keychain is locked: the public half is known all the same
            card.key = std::move(half).value();
    if (card.key && stored)
        card.key = withStoredMetadata(*card.key, *stored);
    if (chosen.problem)
        card.reason = keyProblemText(*chosen.problem, chosen.algorithm);
    addTokens(card, choice, sources.workspace);
    if (!card.key)
        return card;
    card.facts = factsOf(*card.key, chosen, choice, stored);
    addSameKeys(card, choice, sources);
    addRoutes(card, config);
    for (const LintNote& note : keyNotes(*card.key))
        card.problems.push_back(note.title + QStringLiteral(". ") + note.sentence);
    addPublicForms(card);
    return card;
}

} // namespace claimsmith::app
