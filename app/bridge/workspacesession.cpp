// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/workspacesession.h"

#include "workspace/storage.h"

#include <QDateTime>
#include <QSettings>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

namespace claimsmith::app {
namespace {

using namespace std::chrono_literals;

constexpr auto saveDelay = 300ms;
constexpr auto diskInterval = 2s;

bool isConflict(const Error& error)
{
    for (const Error* link = &error; link; link = link->cause.get()) {
        if (link->code == ErrorCode(workspace::StorageErrorCode::ChangedOnDisk))
            return true;
    }
    return false;
}

QString environmentKey(const workspace::Workspace& workspace)
{
    return QStringLiteral("workspaces/") + QString::fromStdString(workspace.id) + QStringLiteral("/environment");
}

std::filesystem::path unsavedFolder(const QString& folder)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    return (folder + QStringLiteral(".unsaved-") + time).toStdString();
}

} // namespace

class WorkspaceSession::Reading
{
public:
    Reading(QString theFolder, workspace::Storage theStorage)
        : folder(std::move(theFolder)), storage(std::make_shared<workspace::Storage>(std::move(theStorage)))
    {
    }

    QString folder;
    std::shared_ptr<workspace::Storage> storage;
};

class WorkspaceSession::Implementation
{
public:
    explicit Implementation(WorkspaceSession& owner) : q(owner)
    {
        disk.setMaxThreadCount(1); // one at a time, in order: Storage belongs to this thread
        saveTimer.setSingleShot(true);
        saveTimer.setInterval(saveDelay);
        QObject::connect(&saveTimer, &QTimer::timeout, &q, [this] { save(); });
        diskTimer.setInterval(diskInterval);
        QObject::connect(&diskTimer, &QTimer::timeout, &q, [this] { checkDisk(); });
    }

