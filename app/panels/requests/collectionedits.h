// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QObject>
#include <QUndoStack>

namespace claimsmith::app {

class WorkspaceSession;

/// Changes of the collection tree, each a step of one history: what Ctrl Z takes back while the tree has the focus.
class CollectionEdits final : public QObject
{
    Q_OBJECT

public:
    explicit CollectionEdits(WorkspaceSession& session, QObject* parent = nullptr);

    QUndoStack& undoStack() noexcept { return m_undo; }

    /// A new request in the folder of `near` (a folder or a request), or in the first one. Returns its id.
    workspace::Id addRequest(const workspace::Id& near);
    workspace::Id addFolder();
    /// A copy behind the original. Empty when there is no such request.
    workspace::Id duplicate(const workspace::Id& request);
    /// A request, or a folder with all that is in it.
    void remove(const workspace::Id& id);
    void rename(const workspace::Id& id, const QString& name);
    QString nameOf(const workspace::Id& id) const;

private:
    void insertRequest(const workspace::Request& request, const workspace::Id& folder, std::size_t position,
                       const QString& text);
    void removeRequest(const workspace::Folder& folder, std::size_t position);
    void removeFolder(std::size_t position);

    WorkspaceSession& m_session;
    QUndoStack m_undo;
};

} // namespace claimsmith::app
