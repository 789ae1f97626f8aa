// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/repairs.h"

#include "base/text.h"
#include "gateway/snapshot.h"
#include "panels/requests/requesturl.h"
#include "panels/requests/tokenrepairs.h"
#include "workspace/variables.h"

#include <algorithm>
#include <utility>

namespace claimsmith::app {

namespace {

using document::Object;
using workspace::TokenRecipe;

RepairPlan requestPlan(workspace::Request request)
{
    RepairPlan made;
    made.request = std::move(request);
    return made;
}

RepairPlan documentPlan(ConfigEdit edit)
{
    RepairPlan made;
    made.document.push_back(std::move(edit));
    return made;
}

const gateway::Entity* findEntity(const RepairScene& scene, std::string_view kind, const std::string& id)
{
    return scene.snapshot == nullptr ? nullptr : scene.snapshot->entities().find(kind, id);
}

std::optional<RepairPlan> plan(const gateway::SignToken& action, const RepairScene& scene)
{
    return planSigning(action, scene);
}

std::optional<RepairPlan> plan(const gateway::Resign& action, const RepairScene& scene)
{
    return planSigning(action, scene);
}

std::optional<RepairPlan> plan(const gateway::AttachKey& action, const RepairScene& scene)
{
    const auto* credential = findEntity(scene, "keyauth_credentials", action.credentialId);
    if (credential == nullptr)
        return {};
    workspace::Request request = scene.request;
    request.auth = workspace::ApiKeyAuth{action.name, std::string(credential->text("key")), action.inQuery};
    return requestPlan(std::move(request));
}

std::optional<RepairPlan> plan(const gateway::AttachBasic& action, const RepairScene& scene)
{
    const auto* credential = findEntity(scene, "basicauth_credentials", action.credentialId);
    if (credential == nullptr)
        return {};
    // The entity has the password's digest only; the document has what was written.
    const auto* password = scene.snapshot->document().at(document::joinPointer(credential->pointer, "password"));
    if (password == nullptr || password->asString() == nullptr)
        return {};
    workspace::Request request = scene.request;
    std::erase_if(request.headers, [](const auto& row) { return equalIgnoringCase(row.name, "authorization"); });
    request.auth = workspace::BasicAuth{std::string(credential->text("username")), *password->asString()};
    return requestPlan(std::move(request));
}

std::optional<RepairPlan> plan(const gateway::AddEntity& action, const RepairScene&)
{
    return documentPlan(ConfigEdit::set(action.list + "/-", action.entity));
}

std::optional<RepairPlan> plan(const gateway::CreateCredential& action, const RepairScene& scene)
{
    const auto* consumer = findEntity(scene, "consumers", action.consumerId);
    if (consumer == nullptr || consumer->pointer.empty())
        return {};
    Object credential{{"key", action.key}};
    if (!action.algorithm.empty())
        credential.set("algorithm", action.algorithm);
    return plan(gateway::AddEntity{consumer->pointer + "/" + action.kind, std::move(credential)}, scene);
}

std::optional<RepairPlan> plan(const gateway::SetField& action, const RepairScene&)
{
    return documentPlan(ConfigEdit::set(action.pointer, action.value));
}

std::optional<RepairPlan> plan(const gateway::RemoveField& action, const RepairScene&)
{
    return documentPlan(ConfigEdit::remove(action.pointer));
}

std::optional<RepairPlan> plan(const gateway::SetHeader& action, const RepairScene& scene)
{
    workspace::Request request = scene.request;
    const auto isIt = [&](const workspace::Row& row) { return equalIgnoringCase(row.name, action.name); };
    const auto first = std::ranges::find_if(request.headers, isIt);
    if (action.value && first != request.headers.end())
        *first = {true, first->name, *action.value, first->description};
    else if (action.value)
        request.headers.push_back({true, action.name, *action.value, {}});
    bool keep = action.value.has_value();
    std::erase_if(request.headers, [&](const auto& row) { return isIt(row) && !std::exchange(keep, false); });
    if (request == scene.request)
        return {};
    return requestPlan(std::move(request));
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
    return requestPlan(std::move(request));
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

} // namespace

std::optional<RepairPlan> planRepair(const gateway::Repair& repair, const RepairScene& scene)
{
    return std::visit([&](const auto& action) { return plan(action, scene); }, repair.action);
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

} // namespace claimsmith::app
