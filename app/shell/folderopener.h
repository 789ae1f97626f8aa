// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/workspacesession.h"
#include "platform/samples.h"
#include "shell/workspaceopener.h"

#include <QThreadPool>

#include <functional>

class QSettings;

namespace claimsmith::app {

class SecretService;

/// WorkspaceOpener on folders of this computer. Copies of samples live in the user's data folder. GUI thread only.
class FolderOpener final : public WorkspaceOpener
{
public:
    /// All have to outlive it.
    FolderOpener(WorkspaceSession& session, SecretService& secrets, QSettings& settings);
    /// Waits for what is being read or written.
    ~FolderOpener() override;

    void open(const QString& folder, Done done) override;
    void create(const QString& folder, Done done) override;
    void openSample(const QString& name, Done done) override;
    QStringList recent() const override;

    /// Makes a new copy of a sample, whether there is an older one or not, and opens it. It lies in the system's folder
    /// for temporary files when `temporary`.
    void openFreshSample(const QString& name, bool temporary, Done done);

private:
    /// What was prepared on the other thread: a folder as read, and what its sample brings along.
    struct Prepared
    {
        WorkspaceSession::ReadingPtr reading;
        CreatedSample sample;
    };

    using Prepare = std::function<Result<Prepared>()>;

    void start(Prepare prepare, Done done);
    void take(Prepared prepared);
    void makeSample(const QString& name, const QString& folder, Done done);
    void remember(const QString& folder);

    WorkspaceSession& m_session;
    SecretService& m_secrets;
    QSettings& m_settings;
    quint64 m_latest = 0; ///< what was asked for before it is dropped
    QThreadPool m_disk;
};

} // namespace claimsmith::app
