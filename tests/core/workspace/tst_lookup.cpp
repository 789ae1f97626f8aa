// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/lookup.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::workspace;

namespace {

Request named(const std::string& name)
{
    Request request;
    request.id = request.name = name;
    return request;
}

Workspace twoFolders()
{
    Workspace workspace;
    workspace.folders = {
        {"1", "orders", {named("list"), named("delete")}, {{"2", "admin", {named("delete /all")}, {}}}},
        {"3", "users", {named("list"), named("admin/delete")}, {}}};
    return workspace;
}

} // namespace

class LookupTest final : public QObject
{
    Q_OBJECT

private slots:
    void findsRequestsByPath_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("id");
        QTest::newRow("the whole path") << "orders/list"
                                        << "list";
        QTest::newRow("a name that is the only one") << "delete /all"
                                                     << "delete /all";
        QTest::newRow("a part of the path") << "admin/delete /all"
                                            << "delete /all";
        QTest::newRow("a slash in the name") << "users/admin/delete"
                                             << "admin/delete";
        QTest::newRow("several have the name") << "list"
                                               << "";
        QTest::newRow("the end of a name") << "elete"
                                           << "";
        QTest::newRow("none") << "orders/none"
                              << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }

    void findsRequestsByPath()
    {
        QFETCH(QString, path);
        QFETCH(QString, id);
        const Workspace workspace = twoFolders();
        const Request* found = findRequestByPath(workspace, path.toStdString());
        QCOMPARE(found ? found->id : std::string(), id.toStdString());
    }

    void findsTheFolder()
    {
        const QTemporaryDir root;
        QVERIFY(QDir(root.path()).mkpath(QStringLiteral("a/b/c")));
        QFile marker(root.filePath(QStringLiteral("a/workspace.json")));
        QVERIFY(marker.open(QIODevice::WriteOnly));
        const std::filesystem::path path = root.path().toStdString();
        QCOMPARE(findWorkspaceFolder(path / "a/b/c/file.yaml").string(), (path / "a").string());
        QCOMPARE(findWorkspaceFolder(path / "a").string(), (path / "a").string());
        QCOMPARE(findWorkspaceFolder(path / "file.yaml").string(), std::string());
    }

    void knowsTheOnlyEnvironment()
    {
        Workspace workspace;
        QCOMPARE(onlyEnvironment(workspace), std::string());
        workspace.environments = {{"1", "base", "", "", false, ""}, {"2", "local", "base", "", false, ""}};
        QCOMPARE(onlyEnvironment(workspace), std::string("local"));
        workspace.environments.push_back({"3", "stage", "base", "", false, ""});
        QCOMPARE(onlyEnvironment(workspace), std::string());
    }
};

QTEST_GUILESS_MAIN(LookupTest)
#include "tst_lookup.moc"