    /// Runs `work` with the storage on the disk thread and `then` with its result here.
    template <class Work, class Then>
    void onDisk(Work work, Then then)
    {
        disk.start([this, kept = storage, work = std::move(work), then = std::move(then)]() mutable {
            auto result = std::make_shared<decltype(work(*kept))>(work(*kept));
            QMetaObject::invokeMethod(
                &q,
                [this, kept, result, then = std::move(then)]() mutable {
                    if (kept == storage) // else another workspace was opened in the meantime
                        then(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    }

    void save()
    {
        if (!storage || inConflict)
            return;
        saveTimer.stop();
        const quint64 saving = revision;
        onDisk([model = model](workspace::Storage& target) { return target.save(model); },
               [this, saving](Result<void> result) { afterSave(saving, result); });
    }

    void afterSave(quint64 saving, const Result<void>& result)
    {
        if (result) {
            savedRevision = std::max(savedRevision, saving);
            emit q.saved();
        } else if (isConflict(result.error())) {
            inConflict = true;
            emit q.conflict();
        } else {
            emit q.saveFailed(result.error());
        }
    }

    void checkDisk()
    {
        if (!storage || inConflict || checking)
            return;
        checking = true;
        onDisk([](workspace::Storage& target) { return target.isChangedOnDisk(); },
               [this](bool isChanged) {
                   checking = false;
                   if (!isChanged)
                       return;
                   if (revision == savedRevision) {
                       reload();
                   } else if (!inConflict) {
                       inConflict = true;
                       emit q.conflict();
                   }
               });
    }

    /// Reads the folder again and makes that the model, unless it was edited while the disk was read.
    void reload()
    {
        struct Read
        {
            Result<void> result;
            workspace::Workspace workspace;
            std::vector<Error> problems;
        };
        const quint64 before = revision;
        onDisk(
            [](workspace::Storage& target) {
                auto result = target.reload();
                return Read{std::move(result), target.workspace(), target.problems()};
            },
            [this, before](Read read) {
                if (!read.result) {
                    emit q.saveFailed(read.result.error());
                    return;
                }
                if (revision != before) {
                    inConflict = true;
                    emit q.conflict();
                    return;
                }
                model = std::move(read.workspace);
                problems = std::move(read.problems);
                emit q.reloaded();
                for (const Part part : {Part::Requests, Part::Environments, Part::Tokens, Part::Keys, Part::Gateway})
                    emit q.changed(part);
            });
    }

    WorkspaceSession& q;
    std::shared_ptr<workspace::Storage> storage; ///< used on the disk thread only, once open
    workspace::Workspace model;
    std::vector<Error> problems;
    QString folder;
    QString environment;
    quint64 revision = 0; ///< of the model; counts edits
    quint64 savedRevision = 0;
    bool inConflict = false;
    bool checking = false;
    QTimer saveTimer;
    QTimer diskTimer;
    QThreadPool disk;
};

WorkspaceSession::WorkspaceSession(QObject* parent) : QObject(parent), m(std::make_unique<Implementation>(*this)) {}

WorkspaceSession::~WorkspaceSession()
{
    (void)saveNow();
}

Result<WorkspaceSession::ReadingPtr> WorkspaceSession::read(const QString& folder)
{
    CLAIMSMITH_TRY(auto storage, workspace::Storage::open(folder.toStdString()));
    return std::make_shared<Reading>(folder, std::move(storage));
}

Result<void> WorkspaceSession::open(const QString& folder)
{
    CLAIMSMITH_TRY(const ReadingPtr reading, read(folder));
    adopt(reading);
    return {};
}

void WorkspaceSession::adopt(const ReadingPtr& reading)
{
    (void)saveNow();
    m->storage = reading->storage;
    m->model = m->storage->workspace();
    m->problems = m->storage->problems();
    m->folder = reading->folder;
    m->savedRevision = ++m->revision;
    m->inConflict = false;
    m->checking = false;
    m->environment = QSettings().value(environmentKey(m->model)).toString();
    if (!m->model.findEnvironment(m->environment.toStdString()))
        m->environment =
            m->model.environments.empty() ? QString() : QString::fromStdString(m->model.environments.front().name);
    m->diskTimer.start();
    emit opened();
    emit environmentChanged();
}

bool WorkspaceSession::isOpen() const noexcept
{
    return m->storage != nullptr;
}

const QString& WorkspaceSession::folder() const noexcept
{
    return m->folder;
}

const workspace::Workspace& WorkspaceSession::workspace() const noexcept
{
    return m->model;
}

const std::vector<Error>& WorkspaceSession::problems() const noexcept
{
    return m->problems;
}

void WorkspaceSession::edit(Part part, const std::function<void(workspace::Workspace&)>& change)
{
    change(m->model);
    ++m->revision;
    m->saveTimer.start();
    emit changed(part);
}

void WorkspaceSession::putRequest(const workspace::Request& request)
{
    edit(Part::Requests, [&request](workspace::Workspace& workspace) {
        if (workspace::Request* found = workspace.findRequest(request.id))
            *found = request;
    });
}

void WorkspaceSession::putToken(const workspace::TokenRecipe& recipe)
{
    edit(Part::Tokens, [&recipe](workspace::Workspace& workspace) {
        const auto found = std::ranges::find(workspace.tokens, recipe.id, &workspace::TokenRecipe::id);
        if (found == workspace.tokens.end())
            workspace.tokens.push_back(recipe);
        else
            *found = recipe;
    });
}

const QString& WorkspaceSession::environment() const noexcept
{
    return m->environment;
}

void WorkspaceSession::setEnvironment(const QString& name)
{
    if (m->environment == name)
        return;
    m->environment = name;
    QSettings().setValue(environmentKey(m->model), name);
    emit environmentChanged();
}

bool WorkspaceSession::hasUnsavedEdits() const noexcept
{
    return m->revision != m->savedRevision;
}

Result<void> WorkspaceSession::saveNow()
{
    m->saveTimer.stop();
    m->disk.waitForDone();
    if (!m->storage || !hasUnsavedEdits())
        return {};
    if (m->inConflict) {
        // Nobody answered the question: both stay, the files as they are and the edits in a folder beside them.
        const auto copy = workspace::Storage::create(unsavedFolder(m->folder), m->model);
        return copy ? Result<void>() : Result<void>(copy.error());
    }
    auto result = m->storage->save(m->model);
    if (result)
        m->savedRevision = m->revision;
    return result;
}

void WorkspaceSession::keepMine()
{
    if (!std::exchange(m->inConflict, false))
        return;
    // Reading first makes the storage know what it is about to replace.
    m->onDisk([](workspace::Storage& target) { return target.reload(); },
              [this](Result<void> result) {
                  if (!result)
                      emit saveFailed(result.error());
                  else
                      m->save();
              });
}

void WorkspaceSession::takeTheirs()
{
    if (!std::exchange(m->inConflict, false))
        return;
    m->saveTimer.stop();
    m->savedRevision = m->revision;
    m->reload();
}

void WorkspaceSession::checkDisk()
{
    m->checkDisk();
}

} // namespace claimsmith::app
