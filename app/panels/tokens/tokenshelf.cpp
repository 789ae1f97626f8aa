// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenshelf.h"

#include "bridge/workspacesession.h"

#include <QScopedValueRollback>
#include <QUuid>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Resign = TokenDocument::Resign;

std::string newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

auto findRecipe(const std::vector<workspace::TokenRecipe>& recipes, const workspace::Id& id)
{
    return std::find_if(recipes.begin(), recipes.end(), [&](const auto& each) { return each.id == id; });
}

} // namespace

TokenShelf::TokenShelf(WorkspaceSession& workspace, const Clock& clock, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_clock(clock)
{
    connect(&workspace, &WorkspaceSession::opened, this, &TokenShelf::takeWorkspace);
    connect(&workspace, &WorkspaceSession::changed, this, [this](WorkspaceSession::Part part) {
        if (!m_saving && part == WorkspaceSession::Part::Tokens)
            takeWorkspace();
    });
}

TokenShelf::~TokenShelf() = default;

std::vector<TokenEntry> TokenShelf::entries() const
{
    std::vector<TokenEntry> entries;
    const std::int64_t now = m_clock.unixSeconds();
    const auto add = [&](const workspace::TokenRecipe& recipe, bool saved) {
        const auto found = m_documents.find(recipe.id);
        const bool isOpen = found != m_documents.end();
        const TokenState state = isOpen ? found->second->state() : stateOf(recipe, now);
        const bool fixed = isOpen || !state.relativeTimes.contains("exp");
        entries.push_back({recipe.id, QString::fromStdString(recipe.name), std::string(state.draft.algorithm()),
                           lifeState(state.draft.claims(), now), fixed, saved});
    };
    for (const workspace::Id& id : m_pasted)
        add(m_documents.at(id)->recipe(), false);
    for (const workspace::TokenRecipe& recipe : m_workspace.workspace().tokens)
        add(recipe, true);
    return entries;
}

bool TokenShelf::isKnown(const workspace::Id& id) const
{
    const auto& recipes = m_workspace.workspace().tokens;
    return findRecipe(recipes, id) != recipes.end() ||
           std::find(m_pasted.begin(), m_pasted.end(), id) != m_pasted.end();
}

void TokenShelf::dropGone()
{
    for (auto document = m_documents.begin(); document != m_documents.end();) {
        const bool known = isKnown(document->first);
        if (!known && document->second.get() == m_current)
            m_current = nullptr;
        document = known ? std::next(document) : m_documents.erase(document);
    }
}

void TokenShelf::dropChangedElsewhere()
{
    for (const workspace::TokenRecipe& recipe : m_workspace.workspace().tokens) {
        const auto open = m_documents.find(recipe.id);
        if (open == m_documents.end() || open->second->recipe() == recipe)
            continue;
        if (open->second.get() == m_current)
            m_current = nullptr;
        m_documents.erase(open);
    }
}

void TokenShelf::takeWorkspace()
{
    const auto& recipes = m_workspace.workspace().tokens;
    const workspace::Id shown = m_current ? m_current->recipe().id : workspace::Id();
    dropGone();
    dropChangedElsewhere();
    emit listChanged();
    if (!m_current && !recipes.empty())
        select(isKnown(shown) ? shown : recipes.front().id);
    else if (!m_current)
        show(m_pasted.empty() ? nullptr : m_documents.at(m_pasted.front()).get());
}

TokenDocument* TokenShelf::open(const workspace::TokenRecipe& recipe, bool saved)
{
    auto document = std::make_unique<TokenDocument>(recipe, stateOf(recipe, m_clock.unixSeconds()));
    TokenDocument* raw = document.get();
    raw->setSaved(saved);
    raw->setSigner(m_signer);
    connect(raw, &TokenDocument::changed, this, [this, raw] {
        if (raw != m_current)
            return;
        emit currentEdited();
        emit listChanged();
    });
    // Only what a person changed is saved: a new signature of the same content is not.
    connect(raw, &TokenDocument::stepped, this, [this, raw] { saveRecipe(*raw); });
    m_documents.insert_or_assign(recipe.id, std::move(document));
    return raw;
}

void TokenShelf::select(const workspace::Id& id)
{
    if (const auto open = m_documents.find(id); open != m_documents.end())
        return show(open->second.get());
    const auto& recipes = m_workspace.workspace().tokens;
    const auto recipe = findRecipe(recipes, id);
    if (recipe == recipes.end())
        return;
    TokenDocument* document = open(*recipe, true);
    document->refreshSignature();
    show(document);
}

bool TokenShelf::selectByName(std::string_view name)
{
    const auto* recipe = m_workspace.workspace().findToken(name);
    if (recipe)
        select(recipe->id);
    return recipe != nullptr;
}

void TokenShelf::show(TokenDocument* document)
{
    m_current = document;
    emit currentChanged();
    emit listChanged();
}

std::string TokenShelf::freeName(const std::string& wanted) const
{
    std::string name = wanted;
    for (int number = 2; m_workspace.workspace().findToken(name); ++number)
        name = wanted + ' ' + std::to_string(number);
    return name;
}

void TokenShelf::add(workspace::TokenRecipe recipe)
{
    recipe.id = newId();
    recipe.name = freeName(recipe.name);
    m_workspace.putToken(recipe);
    select(recipe.id);
}

void TokenShelf::paste(const std::string& token)
{
    workspace::TokenRecipe recipe;
    recipe.id = newId();
    recipe.name = freeName(tr("Pasted token").toStdString());
    TokenDocument* document = open(recipe, false);
    m_pasted.insert(m_pasted.begin(), recipe.id);
    document->change(tr("Paste Token"), {}, Resign::Never, [&](TokenState& state) {
        state.draft.typeEncoded(token);
        state.resigns = false; // a foreign signature is looked at, not overwritten
        state.setsIssuer = false;
    });
    document->undoStack()->clear();
    show(document);
}

void TokenShelf::look(workspace::TokenRecipe recipe)
{
    recipe.id = newId();
    recipe.name = freeName(recipe.name);
    TokenDocument* document = open(recipe, false);
    m_pasted.insert(m_pasted.begin(), recipe.id);
    document->refreshSignature();
    show(document);
}

void TokenShelf::duplicate(const workspace::Id& id)
{
    const auto open = m_documents.find(id);
    const auto& recipes = m_workspace.workspace().tokens;
    const auto recipe = findRecipe(recipes, id);
    if (recipe != recipes.end())
        add(*recipe);
    else if (open != m_documents.end())
        add(recipeOf(open->second->state(), open->second->recipe()));
}

void TokenShelf::remove(const workspace::Id& id)
{
    if (const auto pasted = std::find(m_pasted.begin(), m_pasted.end(), id); pasted != m_pasted.end()) {
        m_pasted.erase(pasted);
        return takeWorkspace();
    }
    const auto& recipes = m_workspace.workspace().tokens;
    const auto recipe = findRecipe(recipes, id);
    if (recipe == recipes.end())
        return;
    m_removed = *recipe;
    m_removedAt = static_cast<std::size_t>(recipe - recipes.begin());
    m_workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        workspace.tokens.erase(workspace.tokens.begin() + static_cast<std::ptrdiff_t>(m_removedAt));
    });
}

