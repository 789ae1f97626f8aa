// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/workspacesession.h"

#include <algorithm>

namespace claimsmith::app {

class WorkspaceSession::Implementation
{
public:
    workspace::Workspace workspace;
    QString folder;
    QString environment;
};

WorkspaceSession::WorkspaceSession(QObject* parent) : QObject(parent), m(std::make_unique<Implementation>()) {}
WorkspaceSession::~WorkspaceSession() = default;

Result<void> WorkspaceSession::open(const QString& folder)
{
    m->folder = folder;
    return {};
}

bool WorkspaceSession::isOpen() const noexcept
{
    return !m->folder.isEmpty();
}

const QString& WorkspaceSession::folder() const noexcept
{
    return m->folder;
}

const workspace::Workspace& WorkspaceSession::workspace() const noexcept
{
    return m->workspace;
}

void WorkspaceSession::edit(Part part, const std::function<void(workspace::Workspace&)>& change)
{
    change(m->workspace);
    emit changed(part);
}

void WorkspaceSession::putRequest(const workspace::Request& request)
{
    edit(Part::Requests, [&request](workspace::Workspace& workspace) {
        if (workspace::Request* found = workspace.findRequest(request.id))
            *found = request;
    });
}

void WorkspaceSession::putToken(const workspace::TokenRecipe& recipe)
{
    edit(Part::Tokens, [&recipe](workspace::Workspace& workspace) {
        const auto found = std::ranges::find(workspace.tokens, recipe.id, &workspace::TokenRecipe::id);
        if (found == workspace.tokens.end())
            workspace.tokens.push_back(recipe);
        else
            *found = recipe;
    });
}

const QString& WorkspaceSession::environment() const noexcept
{
    return m->environment;
}

void WorkspaceSession::setEnvironment(const QString& name)
{
    if (m->environment == name)
        return;
    m->environment = name;
    emit environmentChanged();
}

Result<void> WorkspaceSession::saveNow()
{
    return {};
}

} // namespace claimsmith::app
