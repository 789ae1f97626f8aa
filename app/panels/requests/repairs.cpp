// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/repairs.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "http/query.h"
#include "http/url.h"
#include "jose/compact.h"
#include "panels/requests/requesturl.h"
#include "workspace/variables.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

using document::Object;
using document::Value;
using workspace::TokenRecipe;

constexpr std::array timeClaims{"exp", "nbf", "iat"};

Object objectOf(std::string_view json)
{
    auto value = document::parseJson(json, {.allowDuplicateKeys = true});
    return value.hasValue() && value->asObject() != nullptr ? *value->asObject() : Object();
}

/// Claims are read and edited by people.
std::string textOf(const Object& object)
{
    return document::toJson(Value(object), {.indent = 2});
}

/// A header on one line: the token begins with "eyJ", as everybody knows tokens.
std::string headerText(const Object& object)
{
    return document::toJson(Value(object));
}

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

std::optional<RepairPlan> plan(const gateway::SignToken& action, const RepairScene& scene)
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
    Object header = objectOf(recipe.header);
    header.set("alg", action.algorithm);
    if (!header.contains("typ"))
        header.set("typ", "JWT");
    Object payload = objectOf(recipe.payload);
    (action.keyInHeader ? header : payload).set(action.keyClaim, action.key);
    payload.set("iat", "now");
    payload.remove("nbf");
    payload.set("exp", "now+10m");
    setClaims(payload, action.claims, scene.now);
    recipe.header = headerText(header);
    recipe.payload = textOf(payload);

    workspace::Request request = scene.request;
    removeOwnToken(request, action.header);
    request.auth = authWith(name, action.header);
    made.recipe = std::move(recipe);
    made.request = std::move(request);
    return made;
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
    recipe.header = headerText(objectOf(*header));
    Object claims = objectOf(*payload);
    const Object copy = claims;
    setClaims(claims, copy, scene.now);
    recipe.payload = textOf(claims);
    const Value headerValue(objectOf(*header));
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

std::optional<RepairPlan> plan(const gateway::Resign& action, const RepairScene& scene)
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
    Object header = objectOf(recipe->header);
    Object payload = objectOf(recipe->payload);
    if (!action.algorithm.empty()) {
        recipe->algorithm = action.algorithm;
        header.set("alg", action.algorithm);
    }
    setHeaders(header, action.headers);
    setClaims(payload, action.claims, scene.now);
    for (const auto& claim : action.removedClaims)
        payload.remove(claim);
    recipe->header = headerText(header);
    recipe->payload = textOf(payload);

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

std::optional<RepairPlan> plan(const gateway::AttachKey& action, const RepairScene& scene)
{
    const auto* credential = scene.snapshot == nullptr
                                 ? nullptr
                                 : scene.snapshot->entities().find("keyauth_credentials", action.credentialId);
    if (credential == nullptr)
        return {};
    RepairPlan made;
    workspace::Request request = scene.request;
    request.auth = workspace::ApiKeyAuth{action.name, std::string(credential->text("key")), action.inQuery};
    made.request = std::move(request);
    return made;
}

std::optional<RepairPlan> plan(const gateway::CreateCredential& action, const RepairScene& scene)
{
    const auto* consumer =
        scene.snapshot == nullptr ? nullptr : scene.snapshot->entities().find("consumers", action.consumerId);
    if (consumer == nullptr || consumer->pointer.empty())
        return {};
    Object credential{{"key", action.key}};
    if (!action.algorithm.empty())
        credential.set("algorithm", action.algorithm);
    RepairPlan made;
    made.document.push_back({consumer->pointer + "/" + action.kind + "/-", std::move(credential)});
    return made;
}

std::optional<RepairPlan> plan(const gateway::SetCredentialField& action, const RepairScene&)
{
    RepairPlan made;
    made.document.push_back({action.pointer, action.value});
    return made;
}

std::optional<RepairPlan> plan(const gateway::SetPluginField& action, const RepairScene&)
{
    RepairPlan made;
    made.document.push_back({action.pointer, action.value});
    return made;
}

std::optional<RepairPlan> plan(const gateway::OpenEntity& action, const RepairScene&)
{
    RepairPlan made;
    made.openEntity = action;
    return made;
}

std::optional<RepairPlan> plan(const gateway::OpenToken&, const RepairScene& scene)
{
    if (scene.token.empty())
        return {};
    RepairPlan made;
    made.openToken = true;
    return made;
}

