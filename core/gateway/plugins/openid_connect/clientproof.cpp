// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/clientproof.h"

#include "base/base64.h"
#include "base/log.h"
#include "base/random.h"
#include "http/query.h"
#include "jose/jwk.h"
#include "jose/sign.h"

#include <algorithm>
#include <optional>

namespace claimsmith::gateway::openidconnect {

using document::Object;

namespace {

constexpr std::int64_t assertionLifetime = 60;
constexpr const char* assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What the configuration says, else what the provider takes; Basic where neither tells.
std::string methodFor(const Client& client, const Metadata& metadata, const Settings& settings,
                      std::string_view endpoint)
{
    // Credentials of a request have to be shown, or they would prove nothing.
    const bool isOwn = std::ranges::any_of(settings.clients, [&](const Client& each) { return &each == &client; });
    if (!isOwn)
        return client.authentication.starts_with("client_secret_") ? client.authentication : "client_secret_basic";
    const auto configured = settings.endpointAuthentication.find(endpoint);
    if (configured != settings.endpointAuthentication.end())
        return configured->second;
    if (!client.authentication.empty())
        return client.authentication;
    if (client.secret.empty())
        return client.key ? "private_key_jwt" : "none";
    const std::string supported = std::string(endpoint) + "_auth_methods_supported";
    const bool isTold = metadata.document.contains(supported);
    const bool takesBasic = !isTold || metadata.lists(supported, "client_secret_basic");
    return !takesBasic && metadata.lists(supported, "client_secret_post") ? "client_secret_post"
                                                                          : "client_secret_basic";
}

/// RFC 7523 §3.
std::optional<std::string> assertion(const Client& client, bool bySecret, const std::string& audience, std::int64_t now)
{
    if (!bySecret && !client.key)
        return std::nullopt;
    const jose::Key key = bySecret ? jose::Key::fromSecret(client.secret.clone()) : *client.key;
    const auto fitting = jose::algorithmsFor(key);
    const auto* named = jose::findAlgorithm(client.algorithm);
    if (!named && fitting.empty())
        return std::nullopt;
    const auto algorithm = named ? named->id : fitting.front();
    const Object claims{{"iss", client.id},    {"sub", client.id}, {"aud", audience},
                        {"jti", randomUuid()}, {"iat", now},       {"exp", now + assertionLifetime}};
    auto token = jose::signCompact(jose::defaultHeader(key, algorithm), claims, key);
    if (!token)
        log(LogLevel::Warning, "gateway", "openid-connect: no client assertion: " + token.error().toString());
    return token ? std::optional(*std::move(token)) : std::nullopt;
}

} // namespace

void authenticateClient(http::ClientRequest& request, std::vector<std::pair<std::string, std::string>>& form,
                        const Client& client, const Metadata& metadata, const Settings& settings,
                        std::string_view endpoint, std::int64_t now)
{
    const std::string method = methodFor(client, metadata, settings, endpoint);
    if (method == "client_secret_basic") {
        const std::string pair = http::formEncode(client.id) + ":" + http::formEncode(client.secret.view());
        request.headers.set("Authorization", "Basic " + toBase64(pair));
        return;
    }
    form.emplace_back("client_id", client.id);
    if (method == "client_secret_post")
        form.emplace_back("client_secret", client.secret.view());
    if (method != "client_secret_jwt" && method != "private_key_jwt")
        return;
    const std::string_view own = metadata.text("token_endpoint");
    auto signedText =
        assertion(client, method == "client_secret_jwt", std::string(own.empty() ? request.url : own), now);
    if (!signedText)
        return;
    form.emplace_back("client_assertion_type", assertionType);
    form.emplace_back("client_assertion", *std::move(signedText));
}

} // namespace claimsmith::gateway::openidconnect
