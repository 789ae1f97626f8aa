// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entitymodel.h"
#include "panels/gateway/entitytree.h"
#include "support/testing.h"

#include <QAbstractItemModelTester>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string head = "_format_version: \"3.0\"\n";

std::string service(const std::string& name, const std::string& more = {})
{
    return "- name: " + name + "\n  url: http://localhost:3000\n" + more;
}

const std::string guarded = "  routes:\n  - name: api\n    paths: [/api]\n    plugins:\n    - name: jwt\n";

void show(EntityModel& model, const std::string& text)
{
    model.setTree(buildEntityTree(readConfig(text)));
}

/// The tree as text: two blanks a level, "label detail".
QStringList dump(const QAbstractItemModel& model, const QModelIndex& parent = {}, int level = 0)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString detail = index.data(EntityModel::DetailRole).toString();
        lines += QString(2 * level, u' ') + index.data().toString() + (detail.isEmpty() ? detail : u' ' + detail);
        lines += dump(model, index, level + 1);
    }
    return lines;
}

} // namespace

class TestEntityModel final : public QObject
{
    Q_OBJECT

private slots:
    void showsTheFile()
    {
        EntityModel model;
        QAbstractItemModelTester tester(&model);
        show(model, head + "services:\n" + service("a", guarded) + "consumers:\n- username: bob\n");
        QCOMPARE(dump(model),
                 (QStringList{QStringLiteral("Services"), QStringLiteral("  a :3000"), QStringLiteral("    api /api"),
                              QStringLiteral("      jwt"), QStringLiteral("Global plugins"),
                              QStringLiteral("Consumers"), QStringLiteral("  bob")}));
        QCOMPARE(model.index(0, 0).data(EntityModel::CountRole).toInt(), 1);
        QVERIFY(model.index(0, 0).data(EntityModel::HeadingRole).toBool());
    }

    void followsChanges_data()
    {
        QTest::addColumn<std::string>("before");
        QTest::addColumn<std::string>("after");
        const std::string services = head + "services:\n";
        QTest::newRow("an empty file is filled") << head << services + service("a", guarded);
        QTest::newRow("everything goes") << services + service("a", guarded) << head;
        QTest::newRow("one more at the end") << services + service("a") << services + service("a") + service("b");
        QTest::newRow("one more in front") << services + service("b") << services + service("a") + service("b");
        QTest::newRow("one less in the middle")
            << services + service("a") + service("b") + service("c") << services + service("a") + service("c");
        QTest::newRow("another order") << services + service("a", guarded) + service("b")
                                       << services + service("b") + service("a", guarded);
        QTest::newRow("another name") << services + service("a", guarded) << services + service("z", guarded);
        QTest::newRow("children come") << services + service("a") << services + service("a", guarded);
        QTest::newRow("children go") << services + service("a", guarded) << services + service("a");
        QTest::newRow("another kind comes")
            << services + service("a") << services + service("a") + "upstreams:\n- name: u\n";
    }
    /// A tree that was changed step by step is the tree that is made anew.
    void followsChanges()
    {
        QFETCH(std::string, before);
        QFETCH(std::string, after);
        EntityModel model;
        QAbstractItemModelTester tester(&model);
        show(model, before);
        show(model, after);
        EntityModel fresh;
        show(fresh, after);
        QCOMPARE(dump(model), dump(fresh));
    }

    void keepsLinesThatStay()
    {
        EntityModel model;
        QAbstractItemModelTester tester(&model);
        show(model, head + "services:\n" + service("a", guarded) + service("b"));
        const QPersistentModelIndex jwt = model.indexOf("/services/0/routes/0/plugins/0");
        const QPersistentModelIndex b = model.indexOf("/services/1");
        QVERIFY(jwt.isValid() && b.isValid());
        show(model, head + "services:\n" + service("new") + service("a", guarded) + service("b"));
        QVERIFY(jwt.isValid());
        QCOMPARE(jwt.data(EntityModel::PointerRole).toString(), QStringLiteral("/services/1/routes/0/plugins/0"));
        QCOMPARE(b.data(EntityModel::PointerRole).toString(), QStringLiteral("/services/2"));
    }

    void findsByPointer()
    {
        EntityModel model;
        show(model, head + "services:\n" + service("a", guarded));
        QCOMPARE(model.indexOf("/services/0/routes/0").data().toString(), QStringLiteral("api"));
        QVERIFY(!model.indexOf("/services/7").isValid());
        QVERIFY(!model.nodeAt({}));
        QCOMPARE(model.nodeAt(model.indexOf("/services/0"))->type, std::string("services"));
    }
};

QTEST_GUILESS_MAIN(TestEntityModel)
#include "tst_entitymodel.moc"