std::optional<RepairPlan> plan(const gateway::KeepOneToken& action, const RepairScene& scene)
{
    workspace::Request request = scene.request;
    const bool keepQuery = action.place.rfind("query ", 0) == 0;
    const bool keepCookie = action.place.rfind("cookie ", 0) == 0;
    if (keepQuery || keepCookie) {
        request.auth = workspace::NoAuth{};
        std::erase_if(request.headers, [](const auto& row) { return equalIgnoringCase(row.name, "authorization"); });
    }
    if (!keepQuery) {
        auto rows = paramRows(request);
        std::erase_if(rows, [](const auto& row) { return row.name == "jwt"; });
        request = withParamRows(request, rows);
    }
    if (!keepCookie)
        std::erase_if(request.headers, [](const auto& row) { return equalIgnoringCase(row.name, "cookie"); });
    if (request == scene.request)
        return {};
    RepairPlan made;
    made.request = std::move(request);
    return made;
}

std::optional<RepairPlan> plan(const gateway::CompareKeys&, const RepairScene& scene)
{
    return plan(gateway::OpenToken{}, scene);
}

std::optional<RepairPlan> plan(const gateway::ShiftClock& action, const RepairScene&)
{
    RepairPlan made;
    made.clockShift = std::chrono::seconds(action.seconds);
    return made;
}

void addLines(std::string& out, char sign, std::string_view text)
{
    for (const std::string_view line : split(text, '\n'))
        out += std::string(1, sign) + " " + std::string(line) + "\n";
}

/// Lines that only one of the texts has, in their order.
void addDifference(std::string& out, std::string_view before, std::string_view after)
{
    const auto old = split(before, '\n');
    const auto now = split(after, '\n');
    const auto has = [](const auto& lines, std::string_view line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    for (const auto line : old) {
        if (!has(now, line))
            addLines(out, '-', line);
    }
    for (const auto line : now) {
        if (!has(old, line))
            addLines(out, '+', line);
    }
}

std::string keyText(const workspace::SigningKey& key)
{
    if (const auto* credential = std::get_if<workspace::CredentialKey>(&key))
        return "signed with the credential of " + credential->consumer + " (" + credential->key + ")";
    if (const auto* ring = std::get_if<workspace::KeyringKey>(&key))
        return "signed with the key " + ring->kid;
    return "signed with the secret " + std::get<workspace::SecretKey>(key).secret;
}

std::string recipeText(const TokenRecipe& recipe)
{
    return textOf(objectOf(recipe.header)) + "\n" + textOf(objectOf(recipe.payload)) + "\n" + keyText(recipe.key);
}

std::string authText(const workspace::Request& request)
{
    if (const auto* token = std::get_if<workspace::SignedTokenAuth>(&request.auth))
        return token->header + ": " + (token->prefix.empty() ? "" : token->prefix + " ") + "{{token." + token->recipe +
               "}}";
    if (const auto* bearer = std::get_if<workspace::BearerAuth>(&request.auth))
        return "Authorization: " + bearer->prefix + " " + bearer->token;
    if (const auto* key = std::get_if<workspace::ApiKeyAuth>(&request.auth))
        return key->name + ": (API key)";
    return std::holds_alternative<workspace::NoAuth>(request.auth) ? "no authentication" : "Authorization: Basic";
}

} // namespace

std::optional<RepairPlan> planRepair(const gateway::Repair& repair, const RepairScene& scene)
{
    return std::visit([&](const auto& action) { return plan(action, scene); }, repair.action);
}

std::string previewOf(const RepairPlan& plan, const RepairScene& scene)
{
    std::string out;
    if (plan.request) {
        addDifference(out, authText(scene.request), authText(*plan.request));
        addDifference(out, displayedUrl(scene.request), displayedUrl(*plan.request));
    }
    if (plan.recipe) {
        const auto same = std::find_if(scene.workspace.tokens.begin(), scene.workspace.tokens.end(),
                                       [&](const auto& each) { return each.id == plan.recipe->id; });
        addDifference(out, same == scene.workspace.tokens.end() ? std::string() : recipeText(*same),
                      recipeText(*plan.recipe));
    }
    for (const auto& change : plan.document) {
        const Value* before = scene.snapshot == nullptr ? nullptr : scene.snapshot->document().at(change.pointer);
        if (before != nullptr)
            addLines(out, '-', change.pointer + ": " + document::toJson(*before));
        addLines(out, '+', change.pointer + ": " + document::toJson(change.value));
    }
    if (!out.empty())
        out.pop_back();
    return out;
}

const TokenRecipe* recipeOf(const workspace::Request& request, const workspace::Workspace& workspace)
{
    if (const auto* token = std::get_if<workspace::SignedTokenAuth>(&request.auth))
        return workspace.findToken(token->recipe);
    const auto* bearer = std::get_if<workspace::BearerAuth>(&request.auth);
    if (bearer == nullptr)
        return nullptr;
    const auto references = workspace::findReferences(bearer->token);
    constexpr std::string_view prefix = "token.";
    if (references.size() != 1 || references[0].name.rfind(prefix, 0) != 0)
        return nullptr;
    return workspace.findToken(std::string_view(references[0].name).substr(prefix.size()));
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
