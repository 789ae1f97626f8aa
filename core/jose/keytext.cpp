// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/keytext.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/keyreader.h"
#include "crypto/opensshkey.h"
#include "crypto/pkcs12.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "jose/keyimport.h"

#include <optional>

namespace claimsmith::jose {
namespace {

Error invalidSecret(std::string_view encoding)
{
    return {.code = JoseErrorCode::SecretEncodingInvalid, .parameters = {{"encoding", std::string(encoding)}}};
}

Result<SecretBytes> decoded(std::optional<Bytes> bytes, std::string_view encoding)
{
    if (!bytes)
        return invalidSecret(encoding);
    return SecretBytes(std::move(*bytes));
}

/// A private JWK was here: leave nothing of its strings in freed memory.
void wipeStrings(document::Value& value)
{
    if (std::string* text = value.asString())
        wipe(*text);
    if (document::Array* array = value.asArray()) {
        for (document::Value& element : *array)
            wipeStrings(element);
    }
    if (document::Object* object = value.asObject()) {
        for (document::Member& member : *object)
            wipeStrings(member.value);
    }
}

Result<KeysFromText> fromJson(std::string_view text)
{
    CLAIMSMITH_TRY(document::Value value, document::parseJson(text));
    if (value.find("keys") != nullptr) {
        auto set = readJwks(value);
        wipeStrings(value);
        if (!set)
            return std::move(set).error();
        return KeysFromText{.format = KeyFormat::JwkSet, .set = std::move(set).value()};
    }
    auto key = readJwk(value);
    wipeStrings(value);
    if (!key)
        return std::move(key).error();
    return KeysFromText{.format = KeyFormat::Jwk, .set = {.keys = {std::move(key).value()}}};
}

Result<Key> toKey(crypto::ReadKey read)
{
    KeyMetadata metadata;
    if (read.certificate)
        metadata.others.append("x5c", document::Array{document::Value(toBase64(read.certificate->der))});
    if (const crypto::PrivateKey* secret = read.privateKey())
        return Key::fromPrivate(*secret, std::move(metadata));
    return Key::fromPublic(read.publicKey(), std::move(metadata));
}

Result<KeysFromText> fromImport(KeyFormat format, BytesView input, const SecretBytes* passphrase)
{
    KeyImport read = importKey(input, passphrase);
    if (read.interpretations.empty() || read.interpretations.front().keys.empty())
        return read.refusals.empty() ? Error{.code = JoseErrorCode::KeyNotRecognised}
                                     : std::move(read.refusals.front().reason);
    return KeysFromText{.format = format, .set = {.keys = std::move(read.interpretations.front().keys)}};
}

} // namespace

Result<SecretBytes> readSecret(std::string_view text, SecretEncoding encoding)
{
    switch (encoding) {
    case SecretEncoding::Text:
        return SecretBytes(text);
    case SecretEncoding::Base64:
        return decoded(fromBase64(text, Base64Rule::Lenient), "base64");
    case SecretEncoding::Base64Url:
        return decoded(fromBase64Url(text, Base64Rule::Lenient), "base64url");
    case SecretEncoding::Hex:
        return decoded(fromHex(text), "hex");
    }
    return invalidSecret("");
}

Result<KeysFromText> readKeys(std::string_view text, const SecretBytes* passphrase)
{
    if (trimmed(text).starts_with('{'))
        return fromJson(text);
    if (crypto::looksLikeOpenSsh(text))
        return fromImport(KeyFormat::OpenSsh, text, passphrase);
    if (!crypto::looksLikePem(text) && crypto::looksLikePkcs12(text))
        return fromImport(KeyFormat::Pkcs12, text, passphrase);
    auto read = crypto::readKey(text, passphrase);
    if (!read) {
        if (read.error().code == crypto::CryptoErrorCode::NotAKey)
            return Error{.code = JoseErrorCode::KeyNotRecognised};
        return std::move(read).error();
    }
    const KeyFormat format = crypto::looksLikePem(text) ? KeyFormat::Pem : KeyFormat::Der;
    CLAIMSMITH_TRY(Key key, toKey(std::move(read).value()));
    return KeysFromText{.format = format, .set = {.keys = {std::move(key)}}};
}

Result<Key> readKey(std::string_view text, const SecretBytes* passphrase)
{
    CLAIMSMITH_TRY(KeysFromText read, readKeys(text, passphrase));
    if (read.set.keys.size() == 1)
        return std::move(read.set.keys.front());
    if (read.set.keys.empty() && !read.set.ignored.empty())
        return std::move(read.set.ignored.front().reason);
    return Error{.code = JoseErrorCode::KeySetInvalid, .detail = "a single key is needed"};
}

} // namespace claimsmith::jose
