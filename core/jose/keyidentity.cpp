// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/keyidentity.h"

#include "base/base64.h"
#include "crypto/opensshkey.h"
#include "jose/encryption.h"

namespace claimsmith::jose {
namespace {

using crypto::DigestKind;

std::string certificateHash(const Key& key)
{
    const document::Value* chain = key.metadata().others.find("x5c");
    const document::Array* list = chain == nullptr ? nullptr : chain->asArray();
    const std::string* first = list == nullptr || list->empty() ? nullptr : list->front().asString();
    const auto der = first == nullptr ? std::nullopt : fromBase64(*first);
    return der ? toBase64Url(crypto::digest(DigestKind::Sha256, *der)) : std::string();
}

std::string openSshHash(const crypto::PublicKey& key)
{
    const auto line = crypto::openSshPublicKey(key);
    const auto blob = line ? fromBase64(std::string_view(*line).substr(line->find(' ') + 1)) : std::nullopt;
    if (!blob)
        return {};
    std::string hash = toBase64(crypto::digest(DigestKind::Sha256, *blob));
    hash.erase(hash.find_last_not_of('=') + 1);
    return "SHA256:" + hash;
}

std::vector<std::string> algorithmNames(const Key& key)
{
    std::vector<std::string> names;
    for (const Algorithm algorithm : algorithmsFor(key))
        names.emplace_back(toString(algorithm));
    for (const KeyManagement algorithm : keyManagementsFor(key))
        names.emplace_back(toString(algorithm));
    return names;
}

} // namespace

KeyIdentity identify(const Key& key)
{
    KeyIdentity identity{.type = key.type()};
    identity.curve = key.curveName();
    identity.bits = key.bits();
    identity.isPrivate = key.canSign();
    identity.thumbprint = toBase64Url(key.thumbprint());
    identity.thumbprintUri = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + identity.thumbprint;
    identity.certificateSha256 = certificateHash(key);
    identity.algorithms = algorithmNames(key);
    if (const crypto::PublicKey* open = key.publicKey()) {
        identity.spkiSha256 = toBase64(crypto::digest(DigestKind::Sha256, open->publicDer()));
        identity.openSshFingerprint = openSshHash(*open);
    }
    return identity;
}

bool isSameKey(const Key& a, const Key& b)
{
    if (a.secret() != nullptr && b.secret() != nullptr)
        return *a.secret() == *b.secret();
    return a.publicKey() != nullptr && b.publicKey() != nullptr && *a.publicKey() == *b.publicKey();
}

} // namespace claimsmith::jose
