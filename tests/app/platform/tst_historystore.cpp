// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/historystore.h"

#include "support/testing.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

HistoryEntry entry(const std::string& url, int status)
{
    HistoryEntry result;
    result.requestId = "r";
    result.name = "Call";
    result.method = "GET";
    result.url = url;
    result.status = status;
    result.duration = std::chrono::microseconds(2910);
    result.responseBytes = 23;
    result.sentAt = TimePoint(std::chrono::seconds(1795440727));
    return result;
}

} // namespace

class HistoryStoreTest final : public QObject
{
    Q_OBJECT

private slots:
    void keepsEntriesAcrossStarts()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("history.sqlite"));
        {
            HistoryStore store(file);
            store.add(entry("/before-the-file-was-read", 401));
            QTRY_VERIFY(QFileInfo::exists(file));
            store.add(entry("/second", 200));
        }
        HistoryStore store(file);
        store.add(entry("/third", 0));
        QTRY_COMPARE(store.entries().size(), std::size_t(3));
        QCOMPARE(store.entries()[0].url, std::string("/third"));
        QCOMPARE(store.entries()[1].url, std::string("/second"));
        QCOMPARE(store.entries()[2].url, std::string("/before-the-file-was-read"));
        QCOMPARE(store.entries()[2].status, 401);
        QCOMPARE(store.entries()[2].duration.count(), std::int64_t(2910));
        QVERIFY(store.entries()[2].sentAt == entry("", 0).sentAt);
    }

    void keepsTheNewestOnly()
    {
        HistoryStore store{QString()};
        for (int i = 0; i < HistoryStore::capacity + 5; ++i)
            store.add(entry("/" + std::to_string(i), 200));
        QCOMPARE(store.entries().size(), std::size_t(HistoryStore::capacity));
        QCOMPARE(store.entries().back().url, std::string("/5"));
    }

    void clears()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("history.sqlite"));
        {
            HistoryStore store(file);
            QSignalSpy loaded(&store, &HistoryStore::changed);
            QTRY_COMPARE(loaded.count(), 1);
            store.add(entry("/a", 200));
            store.clear();
            QVERIFY(store.entries().empty());
        }
        HistoryStore store(file);
        QSignalSpy loaded(&store, &HistoryStore::changed);
        QTRY_COMPARE(loaded.count(), 1);
        QVERIFY(store.entries().empty());
    }

    void saysWhenTheFileIsUnusableAndGoesOn()
    {
        const QTemporaryDir folder;
        HistoryStore store(folder.filePath(QStringLiteral("no/such/folder/history.sqlite")));
        QSignalSpy failed(&store, &HistoryStore::failed);
        QTRY_COMPARE(failed.count(), 1);
        store.add(entry("/a", 200));
        QCOMPARE(store.entries().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(HistoryStoreTest)
#include "tst_historystore.moc"
