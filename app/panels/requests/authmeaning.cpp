// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/authmeaning.h"

#include "base/base64.h"
#include "document/json.h"
#include "http/query.h"
#include "jose/compact.h"
#include "panels/requests/responsefacts.h"
#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>

namespace claimsmith::app {

namespace {

using document::Value;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AuthMeaning)
};

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

struct Decoded
{
    Value header;
    Value payload;
};

std::optional<Decoded> decode(std::string_view token)
{
    const auto parts = jose::splitCompact(token);
    if (!parts)
        return {};
    const auto value = [](std::string_view part) -> std::optional<Value> {
        const auto bytes = fromBase64Url(part, Base64Rule::Lenient);
        auto parsed = bytes ? document::parseJson(*bytes, {.allowDuplicateKeys = true}) : Result<Value>(Value());
        if (!parsed.hasValue() || parsed->asObject() == nullptr)
            return {};
        return std::move(*parsed);
    };
    auto header = value(parts->header);
    auto payload = value(parts->payload);
    if (!header || !payload)
        return {};
    return Decoded{std::move(*header), std::move(*payload)};
}

/// The credential whose field is the value.
const gateway::Entity* findBy(const gateway::Snapshot& snapshot, std::string_view type, std::string_view field,
                              std::string_view value)
{
    const auto& all = snapshot.entities().all(type);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& entity) { return entity->text(field) == value; });
    return value.empty() || found == all.end() ? nullptr : found->get();
}

/// The credential that a jwt plugin would find: by the claim or header member that usually names it.
const gateway::Entity* credentialOf(const Decoded& token, const gateway::Snapshot& snapshot)
{
    for (const auto* part : {&token.payload, &token.header}) {
        for (const char* name : {"iss", "kid"}) {
            const auto* value = part->findString(name);
            const auto* found = value == nullptr ? nullptr : findBy(snapshot, "jwt_secrets", "key", *value);
            if (found != nullptr)
                return found;
        }
    }
    return nullptr;
}

void setConsumer(AuthMeaning& meaning, const gateway::Entity& credential, const gateway::Snapshot& snapshot)
{
    meaning.credentialPointer = credential.pointer;
    const auto* consumer = snapshot.entities().find("consumers", credential.reference("consumer"));
    if (consumer == nullptr)
        return;
    meaning.consumer = qstring(consumer->name());
    meaning.consumerPointer = consumer->pointer;
}

void setState(AuthMeaning& meaning, QLatin1String icon, Role role, const QString& strong, const QString& title)
{
    meaning.icon = icon;
    meaning.role = role;
    meaning.strong = strong;
    meaning.title = title;
}

void setLife(AuthMeaning& meaning, const Decoded& token, std::int64_t now)
{
    const auto exp = token.payload.findInteger("exp");
    const auto nbf = token.payload.findInteger("nbf");
    if (exp && *exp <= now)
        setState(meaning, QLatin1String("clock"), Role::Bad, Tr::tr("Expired"),
                 distanceText(std::chrono::seconds(*exp - now)));
    else if (nbf && *nbf > now)
        setState(meaning, QLatin1String("clock"), Role::Warn, Tr::tr("Not valid yet"),
                 Tr::tr("starts %1").arg(distanceText(std::chrono::seconds(*nbf - now))));
    else if (exp)
        setState(meaning, QLatin1String("check-circle"), Role::Ok, {},
                 Tr::tr("A new token with each send, valid for %1").arg(spanText(std::chrono::seconds(*exp - now))));
    else
        setState(meaning, QLatin1String("info"), Role::Info, {}, Tr::tr("A token that never expires"));
}

void describeToken(AuthMeaning& meaning, const workspace::Request& request, const gateway::Snapshot* snapshot,
                   std::int64_t now)
{
    const auto decoded = decode(meaning.token);
    if (!decoded) {
        setState(meaning, QLatin1String("warning"), Role::Warn, {},
                 Tr::tr("This is not a JWT: only a gateway that knows it can accept it"));
        return;
    }
    if (const auto* algorithm = decoded->header.findString("alg"); algorithm != nullptr)
        meaning.algorithm = qstring(*algorithm);
    setLife(meaning, *decoded, now);
    const bool pasted = std::holds_alternative<workspace::BearerAuth>(request.auth);
    if (pasted && meaning.role == Role::Ok)
        meaning.title =
            Tr::tr("Valid for %1")
                .arg(spanText(std::chrono::seconds(decoded->payload.findInteger("exp").value_or(now) - now)));
    if (snapshot == nullptr)
        return;
    if (const auto* credential = credentialOf(*decoded, *snapshot); credential != nullptr)
        setConsumer(meaning, *credential, *snapshot);
    else if (meaning.role == Role::Ok)
        setState(meaning, QLatin1String("warning"), Role::Warn, {},
                 Tr::tr("No credential of this gateway has the token's key"));
}

