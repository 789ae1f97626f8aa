// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/signing.h"

#include "base/base64.h"
#include "document/json.h"
#include "identity/oautherror.h"
#include "jose/sign.h"

namespace claimsmith::identity {
namespace {

using document::Object;

constexpr std::int64_t clockError = 600; ///< seconds that the faults move the clock by
constexpr std::int64_t hour = 3600;

struct ClaimSpoiler
{
    Fault fault;
    void (*spoil)(Object& claims, TokenKind kind);
};

void shift(Object& claims, std::string_view name, std::int64_t seconds)
{
    if (const document::Value* value = claims.find(name); value != nullptr && value->asNumber() != nullptr)
        claims.set(name, value->asNumber()->toInteger().value_or(0) + seconds);
}

void expire(Object& claims, TokenKind)
{
    const document::Value* const issued = claims.find("iat");
    const std::int64_t now =
        issued != nullptr && issued->asNumber() != nullptr ? issued->asNumber()->toInteger().value_or(0) : 0;
    shift(claims, "iat", -hour);
    claims.set("exp", now - 60);
}

void postpone(Object& claims, TokenKind)
{
    shift(claims, "iat", hour);
    shift(claims, "exp", hour);
    claims.set("nbf", *claims.find("iat"));
}

constexpr ClaimSpoiler claimSpoilers[] = {
    {Fault::ExpiredToken, expire},
    {Fault::FutureToken, postpone},
    {Fault::WrongIssuer, [](Object& claims, TokenKind) { claims.set("iss", "https://wrong-issuer.test"); }},
    {Fault::WrongAudience, [](Object& claims, TokenKind) { claims.set("aud", "wrong-audience"); }},
    {Fault::WrongNonce,
     [](Object& claims, TokenKind kind) {
         if (kind == TokenKind::Id)
             claims.set("nonce", "wrong-nonce");
     }},
};

std::string unsignedToken(Object header, const Object& claims)
{
    header.set("alg", "none");
    return toBase64Url(document::toJson(header)) + '.' + toBase64Url(document::toJson(claims)) + '.';
}

/// The same token with one bit of its signature changed.
std::string withBrokenSignature(const std::string& token)
{
    const std::size_t dot = token.rfind('.');
    Bytes signature = fromBase64Url(std::string_view(token).substr(dot + 1)).value_or(Bytes(1, '\0'));
    signature[signature.size() / 2] = static_cast<char>(signature[signature.size() / 2] ^ 1);
    return token.substr(0, dot + 1) + toBase64Url(signature);
}

Object headerFor(const Realm& realm, const jose::Key& key, TokenKind kind)
{
    Object header{{"alg", key.metadata().algorithm},
                  {"typ", kind == TokenKind::Access ? realm.settings.accessTokenType : std::string("JWT")},
                  {"kid", key.id()}};
    if (realm.has(Fault::WrongKeyId))
        header.set("kid", "unknown-" + key.id());
    return header;
}

Result<std::string> sign(const Realm& realm, const jose::Key& key, Object header, const Object& claims)
{
    if (realm.has(Fault::AlgorithmNone))
        return unsignedToken(std::move(header), claims);
    if (!realm.has(Fault::AlgorithmSwitched))
        return jose::signCompact(header, claims, key);
    header.set("alg", "HS256");
    const jose::Key confused = jose::Key::fromSecret(SecretBytes(key.publicKey()->publicPem()));
    return jose::signCompact(header, claims, confused);
}

} // namespace

std::int64_t datingTime(const Realm& realm, std::int64_t now) noexcept
{
    return now + (realm.has(Fault::ClockAhead) ? clockError : 0) - (realm.has(Fault::ClockBehind) ? clockError : 0);
}

Result<jose::Key> signingKey(Realm& realm)
{
    if (!realm.has(Fault::KeysRotated))
        return realm.keys.signing().key;
    if (!realm.strayKey) {
        // An id that no rotation gives: whoever keeps keys by their ids must not take one for the other.
        const std::string id = KeyRing::idFor(realm.settings.keyPrefix + "-stray", realm.now());
        CLAIMSMITH_TRY(realm.strayKey, makeSigningKey(realm.settings, id));
    }
    return *realm.strayKey;
}

Result<std::string> signToken(Realm& realm, TokenKind kind, Object claims)
{
    for (const ClaimSpoiler& spoiler : claimSpoilers) {
        if (realm.has(spoiler.fault))
            spoiler.spoil(claims, kind);
    }
    CLAIMSMITH_TRY(const jose::Key key, signingKey(realm));
    auto token = sign(realm, key, headerFor(realm, key, kind), claims);
    if (!token) {
        Error error = refusal(OAuthErrorCode::SigningFailed);
        error.cause = std::make_shared<const Error>(std::move(token).error());
        return error;
    }
    return realm.has(Fault::WrongSignature) ? withBrokenSignature(*token) : *token;
}

Result<std::vector<jose::Key>> publishedKeys(Realm& realm)
{
    if (realm.has(Fault::KeysEmpty))
        return std::vector<jose::Key>();
    if (!realm.has(Fault::KeysRotated))
        return realm.keys.published(realm.now());
    CLAIMSMITH_TRY(const jose::Key key, signingKey(realm));
    return std::vector<jose::Key>{*key.publicPart()};
}

} // namespace claimsmith::identity
