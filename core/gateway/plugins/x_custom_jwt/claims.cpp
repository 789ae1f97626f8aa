// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/claims.h"

#include "base/random.h"
#include "crypto/tls.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/kongjson.h"
#include "gateway/plugins/x_custom_jwt/checks.h"
#include "gateway/plugins/x_custom_jwt/subject.h"

#include <algorithm>

namespace claimsmith::gateway::xcustomjwt {

using document::joinPointer;
using document::Object;
using document::Value;

namespace {

std::string audienceOf(const Service& service)
{
    const bool isUsualPort = service.port == 80 || service.port == 443;
    return service.protocol + "://" + service.host + (isUsualPort ? "" : ":" + std::to_string(service.port)) +
           service.path;
}

std::string pointerOfCredential(const Exchange& exchange)
{
    const auto& credential = exchange.identity.credential;
    return credential && credential->entity ? credential->entity->pointer : std::string();
}

ClaimOrigin originOfClientId(const Exchange& exchange, const ClaimSettings& settings, Source::Kind kind)
{
    static constexpr std::string_view name = "client_id";
    if (kind == Source::Kind::Bearer)
        return {std::string(name), std::string(settings.clientIdClaim == name ? copied : renamed),
                settings.clientIdClaim, joinPointer(settings.pointer, "bearer_clientid_claim")};
    const std::string_view field = kind == Source::Kind::Basic         ? "username"
                                   : kind == Source::Kind::Certificate ? "subject"
                                                                       : "key";
    return {std::string(name), std::string(fromCredential), std::string(field), pointerOfCredential(exchange),
            kind == Source::Kind::ApiKey};
}

/// `act` with the consumer in it; what a copied one holds besides stays.
void setActor(CraftedClaims& crafted, const Consumer& consumer)
{
    const Value* before = crafted.claims.find("act");
    const bool isThere = before && !(before->asBoolean() && !*before->asBoolean());
    if (isThere && !before->asObject())
        throw Fault{"x-custom-jwt: the claim act is no object"};
    Object actor = isThere ? *before->asObject() : Object();
    const bool hasCustomId = !consumer.customId.empty();
    actor.set("client_id", hasCustomId ? consumer.customId : consumer.id);
    const std::string_view field = hasCustomId ? "custom_id" : "id";
    crafted.set({"act", std::string(isThere ? extended : fromConsumer), std::string(field),
                 joinPointer(consumer.entity->pointer, field)},
                std::move(actor));
}

} // namespace

ClaimSettings::ClaimSettings(const Value& config, std::string configPointer)
    : pointer(std::move(configPointer)), clientIdClaim(textSetting(config, "bearer_clientid_claim").value_or("")),
      issuer(textSetting(config, "iss").value_or("")), expiresIn(numberSetting(config, "expires_in", 1800))
{
}

void CraftedClaims::set(ClaimOrigin origin, Value value)
{
    claims.set(origin.claim, std::move(value));
    const auto known = std::ranges::find(m_origins, origin.claim, &ClaimOrigin::claim);
    if (known != m_origins.end())
        *known = std::move(origin);
    else
        m_origins.push_back(std::move(origin));
}

CraftedClaims craftClaims(const Exchange& exchange, const ClaimSettings& settings, Source::Kind kind,
                          Identification known)
{
    CraftedClaims crafted;
    for (auto& [name, value] : known.claims)
        crafted.set({name, std::string(copied), name, {}}, std::move(value));
    crafted.set(originOfClientId(exchange, settings, kind), std::move(*known.clientId));
    setActor(crafted, *exchange.identity.consumer);
    crafted.set({"iss", std::string(constant), "iss", joinPointer(settings.pointer, "iss")}, settings.issuer);
    const std::int64_t now = exchange.clock.unixSeconds();
    crafted.set({"iat", std::string(fromClock), {}, {}}, now);
    crafted.set({"exp", std::string(fromClock), "expires_in", joinPointer(settings.pointer, "expires_in")},
                asKongWritesIt(Value(static_cast<double>(now) + settings.expiresIn)));
    if (!exchange.match || !exchange.match->service)
        throw Fault{"x-custom-jwt: the route has no service, which aud is made from"};
    const Service& service = *exchange.match->service;
    crafted.set({"aud", std::string(fromService), {}, service.entity->pointer}, audienceOf(service));
    crafted.set({"jti", std::string(random), {}, {}}, randomUuid());
    return crafted;
}

std::string clientSubject(const Exchange& exchange)
{
    const auto& tls = exchange.request.tls;
    return tls && !tls->certificates.empty() ? subjectText(tls->certificates.front().info().subject) : std::string();
}

} // namespace claimsmith::gateway::xcustomjwt
