// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/folderopener.h"

#include "bridge/secretservice.h"
#include "workspace/storage.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QUuid>

#include <filesystem>

namespace claimsmith::app {
namespace {

const auto recentKey = QStringLiteral("workspaces/recent");
constexpr qsizetype recentKept = 8;

std::filesystem::path pathOf(const QString& folder)
{
    return folder.toStdU16String();
}

QString sampleFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/samples");
}

} // namespace

FolderOpener::FolderOpener(WorkspaceSession& session, SecretService& secrets, QSettings& settings)
    : m_session(session), m_secrets(secrets), m_settings(settings)
{
}

FolderOpener::~FolderOpener()
{
    m_disk.waitForDone();
}

void FolderOpener::start(Prepare prepare, Done done)
{
    const quint64 turn = ++m_latest;
    m_disk.start([this, turn, prepare = std::move(prepare), done = std::move(done)] {
        auto prepared = std::make_shared<Result<Prepared>>(prepare());
        QMetaObject::invokeMethod(
            &m_session,
            [this, turn, prepared, done] {
                if (turn != m_latest)
                    return;
                if (*prepared)
                    take(std::move(*prepared).value());
                if (done)
                    done(*prepared ? Result<void>() : Result<void>(prepared->error()));
            },
            Qt::QueuedConnection);
    });
}

void FolderOpener::take(Prepared prepared)
{
    m_session.adopt(prepared.reading);
    remember(m_session.folder());
    for (SampleSecret& secret : prepared.sample.secrets)
        m_secrets.setSecret(secret.name, std::move(secret.value));
    if (!prepared.sample.environment.empty())
        m_session.setEnvironment(QString::fromStdString(prepared.sample.environment));
}

void FolderOpener::open(const QString& folder, Done done)
{
    start(
        [folder]() -> Result<Prepared> {
            CLAIMSMITH_TRY(auto reading, WorkspaceSession::read(folder));
            return Prepared{std::move(reading), {}};
        },
        std::move(done));
}

void FolderOpener::create(const QString& folder, Done done)
{
    workspace::Workspace workspace;
    workspace.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    workspace.name = QFileInfo(folder).fileName().toStdString();
    workspace.kongYml = "_format_version: \"3.0\"\n";
    start(
        [folder, workspace = std::move(workspace)]() -> Result<Prepared> {
            CLAIMSMITH_TRY(const auto storage, workspace::Storage::create(pathOf(folder), workspace));
            CLAIMSMITH_TRY(auto reading, WorkspaceSession::read(folder));
            return Prepared{std::move(reading), {}};
        },
        std::move(done));
}

void FolderOpener::openSample(const QString& name, Done done)
{
    const QString folder = sampleFolder() + QLatin1Char('/') + name;
    if (QFileInfo::exists(folder + QStringLiteral("/workspace.json")))
        open(folder, std::move(done));
    else
        makeSample(name, folder, std::move(done));
}

void FolderOpener::openFreshSample(const QString& name, bool temporary, Done done)
{
    const QString parent = temporary ? QDir::tempPath() + QStringLiteral("/claimsmith") : sampleFolder();
    const QString unique = QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    makeSample(name, QStringLiteral("%1/%2-%3").arg(parent, name, unique), std::move(done));
}

void FolderOpener::makeSample(const QString& name, const QString& folder, Done done)
{
    start(
        [name, folder]() -> Result<Prepared> {
            QDir().mkpath(QFileInfo(folder).path());
            CLAIMSMITH_TRY(auto sample, createSample(name.toStdString(), pathOf(folder)));
            CLAIMSMITH_TRY(auto reading, WorkspaceSession::read(folder));
            return Prepared{std::move(reading), std::move(sample)};
        },
        std::move(done));
}

QStringList FolderOpener::recent() const
{
    QStringList folders = m_settings.value(recentKey).toStringList();
    folders.removeIf([](const QString& folder) { return !QFileInfo::exists(folder); });
    return folders;
}

void FolderOpener::remember(const QString& folder)
{
    QStringList folders = recent();
    folders.removeAll(folder);
    folders.prepend(folder);
    m_settings.setValue(recentKey, QStringList(folders.mid(0, recentKept)));
}

} // namespace claimsmith::app
