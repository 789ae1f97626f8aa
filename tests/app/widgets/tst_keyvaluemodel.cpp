// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keyvaluemodel.h"

#include "support/testing.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace claimsmith;
using namespace claimsmith::app;

class TestKeyValueModel : public QObject
{
    Q_OBJECT

private slots:
    void typingIntoTheLastRowAppendsOne()
    {
        KeyValueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy edited(&model, &KeyValueModel::edited);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.setData(model.index(0, KeyValueModel::NameColumn), QStringLiteral("Accept"), Qt::EditRole));
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.setData(model.index(0, KeyValueModel::ValueColumn), QStringLiteral("*/*"), Qt::EditRole));
        QCOMPARE(edited.count(), 2);
        QCOMPARE(model.rows(), (std::vector<workspace::Row>{{true, "Accept", "*/*", ""}}));
        QVERIFY(!model.setData(model.index(1, KeyValueModel::NameColumn), QString(), Qt::EditRole));
        QCOMPARE(model.rowCount(), 2);
    }

    void automaticRowsStandFirstAndStayAsTheyAre()
    {
        KeyValueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{true, "Accept", "*/*", ""}});
        model.setAutomaticRows({{QStringLiteral("Host"), QStringLiteral("localhost"), QStringLiteral("from URL")}});
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!(model.flags(model.index(0, KeyValueModel::ValueColumn)) & Qt::ItemIsEditable));
        QVERIFY(!model.setData(model.index(0, KeyValueModel::NameColumn), QStringLiteral("X"), Qt::EditRole));
        QVERIFY(model.setData(model.index(1, KeyValueModel::EnabledColumn), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!model.rows().front().enabled);
        model.removeRowsAt({0, 1, 2});
        QCOMPARE(model.rows().size(), std::size_t(0));
        QCOMPARE(model.rowCount(), 2);
    }

    void linesOfTextAreRows_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<bool>("enabled");
        QTest::newRow("header") << "Accept: text/html" << std::string("Accept") << std::string("text/html") << true;
        QTest::newRow("argument") << "a=b:c" << std::string("a") << std::string("b:c") << true;
        QTest::newRow("colon in the value") << "Host: h:80" << std::string("Host") << std::string("h:80") << true;
        QTest::newRow("disabled") << "# X: 1" << std::string("X") << std::string("1") << false;
        QTest::newRow("name alone") << "flag" << std::string("flag") << std::string() << true;
    }

    void linesOfTextAreRows()
    {
        QFETCH(QString, line);
        const auto rows = KeyValueModel::parseText(line + QStringLiteral("\n\n"));
        QCOMPARE(rows.size(), std::size_t(1));
        QTEST(rows[0].name, "name");
        QTEST(rows[0].value, "value");
        QTEST(rows[0].enabled, "enabled");
    }

    void pastingAndMovingKeepTheOrder()
    {
        KeyValueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{true, "a", "1", ""}, {true, "d", "4", ""}});
        model.insertText(1, QStringLiteral("b: 2\nc: 3"));
        QCOMPARE(model.textOf({0, 1, 2, 3, 4}), QStringLiteral("a: 1\nb: 2\nc: 3\nd: 4"));
        model.moveRowBy(3, -3);
        model.moveRowBy(1, 1);
        model.moveRowBy(0, -1);
        QCOMPARE(model.textOf({0, 1, 2, 3}), QStringLiteral("d: 4\nb: 2\na: 1\nc: 3"));
    }
};

QTEST_GUILESS_MAIN(TestKeyValueModel)
#include "tst_keyvaluemodel.moc"
