// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/claimtable.h"

#include "support/testing.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>

using namespace claimsmith::app;

namespace {

ClaimRow row(const char* name, const char* json, std::vector<ClaimAction> actions = {})
{
    return {QString::fromUtf8(name),
            QString::fromUtf8(json),
            {ClaimMeaning::Kind::Custom, QStringLiteral("Custom claim"), {}},
            false,
            std::move(actions)};
}

std::vector<ClaimRow> threeRows()
{
    return {row("sub", "\"u-4821\""), row("roles", "[\"user\"]"),
            row("exp", "1795441308", {ClaimAction::InTenMinutes, ClaimAction::InOneHour})};
}

QString dump(const ClaimModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines += model.index(row, 0).data().toString() + QStringLiteral(" = ") + model.index(row, 1).data().toString();
    return lines.join(u'\n');
}

} // namespace

class TestClaimTable final : public QObject
{
    Q_OBJECT

private slots:
    void modelKeepsItsContract()
    {
        ClaimModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(threeRows());
        QCOMPARE(dump(model), QStringLiteral("sub = u-4821\nroles = [\"user\"]\nexp = 1795441308"));
        auto rows = threeRows();
        rows.erase(rows.begin());
        model.setRows(rows);
        QCOMPARE(dump(model), QStringLiteral("roles = [\"user\"]\nexp = 1795441308"));
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aChangedValueIsNoReset()
    {
        ClaimModel model;
        model.setRows(threeRows());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        auto rows = threeRows();
        rows[2].json = QStringLiteral("1795441309");
        model.setRows(rows);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
    }

    void typedValues_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("json");
        QTest::newRow("number") << "1.50"
                                << "1.50";
        QTest::newRow("word") << "Ada"
                              << "\"Ada\"";
        QTest::newRow("quoted number is a string") << "\"42\""
                                                   << "\"42\"";
        QTest::newRow("array") << "[\"a\", 1]"
                               << "[\"a\", 1]";
        QTest::newRow("broken array is a string") << "[\"a\""
                                                  << "\"[\\\"a\\\"\"";
        QTest::newRow("boolean") << "true"
                                 << "true";
        QTest::newRow("nothing") << ""
                                 << "\"\"";
    }
    void typedValues()
    {
        QFETCH(QString, typed);
        QTEST(jsonFromTyped(typed), "json");
    }

    void editingIsLossless_data()
    {
        QTest::addColumn<QString>("json");
        for (const char* json :
             {"\"Ada\"", "\"42\"", "\"true\"", "42", "1.0", "[1]", "null", "\"\"", "\"a\\\"b\"", "\" x\""})
            QTest::newRow(json) << QString::fromUtf8(json);
    }
    void editingIsLossless()
    {
        QFETCH(QString, json);
        QCOMPARE(jsonFromTyped(editableValue(json)), json);
    }

    void edits()
    {
        ClaimModel model;
        model.setRows(threeRows());
        QSignalSpy renamed(&model, &ClaimModel::renamed);
        QSignalSpy typed(&model, &ClaimModel::valueTyped);
        QVERIFY(model.setData(model.index(0, ClaimModel::NameColumn), QStringLiteral("jti"), Qt::EditRole));
        QVERIFY(model.setData(model.index(2, ClaimModel::ValueColumn), QStringLiteral("7"), Qt::EditRole));
        QVERIFY(model.setData(model.index(2, ClaimModel::ValueColumn), QStringLiteral("1795441308"), Qt::EditRole));
        QVERIFY(!model.setData(model.index(0, ClaimModel::MeaningColumn), QStringLiteral("x"), Qt::EditRole));
        QCOMPARE(renamed, (QList<QVariantList>{{0, QStringLiteral("jti")}}));
        QCOMPARE(typed, (QList<QVariantList>{{2, QStringLiteral("7")}}));
    }

    void quickButtonsAreClicked()
    {
        ClaimTable table;
        table.resize(452, 200);
        table.setRows(threeRows());
        table.show();
        QSignalSpy triggered(&table, &ClaimTable::actionTriggered);
        const QModelIndex meaning = table.model()->index(2, ClaimModel::MeaningColumn);
        const QRect button = ClaimDelegate::buttonRect(table.visualRect(meaning), table.claims().rows()[2].actions, 1);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(triggered.count(), 1);
        QCOMPARE(triggered.at(0).at(0).toInt(), 2);
        QCOMPARE(triggered.at(0).at(1).value<ClaimAction>(), ClaimAction::InOneHour);
    }

    void keyboard()
    {
        ClaimTable table;
        table.setRows(threeRows());
        table.show();
        table.setCurrentIndex(table.model()->index(0, ClaimModel::ValueColumn));
        QSignalSpy typed(&table, &ClaimTable::valueTyped);
        QTest::keyClick(&table, Qt::Key_F2);
        auto* editor = table.findChild<QLineEdit*>();
        QVERIFY(editor);
        QVERIFY(!editor->accessibleName().isEmpty());
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("bob"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(typed, (QList<QVariantList>{{0, QStringLiteral("bob")}}));
        QSignalSpy removed(&table, &ClaimTable::removed);
        QTest::keyClick(&table, Qt::Key_Delete);
        QCOMPARE(removed, (QList<QVariantList>{{0}}));
    }

    void selectionFollowsTheClaim()
    {
        ClaimTable table;
        table.setRows(threeRows());
        table.setCurrentIndex(table.model()->index(2, ClaimModel::ValueColumn));
        auto rows = threeRows();
        rows.erase(rows.begin());
        table.setRows(rows);
        QCOMPARE(table.currentIndex().row(), 1);
    }
};

QTEST_MAIN(TestClaimTable)
#include "tst_claimtable.moc"