void TokenShelf::undoRemove()
{
    if (!m_removed)
        return;
    m_workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        const auto at = std::min(m_removedAt, workspace.tokens.size());
        workspace.tokens.insert(workspace.tokens.begin() + static_cast<std::ptrdiff_t>(at), *m_removed);
    });
    select(m_removed->id);
    m_removed.reset();
}

void TokenShelf::rename(const workspace::Id& id, const QString& name)
{
    const std::string wanted = name.trimmed().toStdString();
    const auto open = m_documents.find(id);
    if (wanted.empty() || (open != m_documents.end() && open->second->recipe().name == wanted))
        return;
    const std::string free = freeName(wanted);
    if (open != m_documents.end()) {
        auto recipe = open->second->recipe();
        recipe.name = free;
        open->second->setRecipe(std::move(recipe));
    }
    const QScopedValueRollback saving(m_saving, true);
    m_workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        for (workspace::TokenRecipe& recipe : workspace.tokens) {
            if (recipe.id == id)
                recipe.name = free;
        }
    });
    emit listChanged();
}

void TokenShelf::save()
{
    if (!m_current || m_current->isSaved())
        return;
    m_current->setSaved(true);
    std::erase(m_pasted, m_current->recipe().id);
    saveRecipe(*m_current);
    emit currentEdited();
    emit listChanged();
}

/// Every change goes into the workspace by itself; the session writes it a moment later.
void TokenShelf::saveRecipe(TokenDocument& document)
{
    if (!document.isSaved())
        return;
    workspace::TokenRecipe recipe = recipeOf(document.state(), document.recipe());
    const QScopedValueRollback saving(m_saving, true);
    document.setRecipe(recipe);
    m_workspace.putToken(recipe);
}

} // namespace claimsmith::app
