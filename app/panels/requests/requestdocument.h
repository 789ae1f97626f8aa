// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <optional>

namespace claimsmith::app {

class WorkspaceSession;

/// One open request: what its tab edits, with its history. Every change of the request, and of the token recipe that it
/// signs with, is one step of the same history, whoever made it. The request itself lives in the workspace.
class RequestDocument final : public QObject
{
    Q_OBJECT

public:
    RequestDocument(WorkspaceSession& session, workspace::Id id, QObject* parent = nullptr);

    const workspace::Id& id() const noexcept { return m_id; }
    /// A copy of the request as it is now; the last one known after it was deleted.
    const workspace::Request& request() const;
    bool exists() const;
    /// Changed since it was last written to disk.
    bool isModified() const noexcept { return m_modified; }
    QUndoStack& undoStack() noexcept { return m_undo; }

    /// Which field a step belongs to: typing into one field is one step until another field or a pause comes between.
    /// `Whole` never joins.
    enum class Field { Whole, Name, Method, Url, Params, Headers, Body, Auth, Recipe };

    /// Replaces the request; does nothing when it is the same.
    void setRequest(Field field, const workspace::Request& request, const QString& text);
    void change(Field field, const QString& text, const std::function<void(workspace::Request&)>& change);

    /// A change of several things at once, one step to undo.
    struct Edit
    {
        std::optional<workspace::Request> request;
        std::optional<workspace::TokenRecipe> recipe; ///< replaces the one with its id, or is new
        std::function<void()> redo;                   ///< what else to do, and to take back
        std::function<void()> undo;
    };

    void apply(Field field, const QString& text, Edit edit);

    /// The recipe of this name, if the workspace has it.
    std::optional<workspace::TokenRecipe> recipe(const std::string& name) const;
    void setRecipe(const workspace::TokenRecipe& recipe, const QString& text);

    /// Ends the step that typing makes.
    void endStep();

signals:
    /// The request or a recipe is another one, by an edit here, by undo, or from elsewhere.
    void changed();
    void modifiedChanged();

private:
    class Command;

    void setModified(bool modified);

    WorkspaceSession& m_session;
    workspace::Id m_id;
    mutable workspace::Request m_last;
    QUndoStack m_undo;
    quint64 m_step = 0;
    bool m_modified = false;
    bool m_writing = false;
};

} // namespace claimsmith::app
