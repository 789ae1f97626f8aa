// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace claimsmith::app {

/// Opens and makes workspaces for the window, and remembers which were open. Folders are read and written on another
/// thread; `done` is called on the GUI thread once the workspace is open, or with why it is not: then the one before
/// stays. Whoever asks for another folder meanwhile gets that one, and the first is not heard of again.
class WorkspaceOpener
{
public:
    using Done = std::function<void(const Result<void>&)>;

    virtual ~WorkspaceOpener() = default;
    WorkspaceOpener(const WorkspaceOpener&) = delete;
    WorkspaceOpener& operator=(const WorkspaceOpener&) = delete;

    virtual void open(const QString& folder, Done done) = 0;
    /// Makes an empty workspace in a folder that is absent or empty, and opens it.
    virtual void create(const QString& folder, Done done) = 0;
    /// Opens the copy of a sample that was made before, or makes one.
    virtual void openSample(const QString& name, Done done) = 0;
    /// Folders that were open, the newest first.
    virtual QStringList recent() const = 0;

protected:
    WorkspaceOpener() = default;
};

} // namespace claimsmith::app
