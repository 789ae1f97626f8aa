// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keyrotation.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/entities.h"
#include "jose/keytext.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/newkey.h"

#include <QCoreApplication>

#include <algorithm>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyRotation)
};

bool holds(const std::string& body, const Bytes& thumbprint)
{
    const auto read = jose::readKeys(body);
    return read && std::any_of(read->set.keys.begin(), read->set.keys.end(),
                               [&](const jose::Key& each) { return each.thumbprint() == thumbprint; });
}

std::vector<ConfigEdit> configEdits(const ConfigAnalysis& config, const RotationPlan& plan,
                                    const RotationChoice& choice, const jose::Key& fresh)
{
    std::vector<ConfigEdit> edits;
    for (const PublishedJwks& set : plan.sets) {
        auto edit = choice.sets ? addToSetEdit(config, set, fresh) : std::nullopt;
        if (edit)
            edits.push_back(std::move(*edit));
    }
    const auto half = fresh.publicPart();
    for (const std::string& credential : plan.credentials) {
        if (choice.credentials && half)
            edits.push_back(ConfigEdit::set(credential + "/rsa_public_key", half->publicKey()->publicPem()));
    }
    return edits;
}

/// The recipe with the new key, and its id in the header where the old one's stood.
void turn(workspace::TokenRecipe& recipe, const std::string& kid)
{
    recipe.key = workspace::KeyringKey{kid};
    const auto header = document::parseJson(recipe.header);
    if (header && header->find("kid"))
        recipe.header = withMember(recipe.header, "kid", document::toJsonString(kid)).valueOr(recipe.header);
}

} // namespace

RotationPlan rotationPlan(const std::string& kid, const KeySources& sources, const ConfigAnalysis& config)
{
    RotationPlan plan;
    plan.kid = kid;
    KeyChoice choice;
    choice.kind = KeyKind::Keyring;
    choice.kid = kid;
    const ChosenKeys chosen = chosenKeys(choice, {}, sources);
    plan.algorithm = chosen.algorithm;
    for (const workspace::TokenRecipe& recipe : sources.workspace.tokens) {
        const auto* key = std::get_if<workspace::KeyringKey>(&recipe.key);
        if (key && key->kid == kid)
            plan.recipes.push_back(recipe.id);
    }
    if (chosen.keys.empty() || chosen.keys.front().secret())
        return plan;
    const Bytes thumbprint = chosen.keys.front().thumbprint();
    for (PublishedJwks& set : publishedSets(config)) {
        if (holds(set.body, thumbprint))
            plan.sets.push_back(std::move(set));
    }
    for (const OutlineEntity& entity : config.outline.entities()) {
        const document::Value* value =
            entity.type->name == "jwt_secrets" ? config.document.at(entity.pointer) : nullptr;
        const std::string* pem = value ? value->findString("rsa_public_key") : nullptr;
        if (pem && holds(*pem, thumbprint))
            plan.credentials.push_back(entity.pointer);
    }
    return plan;
}

Result<void> rotate(AppContext& context, const RotationPlan& plan, const RotationChoice& choice, const jose::Key& fresh)
{
    const auto edits = configEdits(context.gatewayDocument.lastGood(), plan, choice, fresh);
    if (!edits.empty())
        CLAIMSMITH_CHECK(
            context.gatewayDocument.change(edits, Tr::tr("Rotate key %1").arg(QString::fromStdString(plan.kid))));
    CLAIMSMITH_CHECK(keepNewKey(context, {fresh, plan.algorithm, usualPlace(context.secrets)}));
    if (!choice.recipes || plan.recipes.empty())
        return {};
    context.workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        for (workspace::TokenRecipe& recipe : workspace.tokens) {
            if (std::find(plan.recipes.begin(), plan.recipes.end(), recipe.id) != plan.recipes.end())
                turn(recipe, fresh.id());
        }
    });
    return {};
}

} // namespace claimsmith::app
