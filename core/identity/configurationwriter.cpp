// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"
#include "identity/configuration.h"

namespace claimsmith::identity {
namespace {

using document::Array;
using document::Object;
using document::Value;

void add(Object& object, std::string_view name, const std::string& text, std::string_view usual = {})
{
    if (text != usual)
        object.append(std::string(name), text);
}

void add(Object& object, std::string_view name, const std::vector<std::string>& texts)
{
    if (!texts.empty())
        object.append(std::string(name), Array(texts.begin(), texts.end()));
}

void add(Object& object, std::string_view name, std::int64_t number, std::int64_t usual)
{
    if (number != usual)
        object.append(std::string(name), number);
}

void addFlag(Object& object, std::string_view name, bool flag, bool usual)
{
    if (flag != usual)
        object.append(std::string(name), flag);
}

void addSecret(Object& object, std::string_view name, const std::string& secret)
{
    if (!secret.empty())
        object.append(std::string(name), "{{secret:" + secret + "}}");
}

template <class Enum>
void addWords(Object& object, std::string_view name, const std::vector<Enum>& values)
{
    Array words;
    for (const Enum value : values)
        words.emplace_back(toString(value));
    object.append(std::string(name), std::move(words));
}

template <class T>
void addList(Object& object, std::string_view name, const std::vector<T>& list, Object (*toObject)(const T&))
{
    Array array;
    for (const T& element : list)
        array.emplace_back(toObject(element));
    if (!array.empty())
        object.append(std::string(name), std::move(array));
}

Object toObject(const Lifetimes& lifetimes)
{
    const Lifetimes usual;
    Object object;
    add(object, "accessToken", lifetimes.accessToken, usual.accessToken);
    add(object, "idToken", lifetimes.idToken, usual.idToken);
    add(object, "refreshToken", lifetimes.refreshToken, usual.refreshToken);
    add(object, "code", lifetimes.code, usual.code);
    add(object, "deviceCode", lifetimes.deviceCode, usual.deviceCode);
    add(object, "session", lifetimes.session, usual.session);
    add(object, "interaction", lifetimes.interaction, usual.interaction);
    return object;
}

Object toObject(const Client& client)
{
    Object object;
    object.append("id", client.id);
    add(object, "name", client.name);
    addSecret(object, "secret", client.secret);
    addWords(object, "authentication", client.authentication);
    addWords(object, "grants", client.grants);
    add(object, "redirectUris", client.redirectUris);
    add(object, "postLogoutRedirectUris", client.postLogoutRedirectUris);
    add(object, "webOrigins", client.webOrigins);
    add(object, "scopes", client.scopes);
    add(object, "audience", client.audience);
    add(object, "targets", client.targets);
    add(object, "accessTokenLifetime", client.accessTokenLifetime.value_or(0), 0);
    addFlag(object, "consent", client.consent, false);
    addFlag(object, "pkce", client.pkce, false);
    if (!client.claims.empty())
        object.append("claims", client.claims);
    if (!client.keys.isNull())
        object.append("keys", client.keys);
    return object;
}

Object toObject(const User& user)
{
    Object object;
    object.append("username", user.username);
    add(object, "subject", user.subject);
    addSecret(object, "password", user.password);
    addFlag(object, "enabled", user.enabled, true);
    if (!user.claims.empty())
        object.append("claims", user.claims);
    add(object, "groups", user.groups);
    add(object, "scopes", user.scopes);
    return object;
}

Object toObject(const TrustedIssuer& trusted)
{
    return {{"issuer", trusted.issuer}, {"keys", trusted.keys}};
}

Object toObject(const Issuer& issuer)
{
    const Issuer usual;
    Object object;
    add(object, "path", issuer.path);
    add(object, "name", issuer.name);
    add(object, "algorithm", std::string(jose::toString(issuer.algorithm)), jose::toString(usual.algorithm));
    add(object, "keyPrefix", issuer.keyPrefix, usual.keyPrefix);
    add(object, "rotateAfterDays", issuer.rotateAfterDays, usual.rotateAfterDays);
    add(object, "accessTokenType", issuer.accessTokenType, usual.accessTokenType);
    if (issuer.lifetimes != usual.lifetimes)
        object.append("lifetimes", toObject(issuer.lifetimes));
    Object scopes;
    for (const Scope& scope : issuer.scopes)
        scopes.append(scope.name, Array(scope.claims.begin(), scope.claims.end()));
    if (!scopes.empty())
        object.append("scopes", std::move(scopes));
    addList<Client>(object, "clients", issuer.clients, toObject);
    addList<User>(object, "users", issuer.users, toObject);
    addList<TrustedIssuer>(object, "trustedIssuers", issuer.trustedIssuers, toObject);
    std::vector<std::string> ids;
    for (const FaultInfo& row : faults()) {
        if (issuer.faults.has(row.fault))
            ids.emplace_back(row.id);
    }
    add(object, "faults", ids);
    return object;
}

} // namespace

std::string writeConfiguration(const ProviderConfiguration& configuration)
{
    const ProviderConfiguration usual;
    Object object;
    add(object, "listen", configuration.listen, usual.listen);
    add(object, "publicUrl", configuration.publicUrl);
    addList<Issuer>(object, "issuers", configuration.issuers, toObject);
    document::JsonStyle style;
    style.indent = 2;
    return document::toJson(object, style) + '\n';
}

} // namespace claimsmith::identity
