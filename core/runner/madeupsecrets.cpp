// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/madeupsecrets.h"

#include "base/file.h"
#include "base/random.h"
#include "document/json.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "workspace/memberreader.h"

namespace claimsmith::runner {
namespace {

using workspace::MemberReader;

constexpr std::size_t randomLength = 48; // letters and digits: enough for the key of every HMAC algorithm

struct KeyPair
{
    std::string name;
    jose::Algorithm algorithm = jose::Algorithm::RS256;
    std::string kid;
    std::string publicSet;
    std::string publicPem;
};

KeyPair readKeyPair(MemberReader& in, const std::string& name)
{
    KeyPair pair;
    pair.name = name;
    in.enter(name, [&] {
        in.refuseOthers({"algorithm", "kid", "publicSet", "publicPem"});
        const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(in.required("algorithm"));
        if (!algorithm || algorithm->keyType == jose::KeyType::Oct)
            in.fail(workspace::StorageErrorCode::UnknownValue, "algorithm", "no algorithm with a key pair",
                    {{"value", in.text("algorithm")}});
        if (algorithm)
            pair.algorithm = algorithm->id;
        pair.kid = in.text("kid");
        pair.publicSet = in.text("publicSet");
        pair.publicPem = in.text("publicPem");
    });
    return pair;
}

Result<std::vector<KeyPair>> readKeyPairs(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "secrets.json";
    std::error_code none;
    if (folder.empty() || !std::filesystem::exists(file, none))
        return std::vector<KeyPair>();
    CLAIMSMITH_TRY(const Bytes text, readFile(file));
    MemberReader in(text, file.string());
    std::vector<KeyPair> pairs;
    for (const document::Member& member : in.object() ? *in.object() : document::Object())
        pairs.push_back(readKeyPair(in, member.name));
    if (auto error = in.takeError())
        return std::move(*error);
    return pairs;
}

SecretBytes json(const document::Value& value)
{
    return SecretBytes(document::toJson(value));
}

Result<void> add(const KeyPair& pair, const std::set<std::string>& names, SecretsByName& secrets)
{
    if (!names.contains(pair.name) && !names.contains(pair.publicSet) && !names.contains(pair.publicPem))
        return {};
    CLAIMSMITH_TRY(const jose::Key key, jose::generateKey(pair.algorithm, {.id = pair.kid}));
    secrets.emplace(pair.name, json(jose::writeJwk(key, jose::KeyParts::Private)));
    if (!pair.publicSet.empty())
        secrets.emplace(pair.publicSet, json(jose::writeJwks({key}, jose::KeyParts::Public)));
    if (!pair.publicPem.empty())
        secrets.emplace(pair.publicPem, SecretBytes(key.publicKey()->publicPem()));
    return {};
}

} // namespace

Result<SecretsByName> makeUpSecrets(const std::set<std::string>& names, const std::filesystem::path& folder)
{
    SecretsByName secrets;
    CLAIMSMITH_TRY(const std::vector<KeyPair> pairs, readKeyPairs(folder));
    for (const KeyPair& pair : pairs)
        CLAIMSMITH_CHECK(add(pair, names, secrets));
    for (const std::string& name : names)
        secrets.try_emplace(name, SecretBytes(randomAlphanumeric(randomLength)));
    return secrets;
}

} // namespace claimsmith::runner
