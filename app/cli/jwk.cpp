// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwk.h"
#include "base/base64.h"
#include "cli/io.h"
#include "cli/jwkoutput.h"
#include "cli/keyinput.h"
#include "document/json.h"

#include <array>

namespace claimsmith::cli {
namespace {

constexpr Option keyOption{"--key", "FILE", "JWK, JWK Set, PEM of any kind or DER"};
constexpr Option passphraseOption{"--passphrase-file", "FILE", "passphrase of an encrypted PEM"};

Result<jose::Key> readOneKey(const Arguments& arguments)
{
    CLAIMSMITH_TRY(KeyInput input, readKeyInput(arguments));
    if (input.set.keys.size() == 1)
        return std::move(input.set.keys.front());
    if (!input.set.ignored.empty())
        return std::move(input.set.ignored.front().reason);
    return Error{.code = jose::JoseErrorCode::KeySetInvalid, .detail = "a single key is needed"};
}

/// The public halves; KeyNotRecognised for a secret, which has none.
Result<std::vector<jose::Key>> publicParts(const std::vector<jose::Key>& keys)
{
    std::vector<jose::Key> open;
    for (const jose::Key& key : keys) {
        auto part = key.publicPart();
        if (!part)
            return Error{.code = jose::JoseErrorCode::KeyOfOtherType, .detail = "a secret has no public part"};
        open.push_back(std::move(*part));
    }
    return open;
}

// ---- jwk public

int runPublic(const Arguments& arguments)
{
    const auto input = readKeyInput(arguments);
    if (!input)
        return fail(statusOf(input.error()), input.error());
    const auto open = publicParts(input->set.keys);
    if (!open)
        return fail(WrongUsage, open.error());
    if (!input->isSet)
        return writeKey(open->front(), jose::KeyParts::Public, arguments);
    return writeResult(document::toJson(jose::writeJwks(*open, jose::KeyParts::Public)) + '\n', arguments);
}

// ---- jwk convert

int runConvert(const Arguments& arguments)
{
    const auto key = readOneKey(arguments);
    if (!key)
        return fail(statusOf(key.error()), key.error());
    jose::KeyMetadata metadata = key->metadata();
    if (const auto kid = arguments.value("--kid"))
        metadata.id = *kid;
    if (const auto algorithm = arguments.value("--alg"))
        metadata.algorithm = *algorithm;
    if (const auto use = arguments.value("--use"))
        metadata.use = *use;
    return writeKey(key->withMetadata(std::move(metadata)), jose::KeyParts::Private, arguments);
}

// ---- jwk thumbprint

int runThumbprint(const Arguments& arguments)
{
    static constexpr std::array<std::pair<std::string_view, crypto::DigestKind>, 3> digests{{
        {"sha256", crypto::DigestKind::Sha256},
        {"sha384", crypto::DigestKind::Sha384},
        {"sha512", crypto::DigestKind::Sha512},
    }};
    const auto key = readOneKey(arguments);
    if (!key)
        return fail(statusOf(key.error()), key.error());
    for (const auto& [name, kind] : digests) {
        if (name != arguments.valueOr("--digest", "sha256"))
            continue;
        const std::string thumbprint = toBase64Url(key->thumbprint(kind));
        if (arguments.wantsJson())
            writeJson(document::Object{{"thumbprint", thumbprint}});
        else
            writeLine(thumbprint);
        return Success;
    }
    return fail(WrongUsage, "--digest takes sha256, sha384 or sha512");
}

// ---- jwk set

Result<std::vector<jose::Key>> readAll(const Arguments& arguments)
{
    std::vector<jose::Key> keys;
    for (const std::string& file : arguments.operands()) {
        CLAIMSMITH_TRY(KeyInput read, readKeyFile(file, arguments));
        for (const jose::KeySet::Ignored& ignored : read.set.ignored)
            report(file + ": a key is left out: " + ignored.reason.toString());
        keys.insert(keys.end(), std::make_move_iterator(read.set.keys.begin()),
                    std::make_move_iterator(read.set.keys.end()));
    }
    return keys;
}

int runSet(const Arguments& arguments)
{
    auto keys = readAll(arguments);
    if (!keys)
        return fail(statusOf(keys.error()), keys.error());
    const bool isPrivate = arguments.has("--private");
    if (!isPrivate) {
        keys = publicParts(*keys);
        if (!keys)
            return fail(WrongUsage, keys.error());
    }
    const auto parts = isPrivate ? jose::KeyParts::Private : jose::KeyParts::Public;
    return writeResult(document::toJson(jose::writeJwks(*keys, parts)) + '\n', arguments);
}

} // namespace

Command jwkPublicCommand()
{
    return {.name = "jwk public",
            .operands = "",
            .summary = "Write the public part of a key, or of every key of a set",
            .options = std::vector<Option>{keyOption, passphraseOption} + outputOptions(),
            .run = &runPublic};
}

Command jwkConvertCommand()
{
    return {.name = "jwk convert",
            .operands = "",
            .summary = "Write a key in another form",
            .options = keyOptions() +
                       std::vector<Option>{{"--kid", "ID", "set the key's id"},
                                           {"--alg", "NAME", "bind it to an algorithm"},
                                           {"--use", "USE", "sig or enc"}} +
                       outputOptions(),
            .run = &runConvert};
}

Command jwkThumbprintCommand()
{
    return {.name = "jwk thumbprint",
            .operands = "",
            .summary = "Write the key's RFC 7638 thumbprint in base64url",
            .options = keyOptions() + std::vector<Option>{{"--digest", "NAME", "sha256 (default), sha384 or sha512"}},
            .run = &runThumbprint};
}

Command jwkSetCommand()
{
    return {.name = "jwk set",
            .operands = "FILE...",
            .summary = "Join keys into a JWK Set, public parts only unless --private",
            .options = {{"--private", "", "keep private parts and secrets"},
                        passphraseOption,
                        {"--out", "FILE", "write there, readable by nobody else, instead of to standard output"}},
            .run = &runSet};
}

} // namespace claimsmith::cli
