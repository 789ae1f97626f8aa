// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64.h"
#include "document/json.h"
#include "http/query.h"
#include "http/setcookie.h"
#include "http/url.h"
#include "identity/provider.h"
#include "support/testing.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity::test {

/// Monday 23 November 2026, 14:32:07 UTC.
inline constexpr std::int64_t now = 1795444327;

/// The bank of the claim routing scenario, and a client for each way of authenticating.
inline constexpr std::string_view bank = R"({
  "issuers": [{
    "path": "/realms/demo",
    "name": "Bank demo",
    "algorithm": "ES256",
    "scopes": {"bank": ["bank"]},
    "clients": [
      {"id": "kong-bank", "secret": "{{secret:oidc/kong-bank}}",
       "grants": ["authorization_code", "refresh_token", "password"],
       "redirectUris": ["http://localhost:8000/bank"], "postLogoutRedirectUris": ["http://localhost:8000/bye"],
       "scopes": ["openid", "profile", "email", "bank", "offline_access"],
       "audience": ["kong-bank", "exchanger"]},
      {"id": "claimsmith", "redirectUris": ["http://localhost:3000/callback", "com.example.app:/callback",
                          "http://127.0.0.1/native"],
       "grants": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
       "consent": true},
      {"id": "batch", "secret": "{{secret:oidc/batch}}", "grants": ["client_credentials"], "scopes": ["reports"],
       "audience": ["reports-api", "archive"], "accessTokenLifetime": 3600, "claims": {"department": "night", "sub": "x"}},
      {"id": "signer", "secret": "{{secret:oidc/signer}}", "authentication": ["client_secret_jwt"],
       "grants": ["client_credentials"]},
      {"id": "exchanger", "secret": "{{secret:oidc/exchanger}}", "targets": ["ledger"],
       "grants": ["urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer"]}
    ],
    "users": [
      {"username": "bob", "subject": "f3a1c9d2-7b64-4e0f-9c1a-5d28e6b7a410", "password": "{{secret:oidc/bob}}",
       "claims": {"name": "Bob <b>", "email": "bob@bank.demo", "bank": "great-discount", "iss": "evil"},
       "groups": ["customers"]},
      {"username": "suzy", "password": "{{secret:oidc/suzy}}",
       "claims": {"email": "suzy@bank.demo", "bank": "low-interest"}, "scopes": ["profile", "bank"]},
      {"username": "old", "password": "{{secret:oidc/bob}}", "enabled": false},
      {"username": "locked-out"}
    ]
  }]
})";

inline Secrets secrets()
{
    Secrets known;
    for (const std::string_view name : {"kong-bank", "batch", "signer", "exchanger", "bob", "suzy"})
        known.emplace("oidc/" + std::string(name), SecretBytes(std::string(name) + "-secret-of-32-octets-or-more"));
    return known;
}

/// What secrets() holds for it.
inline std::string secretOf(std::string_view name)
{
    return std::string(name) + "-secret-of-32-octets-or-more";
}

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string formOf(const Fields& fields)
{
    std::string text;
    for (const auto& [name, value] : fields)
        text += (text.empty() ? "" : "&") + http::formEncode(name) + '=' + http::formEncode(value);
    return text;
}

/// A provider at a time of its own.
class Bench
{
public:
    explicit Bench(std::string_view configuration = bank, ProviderOptions options = {})
    {
        auto read = readConfiguration(configuration, "provider.json");
        if (!read)
            qFatal("%s", read.error().toString().c_str());
        options.clock = &clock;
        options.secrets = secrets();
        auto made = Provider::create(std::move(*read), std::move(options));
        if (!made)
            qFatal("%s", made.error().toString().c_str());
        provider = std::move(*made);
        provider->setUrl("http://localhost:8085");
    }

    http::Response send(http::Request request) const
    {
        if (!request.head.headers.contains("Host"))
            request.head.headers.add("Host", "localhost:8085");
        return provider->answer(request).response;
    }

    http::Response get(const std::string& target, const http::HeaderMap& headers = {}) const
    {
        http::Request request;
        request.head.method = "GET";
        request.head.target = target;
        request.head.headers = headers;
        return send(std::move(request));
    }

    http::Response post(const std::string& target, const Fields& fields, const http::HeaderMap& headers = {}) const
    {
        http::Request request;
        request.head.method = "POST";
        request.head.target = target;
        request.head.headers = headers;
        if (!headers.contains("Content-Type"))
            request.head.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = formOf(fields);
        return send(std::move(request));
    }

    /// The log since the last call.
    std::vector<LogEntry> log() const
    {
        std::vector<LogEntry> entries;
        provider->drainLog(entries);
        return entries;
    }

    const FixedClock start{now};
    ShiftedClock clock{start};
    std::unique_ptr<Provider> provider;
};

inline http::HeaderMap basic(std::string_view client, std::string_view secret)
{
    return {{"Authorization", "Basic " + toBase64(std::string(client) + ':' + std::string(secret))}};
}

inline http::HeaderMap basic(std::string_view client)
{
    return basic(client, secretOf(client));
}

inline http::HeaderMap bearer(std::string_view token)
{
    return {{"Authorization", "Bearer " + std::string(token)}};
}

/// Null for a body that is no JSON.
inline document::Value jsonOf(const http::Response& response)
{
    return document::parseJson(response.body).valueOr({});
}

inline std::string textOf(const document::Value& value, std::string_view name)
{
    const std::string* const text = value.findString(name);
    return text == nullptr ? std::string() : *text;
}

inline document::Value partOf(std::string_view token, std::size_t index)
{
    std::string_view part = token;
    for (; index > 0; --index)
        part.remove_prefix(std::min(part.find('.') + 1, part.size()));
    return document::parseJson(fromBase64Url(part.substr(0, part.find('.'))).value_or("")).valueOr({});
}

inline document::Value headerOf(std::string_view token)
{
    return partOf(token, 0);
}

inline document::Value claimsOf(std::string_view token)
{
    return partOf(token, 1);
}

} // namespace claimsmith::identity::test
