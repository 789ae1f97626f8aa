// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "workspace/model.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace claimsmith::app {

/// The open workspace: the model in memory is what panels show and edit, and the folder follows it. Every edit is saved
/// by itself a moment later, on another thread and atomically; a change made outside is read when there is nothing
/// unsaved, and asked about otherwise. Lives on the GUI thread.
class WorkspaceSession final : public QObject
{
    Q_OBJECT

public:
    explicit WorkspaceSession(QObject* parent = nullptr);
    /// Saves what is not saved yet.
    ~WorkspaceSession() override;

    /// A folder as it was read: what adopt() takes.
    class Reading;
    using ReadingPtr = std::shared_ptr<Reading>;
    /// Reads a folder and leaves it as it is. Any thread: a large one takes its time.
    static Result<ReadingPtr> read(const QString& folder);
    /// Makes what was read the open workspace, after saving the one before it.
    void adopt(const ReadingPtr& reading);
    /// Both at once. On failure the workspace that was open stays open.
    Result<void> open(const QString& folder);
    bool isOpen() const noexcept;
    const QString& folder() const noexcept;
    const workspace::Workspace& workspace() const noexcept;
    /// Files that could not be read or understood and were left out, each with its place; they are never overwritten.
    const std::vector<Error>& problems() const noexcept;

    /// What one edit touched, for those who show only a part.
    enum class Part { Requests, Environments, Tokens, Keys, Gateway };
    Q_ENUM(Part)

    /// Changes the model, tells everyone, and saves soon. To make it undoable, call it from a QUndoCommand.
    void edit(Part part, const std::function<void(workspace::Workspace&)>& change);
    /// Replaces the request with the same id.
    void putRequest(const workspace::Request& request);
    /// Replaces the recipe with the same id, or appends it.
    void putToken(const workspace::TokenRecipe& recipe);

    /// Name of the environment in force; empty for none. Remembered for the next time, not part of the workspace.
    const QString& environment() const noexcept;
    void setEnvironment(const QString& name);

    bool hasUnsavedEdits() const noexcept;
    /// Writes now what is not written yet and waits for it: at the end of the program only.
    Result<void> saveNow();

    /// After conflict(): writes the model over what was changed outside, or takes what is on disk and drops unsaved
    /// edits.
    void keepMine();
    void takeTheirs();
    /// Looks whether files were changed outside; also done by itself every other second.
    void checkDisk();

signals:
    /// Another workspace is open.
    void opened();
    void changed(claimsmith::app::WorkspaceSession::Part part);
    void environmentChanged();
    void saved();
    /// The model keeps what could not be written; the next edit tries again.
    void saveFailed(const claimsmith::Error& error);
    /// Files were changed outside and read again; changed() follows for every part.
    void reloaded();
    /// Files were changed outside while the model has edits that are not saved: saving waits for keepMine() or
    /// takeTheirs().
    void conflict();

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
