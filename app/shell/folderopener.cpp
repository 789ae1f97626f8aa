// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/folderopener.h"

#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "platform/samples.h"
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

Result<void> FolderOpener::open(const QString& folder)
{
    CLAIMSMITH_CHECK(m_session.open(folder));
    remember(folder);
    return {};
}

Result<void> FolderOpener::create(const QString& folder)
{
    workspace::Workspace workspace;
    workspace.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    workspace.name = QFileInfo(folder).fileName().toStdString();
    workspace.kongYml = "_format_version: \"3.0\"\n";
    CLAIMSMITH_TRY(const auto storage, workspace::Storage::create(pathOf(folder), workspace));
    return open(folder);
}

Result<void> FolderOpener::openSample(const QString& name)
{
    const QString folder = sampleFolder() + QLatin1Char('/') + name;
    if (QFileInfo::exists(folder + QStringLiteral("/workspace.json")))
        return open(folder);
    return makeSample(name, folder);
}

Result<void> FolderOpener::openFreshSample(const QString& name, bool temporary)
{
    const QString parent = temporary ? QDir::tempPath() + QStringLiteral("/claimsmith") : sampleFolder();
    const QString unique = QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    return makeSample(name, QStringLiteral("%1/%2-%3").arg(parent, name, unique));
}

Result<void> FolderOpener::makeSample(const QString& name, const QString& folder)
{
    QDir().mkpath(QFileInfo(folder).path());
    CLAIMSMITH_TRY(auto created, createSample(name.toStdString(), pathOf(folder)));
    CLAIMSMITH_CHECK(open(folder));
    for (SampleSecret& secret : created.secrets)
        m_secrets.setSecret(secret.name, std::move(secret.value));
    m_session.setEnvironment(QString::fromStdString(created.environment));
    return {};
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