void describeCredential(AuthMeaning& meaning, const gateway::Entity* credential, const gateway::Snapshot* snapshot)
{
    if (credential == nullptr) {
        setState(meaning, QLatin1String("warning"), Role::Warn, {}, Tr::tr("Matches no credential in this gateway"));
        return;
    }
    setState(meaning, QLatin1String("check-circle"), Role::Ok, {}, Tr::tr("Matches a credential in this gateway"));
    setConsumer(meaning, *credential, *snapshot);
}

/// The user name that is sent (RFC 7617 §2).
std::string usernameSent(const http::RequestHead& head)
{
    constexpr std::string_view scheme = "Basic ";
    const std::string_view value = head.headers.value("Authorization");
    const auto pair = value.starts_with(scheme) ? fromBase64(value.substr(scheme.size())) : std::nullopt;
    return pair ? pair->substr(0, pair->find(':')) : std::string();
}

std::string keySent(const workspace::ApiKeyAuth& auth, const http::RequestHead& head)
{
    if (!auth.inQuery)
        return std::string(head.headers.value(auth.name));
    std::string last;
    for (const http::QueryArgument& argument : http::parseQuery(head.query().value_or("")))
        last = argument.name == auth.name ? argument.value.value_or("") : last;
    return last;
}

/// As it goes out, but for secrets: those stay references.
QString sentAsText(const workspace::Request& request, const std::string& token)
{
    if (const auto* key = std::get_if<workspace::ApiKeyAuth>(&request.auth))
        return qstring(key->inQuery ? "?" + key->name + "=" + key->value : key->name + ": " + key->value);
    if (const auto* basic = std::get_if<workspace::BasicAuth>(&request.auth))
        return Tr::tr("Authorization: Basic, %1 and the password in base64").arg(qstring(basic->username));
    const auto named = [&](const std::string& header, const std::string& prefix) {
        return qstring(header + ": " + (prefix.empty() ? "" : prefix + " ") + token);
    };
    if (const auto* bearer = std::get_if<workspace::BearerAuth>(&request.auth))
        return named("Authorization", bearer->prefix);
    if (const auto* signedToken = std::get_if<workspace::SignedTokenAuth>(&request.auth))
        return named(signedToken->header, signedToken->prefix);
    return {};
}

/// What is left to enter, when nothing could be sent yet that proves anything.
QString missingText(const workspace::Request& request, const Result<runner::Prepared>& prepared)
{
    if (const auto* bearer = std::get_if<workspace::BearerAuth>(&request.auth))
        return bearer->token.empty() ? Tr::tr("No token yet: enter one") : QString();
    if (const auto* basic = std::get_if<workspace::BasicAuth>(&request.auth))
        return basic->username.empty() ? Tr::tr("No user name yet: enter one") : QString();
    if (const auto* key = std::get_if<workspace::ApiKeyAuth>(&request.auth)) {
        if (key->name.empty())
            return Tr::tr("No name yet: enter the header or query argument that carries the key");
        return key->value.empty() ? Tr::tr("No key yet: enter it") : QString();
    }
    const auto* signedToken = std::get_if<workspace::SignedTokenAuth>(&request.auth);
    if (signedToken != nullptr && signedToken->recipe.empty())
        return Tr::tr("No token recipe yet: create one in Tokens");
    if (signedToken != nullptr && !prepared.hasValue() &&
        prepared.error().code == ErrorCode(runner::PrepareErrorCode::KeyMissing))
        return Tr::tr("Nothing to sign with yet: enter the secret, or unlock the keychain");
    return {};
}

} // namespace

AuthMeaning meaningOf(const workspace::Request& request, const Result<runner::Prepared>& prepared,
                      const gateway::Snapshot* snapshot, std::int64_t now)
{
    AuthMeaning meaning{};
    setState(meaning, QLatin1String("info"), Role::Text3, {}, Tr::tr("Sent without credentials"));
    if (std::holds_alternative<workspace::NoAuth>(request.auth))
        return meaning;
    if (const QString missing = missingText(request, prepared); !missing.isEmpty()) {
        setState(meaning, QLatin1String("warning"), Role::Warn, {}, missing);
        return meaning;
    }
    if (!prepared.hasValue()) {
        const FailureText failure = failureText(prepared.error(), request, {});
        setState(meaning, QLatin1String("x-circle"), Role::Bad, {}, failure.title);
        return meaning;
    }
    meaning.token = prepared->token;
    if (std::holds_alternative<workspace::BearerAuth>(request.auth) ||
        std::holds_alternative<workspace::SignedTokenAuth>(request.auth))
        describeToken(meaning, request, snapshot, now);
    else if (const auto* key = std::get_if<workspace::ApiKeyAuth>(&request.auth))
        describeCredential(meaning,
                           snapshot == nullptr
                               ? nullptr
                               : findBy(*snapshot, "keyauth_credentials", "key", keySent(*key, prepared->head)),
                           snapshot);
    else if (std::holds_alternative<workspace::BasicAuth>(request.auth))
        describeCredential(meaning,
                           snapshot == nullptr
                               ? nullptr
                               : findBy(*snapshot, "basicauth_credentials", "username", usernameSent(prepared->head)),
                           snapshot);
    meaning.sentAs = sentAsText(request, meaning.token);
    return meaning;
}

} // namespace claimsmith::app
