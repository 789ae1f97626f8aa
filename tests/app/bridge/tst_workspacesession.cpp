// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/workspacesession.h"

#include "support/testing.h"
#include "workspace/storage.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

workspace::Workspace sample()
{
    workspace::Workspace workspace;
    workspace.id = "0a000000-0000-4000-8000-000000000001";
    workspace.name = "sample";
    workspace::Folder folder;
    folder.id = "0a000000-0000-4000-8000-000000000002";
    folder.name = "api";
    workspace::Request request;
    request.id = "0a000000-0000-4000-8000-000000000003";
    request.name = "Call";
    request.url = "/api";
    folder.requests.push_back(request);
    workspace.folders.push_back(folder);
    workspace.kongYml = "_format_version: \"3.0\"\n";
    return workspace;
}

} // namespace

class WorkspaceSessionTest final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir->filePath(QStringLiteral("settings")));
        m_folder = m_dir->filePath(QStringLiteral("workspace"));
        CLAIMSMITH_VERIFY_RESULT(workspace::Storage::create(m_folder.toStdString(), sample()));
    }

    void cleanup() { m_dir.reset(); }

    void savesAnEditByItself()
    {
        WorkspaceSession session;
        CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
        QSignalSpy saved(&session, &WorkspaceSession::saved);
        workspace::Request request = session.workspace().folders[0].requests[0];
        request.url = "/changed";
        session.putRequest(request);
        QVERIFY(session.hasUnsavedEdits());
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(!session.hasUnsavedEdits());
        const auto again = workspace::Storage::open(m_folder.toStdString());
        CLAIMSMITH_VERIFY_RESULT(again);
        QCOMPARE(again->workspace().folders[0].requests[0].url, std::string("/changed"));
    }

    void savesAtTheEndWhatIsNotSavedYet()
    {
        {
            WorkspaceSession session;
            CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
            session.edit(WorkspaceSession::Part::Gateway, [](workspace::Workspace& w) { w.kongYml += "# mine\n"; });
        }
        QVERIFY(kongYml().endsWith("# mine\n"));
    }

    void readsWhatWasChangedOutside()
    {
        WorkspaceSession session;
        CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
        QSignalSpy reloaded(&session, &WorkspaceSession::reloaded);
        writeKongYml("_format_version: \"3.0\"\n# theirs\n");
        session.checkDisk();
        QTRY_COMPARE(reloaded.count(), 1);
        QCOMPARE(session.workspace().kongYml, std::string("_format_version: \"3.0\"\n# theirs\n"));
    }

    void asksWhenBothSidesChanged_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::newRow("keep mine") << true;
        QTest::newRow("take theirs") << false;
    }

    void asksWhenBothSidesChanged()
    {
        QFETCH(bool, keep);
        WorkspaceSession session;
        CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
        QSignalSpy conflict(&session, &WorkspaceSession::conflict);
        writeKongYml("# theirs\n");
        session.edit(WorkspaceSession::Part::Gateway, [](workspace::Workspace& w) { w.kongYml = "# mine\n"; });
        QTRY_COMPARE(conflict.count(), 1);
        QCOMPARE(kongYml(), QByteArray("# theirs\n"));
        if (keep) {
            session.keepMine();
            QTRY_COMPARE(kongYml(), QByteArray("# mine\n"));
        } else {
            session.takeTheirs();
            QTRY_COMPARE(session.workspace().kongYml, std::string("# theirs\n"));
            QCOMPARE(kongYml(), QByteArray("# theirs\n"));
        }
    }

    void keepsBothWhenNobodyAnswers()
    {
        {
            WorkspaceSession session;
            CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
            QSignalSpy conflict(&session, &WorkspaceSession::conflict);
            writeKongYml("# theirs\n");
            session.edit(WorkspaceSession::Part::Gateway, [](workspace::Workspace& w) { w.kongYml = "# mine\n"; });
            QTRY_COMPARE(conflict.count(), 1);
        }
        QCOMPARE(kongYml(), QByteArray("# theirs\n"));
        const QStringList copies = QDir(m_dir->path()).entryList({QStringLiteral("workspace.unsaved-*")}, QDir::Dirs);
        QCOMPARE(copies.size(), 1);
        const auto copy = workspace::Storage::open((m_dir->path() + QLatin1Char('/') + copies[0]).toStdString());
        CLAIMSMITH_VERIFY_RESULT(copy);
        QCOMPARE(copy->workspace().kongYml, std::string("# mine\n"));
    }

    void aFolderThatIsNoWorkspaceLeavesTheOpenOne()
    {
        WorkspaceSession session;
        CLAIMSMITH_VERIFY_RESULT(session.open(m_folder));
        const auto refused = session.open(m_dir->path());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode(workspace::StorageErrorCode::NotAWorkspace));
        QCOMPARE(session.folder(), m_folder);
    }

private:
    QByteArray kongYml() const
    {
        QFile file(m_folder + QStringLiteral("/gateway/kong.yml"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void writeKongYml(const QByteArray& text) const
    {
        QFile file(m_folder + QStringLiteral("/gateway/kong.yml"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
};

QTEST_GUILESS_MAIN(WorkspaceSessionTest)
#include "tst_workspacesession.moc"
