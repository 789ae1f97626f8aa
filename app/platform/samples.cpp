// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/samples.h"

#include "base/random.h"
#include "workspace/secretnames.h"
#include "workspace/storage.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>

namespace claimsmith::app {
namespace {

constexpr std::size_t secretLength = 32; // letters and digits: about 190 bits

std::string_view codeName(int code) noexcept
{
    switch (static_cast<SampleErrorCode>(code)) {
    case SampleErrorCode::UnknownSample:
        return "unknown-sample";
    case SampleErrorCode::NotReadable:
        return "not-readable";
    }
    return "";
}

const QString& root()
{
    static const QString path = QStringLiteral(":/samples/");
    return path;
}

/// Copies a folder of the resources to disk, where Storage can read it.
bool unpack(const QString& from, const QString& to)
{
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString target = to + file.mid(from.size());
        if (!QDir().mkpath(QFileInfo(target).path()) || !QFile::copy(file, target))
            return false;
        QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner); // resources are read-only
    }
    return true;
}

Result<workspace::Workspace> readSample(std::string_view name)
{
    const QString from = root() + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (name.empty() || name.find('/') != std::string_view::npos || !QDir(from).exists()) {
        Error error{SampleErrorCode::UnknownSample};
        error.detail = "there is no sample " + std::string(name);
        error.parameters = {{"name", std::string(name)}};
        return error;
    }
    const QTemporaryDir copy;
    if (!copy.isValid() || !unpack(from, copy.path())) {
        Error error{SampleErrorCode::NotReadable};
        error.detail = "the sample can't be unpacked to " + copy.path().toStdString();
        return error;
    }
    CLAIMSMITH_TRY(const workspace::Storage stored, workspace::Storage::open(copy.path().toStdString()));
    if (!stored.problems().empty())
        return stored.problems().front();
    return stored.workspace();
}

} // namespace

const ErrorDomain& errorDomain(SampleErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"sample", codeName};
    return domain;
}

std::vector<std::string> sampleNames()
{
    std::vector<std::string> names;
    for (const QString& name : QDir(root()).entryList(QDir::Dirs, QDir::Name))
        names.push_back(name.toStdString());
    return names;
}

Result<CreatedSample> createSample(std::string_view name, const std::filesystem::path& folder)
{
    CLAIMSMITH_TRY(workspace::Workspace workspace, readSample(name));
    workspace.id = randomUuid(); // each copy has secrets of its own
    CLAIMSMITH_CHECK(workspace::Storage::create(folder, workspace));
    CreatedSample created;
    for (const std::string& secret : workspace::secretNames(workspace)) {
        if (!secret.starts_with("key/")) // a private key is no random text
            created.secrets.push_back({secret, SecretBytes(randomAlphanumeric(secretLength))});
    }
    if (!workspace.environments.empty())
        created.environment = workspace.environments.back().name;
    return created;
}

} // namespace claimsmith::app
