// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace claimsmith::app {

/// Opens and makes workspaces for the window, and remembers which were open.
class WorkspaceOpener
{
public:
    virtual ~WorkspaceOpener() = default;
    WorkspaceOpener(const WorkspaceOpener&) = delete;
    WorkspaceOpener& operator=(const WorkspaceOpener&) = delete;

    virtual Result<void> open(const QString& folder) = 0;
    /// Makes an empty workspace in a folder that is absent or empty, and opens it.
    virtual Result<void> create(const QString& folder) = 0;
    /// Opens the copy of a sample that was made before, or makes one.
    virtual Result<void> openSample(const QString& name) = 0;
    /// Folders that were open, the newest first.
    virtual QStringList recent() const = 0;

protected:
    WorkspaceOpener() = default;
};

} // namespace claimsmith::app
