// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/collectionedits.h"

#include "base/random.h"
#include "bridge/workspacesession.h"

#include <QUndoCommand>

#include <algorithm>
#include <functional>

namespace claimsmith::app {

namespace {

using workspace::Folder;
using workspace::Id;
using workspace::Request;
using workspace::Workspace;
using Change = std::function<void(Workspace&)>;

class Step final : public QUndoCommand
{
public:
    Step(WorkspaceSession& session, const QString& text, Change redo, Change undo)
        : QUndoCommand(text), m_session(session), m_redo(std::move(redo)), m_undo(std::move(undo))
    {
    }

    void redo() override { m_session.edit(WorkspaceSession::Part::Requests, m_redo); }
    void undo() override { m_session.edit(WorkspaceSession::Part::Requests, m_undo); }

private:
    WorkspaceSession& m_session;
    Change m_redo;
    Change m_undo;
};

template <class Folders>
auto* findFolder(Folders& folders, const Id& id)
{
    for (auto& folder : folders) {
        if (folder.id == id)
            return &folder;
        if (auto* nested = findFolder(folder.folders, id); nested != nullptr)
            return nested;
    }
    return static_cast<decltype(&folders.front())>(nullptr);
}

struct Spot
{
    const Folder* folder = nullptr;
    std::size_t position = 0;
};

Spot findRequest(const std::vector<Folder>& folders, const Id& id)
{
    for (const Folder& folder : folders) {
        const auto found = std::find_if(folder.requests.begin(), folder.requests.end(),
                                        [&](const Request& request) { return request.id == id; });
        if (found != folder.requests.end())
            return {&folder, static_cast<std::size_t>(found - folder.requests.begin())};
        if (const Spot nested = findRequest(folder.folders, id); nested.folder != nullptr)
            return nested;
    }
    return {};
}

template <class Items>
void insertAt(Items& items, std::size_t position, const typename Items::value_type& item)
{
    const auto at = static_cast<std::ptrdiff_t>(std::min(position, items.size()));
    items.insert(items.begin() + at, item);
}

template <class Items>
void eraseId(Items& items, const Id& id)
{
    std::erase_if(items, [&](const auto& item) { return item.id == id; });
}

void renameIn(Workspace& workspace, const Id& id, const std::string& name)
{
    if (Folder* folder = findFolder(workspace.folders, id); folder != nullptr)
        folder->name = name;
    else if (Request* request = workspace.findRequest(id); request != nullptr)
        request->name = name;
}

} // namespace

CollectionEdits::CollectionEdits(WorkspaceSession& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &WorkspaceSession::opened, &m_undo, &QUndoStack::clear);
}

void CollectionEdits::insertRequest(const Request& request, const Id& folder, std::size_t position, const QString& text)
{
    m_undo.push(new Step(
        m_session, text,
        [request, folder, position](Workspace& workspace) {
            if (Folder* target = findFolder(workspace.folders, folder); target != nullptr)
                insertAt(target->requests, position, request);
        },
        [id = request.id, folder](Workspace& workspace) {
            if (Folder* target = findFolder(workspace.folders, folder); target != nullptr)
                eraseId(target->requests, id);
        }));
}

Id CollectionEdits::addRequest(const Id& near)
{
    if (m_session.workspace().folders.empty())
        addFolder();
    const auto& folders = m_session.workspace().folders;
    const Folder* folder = findFolder(folders, near);
    std::size_t position = folder == nullptr ? 0 : folder->requests.size();
    if (folder == nullptr) {
        const Spot spot = findRequest(folders, near);
        folder = spot.folder == nullptr ? &folders.front() : spot.folder;
        position = spot.folder == nullptr ? folder->requests.size() : spot.position + 1;
    }
    Request request;
    request.id = randomUuid();
    request.name = tr("New request").toStdString();
    request.url = "{{gateway}}/";
    insertRequest(request, folder->id, position, tr("New request"));
    return request.id;
}

Id CollectionEdits::addFolder()
{
    Folder folder;
    folder.id = randomUuid();
    folder.name = tr("New folder").toStdString();
    m_undo.push(new Step(
        m_session, tr("New folder"), [folder](Workspace& workspace) { workspace.folders.push_back(folder); },
        [id = folder.id](Workspace& workspace) { eraseId(workspace.folders, id); }));
    return folder.id;
}

Id CollectionEdits::duplicate(const Id& request)
{
    const Spot spot = findRequest(m_session.workspace().folders, request);
    if (spot.folder == nullptr)
        return {};
    Request copy = spot.folder->requests[spot.position];
    copy.id = randomUuid();
    copy.name = tr("%1 copy").arg(QString::fromStdString(copy.name)).toStdString();
    insertRequest(copy, spot.folder->id, spot.position + 1, tr("Duplicate request"));
    return copy.id;
}

void CollectionEdits::remove(const Id& id)
{
    const auto& folders = m_session.workspace().folders;
    if (const Spot spot = findRequest(folders, id); spot.folder != nullptr) {
        removeRequest(*spot.folder, spot.position);
        return;
    }
    const auto folder = std::find_if(folders.begin(), folders.end(), [&](const Folder& each) { return each.id == id; });
    if (folder != folders.end())
        removeFolder(static_cast<std::size_t>(folder - folders.begin()));
}

void CollectionEdits::removeRequest(const Folder& folder, std::size_t position)
{
    const Request request = folder.requests[position];
    m_undo.push(new Step(
        m_session, tr("Delete “%1”").arg(QString::fromStdString(request.name)),
        [id = request.id, folderId = folder.id](Workspace& workspace) {
            if (Folder* target = findFolder(workspace.folders, folderId); target != nullptr)
                eraseId(target->requests, id);
        },
        [request, folderId = folder.id, position](Workspace& workspace) {
            if (Folder* target = findFolder(workspace.folders, folderId); target != nullptr)
                insertAt(target->requests, position, request);
        }));
}

void CollectionEdits::removeFolder(std::size_t position)
{
    const Folder folder = m_session.workspace().folders[position];
    m_undo.push(new Step(
        m_session, tr("Delete “%1”").arg(QString::fromStdString(folder.name)),
        [id = folder.id](Workspace& workspace) { eraseId(workspace.folders, id); },
        [folder, position](Workspace& workspace) { insertAt(workspace.folders, position, folder); }));
}

void CollectionEdits::rename(const Id& id, const QString& name)
{
    const std::string before = nameOf(id).toStdString();
    const std::string after = name.toStdString();
    if (before == after)
        return;
    m_undo.push(new Step(
        m_session, tr("Rename “%1”").arg(QString::fromStdString(before)),
        [id, after](Workspace& workspace) { renameIn(workspace, id, after); },
        [id, before](Workspace& workspace) { renameIn(workspace, id, before); }));
}

QString CollectionEdits::nameOf(const Id& id) const
{
    const Workspace& workspace = m_session.workspace();
    if (const Folder* folder = findFolder(workspace.folders, id); folder != nullptr)
        return QString::fromStdString(folder->name);
    const Request* request = workspace.findRequest(id);
    return request == nullptr ? QString() : QString::fromStdString(request->name);
}

} // namespace claimsmith::app
