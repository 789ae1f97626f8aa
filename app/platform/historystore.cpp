// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/historystore.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QUuid>

#include <functional>
#include <utility>

namespace claimsmith::app {
namespace {

enum class HistoryErrorCode { Unusable };

const ErrorDomain& errorDomain(HistoryErrorCode) noexcept
{
    static const ErrorDomain domain{"platform.history", [](int) noexcept -> std::string_view { return "unusable"; }};
    return domain;
}

constexpr auto schema = R"(CREATE TABLE IF NOT EXISTS sent(
    id INTEGER PRIMARY KEY, request TEXT NOT NULL, name TEXT NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL,
    status INTEGER NOT NULL, error TEXT NOT NULL, duration INTEGER NOT NULL, bytes INTEGER NOT NULL, sent INTEGER NOT NULL))";

QString text(const std::string& value)
{
    // An empty QString of its own: a null one would be stored as NULL.
    return value.empty() ? QStringLiteral("") : QString::fromStdString(value);
}

std::int64_t toMicroseconds(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

HistoryEntry fromRow(const QSqlQuery& row)
{
    HistoryEntry entry;
    entry.id = row.value(0).toLongLong();
    entry.requestId = row.value(1).toString().toStdString();
    entry.name = row.value(2).toString().toStdString();
    entry.method = row.value(3).toString().toStdString();
    entry.url = row.value(4).toString().toStdString();
    entry.status = row.value(5).toInt();
    entry.error = row.value(6).toString().toStdString();
    entry.duration = std::chrono::microseconds(row.value(7).toLongLong());
    entry.responseBytes = row.value(8).toULongLong();
    entry.sentAt = TimePoint(std::chrono::microseconds(row.value(9).toLongLong()));
    return entry;
}

} // namespace

/// Lives on the store's thread and owns the connection: Qt ties one to the thread that made it.
class HistoryStore::Worker final : public QObject
{
public:
    explicit Worker(QString file) : m_file(std::move(file)) {}

    ~Worker() override
    {
        if (!m_database.isValid())
            return;
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_connection);
    }

    std::optional<Error> open()
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
        m_database.setDatabaseName(m_file);
        if (!m_database.open())
            return error(m_database.lastError());
        // WAL: a crash costs the last entries at most, never the file.
        for (const auto* statement : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", schema}) {
            QSqlQuery query(m_database);
            if (!query.exec(QString::fromLatin1(statement)))
                return error(query.lastError());
        }
        return std::nullopt;
    }

    std::vector<HistoryEntry> load() const
    {
        std::vector<HistoryEntry> entries;
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        query.prepare(QStringLiteral("SELECT * FROM sent ORDER BY id DESC LIMIT ?"));
        query.addBindValue(capacity);
        if (query.exec()) {
            while (query.next())
                entries.push_back(fromRow(query));
        }
        return entries;
    }

    std::optional<Error> insert(const HistoryEntry& entry) const
    {
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral("INSERT INTO sent VALUES(?,?,?,?,?,?,?,?,?,?)"));
        query.addBindValue(static_cast<qlonglong>(entry.id));
        for (const std::string* value : {&entry.requestId, &entry.name, &entry.method, &entry.url})
            query.addBindValue(text(*value));
        query.addBindValue(entry.status);
        query.addBindValue(text(entry.error));
        query.addBindValue(static_cast<qlonglong>(entry.duration.count()));
        query.addBindValue(static_cast<qulonglong>(entry.responseBytes));
        query.addBindValue(static_cast<qlonglong>(toMicroseconds(entry.sentAt)));
        if (!query.exec())
            return error(query.lastError());
        QSqlQuery old(m_database);
        old.prepare(QStringLiteral("DELETE FROM sent WHERE id <= ?"));
        old.addBindValue(static_cast<qlonglong>(entry.id - capacity));
        return old.exec() ? std::nullopt : std::optional(error(old.lastError()));
    }

    void clear() const { QSqlQuery(m_database).exec(QStringLiteral("DELETE FROM sent")); }

private:
    Error error(const QSqlError& cause) const
    {
        return Error{HistoryErrorCode::Unusable, {m_file.toStdString()}, cause.text().toStdString()};
    }

    QString m_file;
    QString m_connection = QUuid::createUuid().toString();
    QSqlDatabase m_database;
};

class HistoryStore::Implementation
{
public:
    std::vector<HistoryEntry> entries;
    std::int64_t lastId = 0;
    bool loaded = false;
    QThread thread;
    Worker* worker = nullptr; ///< on `thread`, which deletes it; null when everything stays in memory

    /// Puts what was sent before the file was read on top of what it holds.
    void merge(std::vector<HistoryEntry> stored, const std::function<void(const HistoryEntry&)>& write)
    {
        loaded = true;
        const std::int64_t newestStored = stored.empty() ? 0 : stored.front().id;
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            entry->id += newestStored;
            write(*entry);
            stored.insert(stored.begin(), std::move(*entry));
        }
        lastId += newestStored;
        entries = std::move(stored);
        trim();
    }

    void trim()
    {
        if (entries.size() > static_cast<std::size_t>(capacity))
            entries.resize(static_cast<std::size_t>(capacity));
    }
};

HistoryStore::HistoryStore(QString file, QObject* parent) : QObject(parent), m(std::make_unique<Implementation>())
{
    if (file.isEmpty()) {
        m->loaded = true;
        return;
    }
    m->worker = new Worker(std::move(file));
    m->worker->moveToThread(&m->thread);
    connect(&m->thread, &QThread::finished, m->worker, &QObject::deleteLater);
    m->thread.setObjectName(QStringLiteral("history"));
    m->thread.start();
    QMetaObject::invokeMethod(m->worker, [this, worker = m->worker] {
        auto error = worker->open();
        auto stored = error ? std::vector<HistoryEntry>() : worker->load();
        QMetaObject::invokeMethod(this, [this, error = std::move(error), stored = std::move(stored)]() mutable {
            if (error) {
                m->loaded = true;
                m->worker = nullptr; // from here on everything stays in memory
                emit failed(*error);
                return;
            }
            m->merge(std::move(stored), [worker = m->worker](const HistoryEntry& entry) {
                QMetaObject::invokeMethod(worker, [worker, entry] { (void)worker->insert(entry); });
            });
            emit changed();
        });
    });
}

HistoryStore::~HistoryStore()
{
    m->thread.quit(); // after what is queued
    m->thread.wait();
}

const std::vector<HistoryEntry>& HistoryStore::entries() const noexcept
{
    return m->entries;
}

void HistoryStore::add(HistoryEntry entry)
{
    entry.id = ++m->lastId;
    m->entries.insert(m->entries.begin(), entry);
    m->trim();
    if (m->worker && m->loaded) {
        QMetaObject::invokeMethod(m->worker, [this, worker = m->worker, entry = std::move(entry)] {
            if (auto error = worker->insert(entry))
                QMetaObject::invokeMethod(this, [this, error = std::move(*error)] { emit failed(error); });
        });
    }
    emit changed();
}

void HistoryStore::clear()
{
    m->entries.clear();
    if (m->worker)
        QMetaObject::invokeMethod(m->worker, [worker = m->worker] { worker->clear(); });
    emit changed();
}

} // namespace claimsmith::app
