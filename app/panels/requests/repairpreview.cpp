// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "panels/requests/recipejson.h"
#include "panels/requests/repairs.h"
#include "panels/requests/requesturl.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

using document::Value;
using workspace::TokenRecipe;

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
    return payloadText(recipeObject(recipe.header)) + "\n" + payloadText(recipeObject(recipe.payload)) + "\n" +
           keyText(recipe.key);
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

std::string headersText(const workspace::Request& request)
{
    std::string text;
    for (const auto& row : request.headers) {
        if (row.enabled)
            text += row.name + ": " + row.value + "\n";
    }
    return text;
}

} // namespace

std::string previewOf(const RepairPlan& plan, const RepairScene& scene)
{
    std::string out;
    if (plan.request) {
        addDifference(out, authText(scene.request), authText(*plan.request));
        addDifference(out, displayedUrl(scene.request), displayedUrl(*plan.request));
        addDifference(out, headersText(scene.request), headersText(*plan.request));
    }
    if (plan.recipe) {
        const auto same = std::find_if(scene.workspace.tokens.begin(), scene.workspace.tokens.end(),
                                       [&](const auto& each) { return each.id == plan.recipe->id; });
        addDifference(out, same == scene.workspace.tokens.end() ? std::string() : recipeText(*same),
                      recipeText(*plan.recipe));
    }
    for (const auto& edit : plan.document) {
        const Value* before = scene.snapshot == nullptr ? nullptr : scene.snapshot->document().at(edit.pointer);
        if (before != nullptr)
            addLines(out, '-', edit.pointer + ": " + document::toJson(*before));
        if (edit.kind == ConfigEdit::Kind::Set)
            addLines(out, '+', edit.pointer + ": " + document::toJson(edit.value));
    }
    if (!out.empty())
        out.pop_back();
    return out;
}

} // namespace claimsmith::app
