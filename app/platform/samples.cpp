// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/samples.h"

#include "base/random.h"
#include "runner/madeupsecrets.h"
#include "workspace/secretnames.h"
#include "workspace/storage.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>

#include <set>

namespace claimsmith::app {
namespace {

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

/// Unpacks a sample to a folder that is there.
Result<workspace::Workspace> readSample(std::string_view name, const QString& copy)
{
    const QString from = root() + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (name.empty() || name.find('/') != std::string_view::npos || !QDir(from).exists()) {
        Error error{SampleErrorCode::UnknownSample};
        error.detail = "there is no sample " + std::string(name);
        error.parameters = {{"name", std::string(name)}};
        return error;
    }
    if (!unpack(from, copy)) {
        Error error{SampleErrorCode::NotReadable};
        error.detail = "the sample can't be unpacked to " + copy.toStdString();
        return error;
    }
    CLAIMSMITH_TRY(const workspace::Storage stored, workspace::Storage::open(copy.toStdString()));
    if (!stored.problems().empty())
        return stored.problems().front();
    return stored.workspace();
}

/// Copies what a workspace's storage does not write itself: its scenarios, and how their secrets are made.
Result<void> copyScenarios(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::error_code error;
    for (const char* const name : {"scenarios", "secrets.json"}) {
        if (!error && std::filesystem::exists(from / name, error))
            std::filesystem::copy(from / name, to / name, std::filesystem::copy_options::recursive, error);
    }
    if (!error)
        return {};
    return Error{SampleErrorCode::NotReadable, {to.string()}, "the sample's scenarios can't be copied"};
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
    const QTemporaryDir copy;
    CLAIMSMITH_TRY(workspace::Workspace workspace, readSample(name, copy.path()));
    workspace.id = randomUuid(); // each copy has secrets of its own
    CLAIMSMITH_CHECK(workspace::Storage::create(folder, workspace));
    const std::filesystem::path unpacked = copy.path().toStdString();
    CLAIMSMITH_CHECK(copyScenarios(unpacked, folder));
    CreatedSample created;
    std::set<std::string> names = workspace::secretNames(workspace);
    std::erase_if(names, [](const std::string& secret) { return secret.starts_with("key/"); });
    CLAIMSMITH_TRY(runner::SecretsByName secrets, runner::makeUpSecrets(names, unpacked));
    for (auto& [secret, value] : secrets)
        created.secrets.push_back({secret, std::move(value)});
    if (!workspace.environments.empty())
        created.environment = workspace.environments.back().name;
    return created;
}

} // namespace claimsmith::app
