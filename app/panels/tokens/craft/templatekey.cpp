// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/craft/templatekey.h"

#include "document/json.h"
#include "jose/jwk.h"
#include "jose/keytext.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

bool suits(const KeyEntry& entry, TokenTemplate::Key wish)
{
    const bool isCredential = entry.choice.kind == KeyKind::Credential;
    switch (wish) {
    case TokenTemplate::Key::Credential:
        return isCredential && entry.isSecret;
    case TokenTemplate::Key::Pair:
        return !isCredential && !entry.isSecret && entry.canSign;
    case TokenTemplate::Key::Any:
        break;
    }
    return isCredential ? entry.isSecret : entry.canSign;
}

const KeyEntry* choose(const std::vector<KeyEntry>& keys, TokenTemplate::Key wish)
{
    for (const auto each : {wish, TokenTemplate::Key::Any}) {
        const auto found =
            std::find_if(keys.begin(), keys.end(), [&](const KeyEntry& entry) { return suits(entry, each); });
        if (found != keys.end())
            return &*found;
    }
    return nullptr;
}

} // namespace

TemplateKey keyFor(TokenTemplate::Key wish, const std::vector<KeyEntry>& keys, const workspace::Workspace& workspace)
{
    TemplateKey result;
    const KeyEntry* entry = choose(keys, wish);
    if (!entry)
        return result;
    result.algorithm = entry->algorithm;
    if (entry->choice.kind == KeyKind::Credential) {
        result.key = workspace::CredentialKey{entry->choice.consumer, entry->choice.credential};
        result.issuer = entry->choice.credential;
        return result;
    }
    result.key = workspace::KeyringKey{entry->choice.kid};
    result.kid = entry->choice.kid;
    const auto stored = std::find_if(workspace.keys.begin(), workspace.keys.end(),
                                     [&](const auto& each) { return each.kid == result.kid; });
    if (stored == workspace.keys.end() || stored->publicJwk.empty())
        return result;
    if (const auto key = jose::readKey(stored->publicJwk))
        result.jwk = bareJwk(*key);
    return result;
}

std::string bareJwk(const jose::Key& key)
{
    const auto half = key.publicPart();
    return half ? document::toJson(jose::writeJwk(half->withMetadata({}), jose::KeyParts::Public)) : std::string();
}

} // namespace claimsmith::app
