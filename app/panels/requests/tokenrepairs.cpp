// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/tokenrepairs.h"

#include "base/base64.h"
#include "base/text.h"
#include "gateway/snapshot.h"
#include "jose/compact.h"
#include "panels/requests/recipejson.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

using document::Object;
using document::Value;
using workspace::TokenRecipe;

constexpr std::array timeClaims{"exp", "nbf", "iat"};

bool isTimeClaim(std::string_view name)
{
    return std::find(timeClaims.begin(), timeClaims.end(), name) != timeClaims.end();
}

/// Instants become relative, so that the recipe gives a good token tomorrow too.
void setClaims(Object& payload, const Object& claims, std::int64_t now)
{
    for (const auto& claim : claims) {
        const auto* number = claim.value.asNumber();
        const auto time = number != nullptr && isTimeClaim(claim.name) ? number->toInteger() : std::nullopt;
        payload.set(claim.name, time ? Value(relativeTime(*time, now)) : claim.value);
    }
}

void setHeaders(Object& header, const Object& members)
{
    for (const auto& member : members)
        header.set(member.name, member.value);
}

bool isAuthorization(std::string_view header)
{
    return header.empty() || equalIgnoringCase(header, "authorization");
}

workspace::SignedTokenAuth authWith(const std::string& recipe, const std::string& header)
{
    if (isAuthorization(header))
        return {recipe, "Authorization", "Bearer"};
    return {recipe, header, ""};
}

/// The recipe without the parts of a request's own token: without its Authorization header a request sends one token.
void removeOwnToken(workspace::Request& request, std::string_view header)
{
    std::erase_if(request.headers, [&](const workspace::Row& row) {
        return row.enabled && equalIgnoringCase(row.name, isAuthorization(header) ? "authorization" : header);
    });
}

/// A recipe that makes the token which was pasted into the request.
std::optional<TokenRecipe> recipeFromToken(const RepairScene& scene)
{
    const auto parts = jose::splitCompact(scene.token);
    if (!parts)
        return {};
    const auto header = fromBase64Url(parts->header, Base64Rule::Lenient);
    const auto payload = fromBase64Url(parts->payload, Base64Rule::Lenient);
    if (!header || !payload)
        return {};
    TokenRecipe recipe;
    recipe.id = scene.newId();
    recipe.name = scene.request.name;
    for (int suffix = 2; scene.workspace.findToken(recipe.name) != nullptr; ++suffix)
        recipe.name = scene.request.name + " " + std::to_string(suffix);
    recipe.header = headerText(recipeObject(*header));
    Object claims = recipeObject(*payload);
    const Object copy = claims;
    setClaims(claims, copy, scene.now);
    recipe.payload = payloadText(claims);
    const Value headerValue(recipeObject(*header));
    if (const auto* algorithm = headerValue.findString("alg"); algorithm != nullptr)
        recipe.algorithm = *algorithm;
    return recipe;
}

/// The key of a credential, by the names that a recipe knows it by.
std::optional<workspace::CredentialKey> keyOf(const std::string& credentialId, const RepairScene& scene)
{
    if (scene.snapshot == nullptr)
        return {};
    const auto& entities = scene.snapshot->entities();
    const auto* credential = entities.find("jwt_secrets", credentialId);
    if (credential == nullptr)
        return {};
    const auto* consumer = entities.find("consumers", credential->reference("consumer"));
    if (consumer == nullptr)
        return {};
    return workspace::CredentialKey{std::string(consumer->name()), std::string(credential->text("key"))};
}

} // namespace

std::optional<RepairPlan> planSigning(const gateway::SignToken& action, const RepairScene& scene)
{
    RepairPlan made;
    const std::string& name = action.consumer;
    const auto* known = scene.workspace.findToken(name);
    TokenRecipe recipe = known != nullptr ? *known : TokenRecipe();
    if (known == nullptr) {
        recipe.id = scene.newId();
        recipe.name = name;
    }
    recipe.algorithm = action.algorithm;
    recipe.key = workspace::CredentialKey{action.consumer, action.key};
    Object header = recipeObject(recipe.header);
    header.set("alg", action.algorithm);
    if (!header.contains("typ"))
        header.set("typ", "JWT");
    Object payload = recipeObject(recipe.payload);
    (action.keyInHeader ? header : payload).set(action.keyClaim, action.key);
    payload.set("iat", "now");
    payload.remove("nbf");
    payload.set("exp", "now+10m");
    setClaims(payload, action.claims, scene.now);
    recipe.header = headerText(header);
    recipe.payload = payloadText(payload);

    workspace::Request request = scene.request;
    removeOwnToken(request, action.header);
    request.auth = authWith(name, action.header);
    made.recipe = std::move(recipe);
    made.request = std::move(request);
    return made;
}

std::optional<RepairPlan> planSigning(const gateway::Resign& action, const RepairScene& scene)
{
    const auto* known = recipeOf(scene.request, scene.workspace);
    std::optional<TokenRecipe> recipe = known != nullptr ? std::optional(*known) : recipeFromToken(scene);
    if (!recipe)
        return {};
    std::string credentialId = action.credentialId;
    if (credentialId.empty() && known == nullptr && scene.explanation != nullptr && scene.explanation->credential)
        credentialId = scene.explanation->credential->entity.id; // a pasted token has no key of its own
    if (!credentialId.empty()) {
        const auto key = keyOf(credentialId, scene);
        if (!key)
            return {};
        recipe->key = *key;
    }
    Object header = recipeObject(recipe->header);
    Object payload = recipeObject(recipe->payload);
    if (!action.algorithm.empty()) {
        recipe->algorithm = action.algorithm;
        header.set("alg", action.algorithm);
    }
    setHeaders(header, action.headers);
    setClaims(payload, action.claims, scene.now);
    for (const auto& claim : action.removedClaims)
        payload.remove(claim);
    recipe->header = headerText(header);
    recipe->payload = payloadText(payload);

    RepairPlan made;
    if (known == nullptr) {
        workspace::Request request = scene.request;
        removeOwnToken(request, {});
        request.auth = authWith(recipe->name, {});
        made.request = std::move(request);
    }
    made.recipe = std::move(recipe);
    return made;
}

std::string relativeTime(std::int64_t time, std::int64_t now)
{
    const std::int64_t distance = time - now;
    if (distance == 0)
        return "now";
    const std::int64_t span = distance < 0 ? -distance : distance;
    const std::string amount = span % 60 == 0 ? std::to_string(span / 60) + "m" : std::to_string(span) + "s";
    return (distance < 0 ? "now-" : "now+") + amount;
}

} // namespace claimsmith::app
