// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/workspaceopener.h"

class QSettings;

namespace claimsmith::app {

class SecretService;
class WorkspaceSession;

/// WorkspaceOpener on folders of this computer. Copies of samples live in the user's data folder.
class FolderOpener final : public WorkspaceOpener
{
public:
    /// All have to outlive it.
    FolderOpener(WorkspaceSession& session, SecretService& secrets, QSettings& settings);

    Result<void> open(const QString& folder) override;
    Result<void> create(const QString& folder) override;
    Result<void> openSample(const QString& name) override;
    QStringList recent() const override;

    /// Makes a new copy of a sample, whether there is an older one or not, and opens it. It lies in the system's folder
    /// for temporary files when `temporary`.
    Result<void> openFreshSample(const QString& name, bool temporary);

private:
    Result<void> makeSample(const QString& name, const QString& folder);
    void remember(const QString& folder);

    WorkspaceSession& m_session;
    SecretService& m_secrets;
    QSettings& m_settings;
};

} // namespace claimsmith::app
