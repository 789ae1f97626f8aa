// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/chiplistedit.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace claimsmith::app;

class TestChipListEdit final : public QObject
{
    Q_OBJECT

private:
    static QStringList list(const char* words) { return QString::fromLatin1(words).split(QStringLiteral(", ")); }

    static QStringList lastOf(const QSignalSpy& spy)
    {
        return spy.isEmpty() ? QStringList() : spy.last().at(0).toStringList();
    }

private slots:
    void initTestCase() { Theme::instance().install({}); }

    void typing_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("items");
        QTest::addColumn<QString>("left");
        const QStringList before = list("authorization");
        QTest::newRow("enter adds") << "x-token\r" << list("authorization, x-token") << "";
        QTest::newRow("comma adds") << "a,b," << list("authorization, a, b") << "";
        QTest::newRow("spaces around are dropped") << "  a \r" << list("authorization, a") << "";
        QTest::newRow("twice is once") << "authorization\r" << before << "";
        QTest::newRow("backspace marks before it removes") << "\b" << before << "";
        QTest::newRow("backspace twice removes") << "\b\b" << QStringList() << "";
    }

    void typing()
    {
        QFETCH(QString, typed);
        ChipListEdit edit;
        edit.setItems({QStringLiteral("authorization")});
        for (const QChar key : typed) {
            if (key == QLatin1Char('\r'))
                QTest::keyClick(edit.lineEdit(), Qt::Key_Return);
            else if (key == QLatin1Char('\b'))
                QTest::keyClick(edit.lineEdit(), Qt::Key_Backspace);
            else
                QTest::keyClick(edit.lineEdit(), key.toLatin1());
        }
        QTEST(edit.items(), "items");
        QTEST(edit.lineEdit()->text(), "left");
    }

    void choicesRefuseOthersAndKeepThemTyped()
    {
        ChipListEdit edit;
        edit.setChoices({QStringLiteral("http"), QStringLiteral("https")}, true);
        QTest::keyClicks(edit.lineEdit(), QStringLiteral("htp"));
        QTest::keyClick(edit.lineEdit(), Qt::Key_Return);
        QVERIFY(edit.items().isEmpty());
        QCOMPARE(edit.lineEdit()->text(), QStringLiteral("htp"));
    }

    void crossRemovesUnderTheMouse()
    {
        ChipListEdit edit;
        edit.resize(300, 28);
        edit.setItems({QStringLiteral("exp"), QStringLiteral("nbf")});
        QSignalSpy spy(&edit, &ChipListEdit::edited);
        const QSize first = sizeOf(Chip{QStringLiteral("exp"), Tone::Neutral, {}, true, true});
        QTest::mouseClick(&edit, Qt::LeftButton, {}, chipCloseRect(QRect(QPoint(4, 4), first)).center());
        QCOMPARE(lastOf(spy), QStringList{QStringLiteral("nbf")});
    }

    void altArrowMovesTheMarkedOne()
    {
        ChipListEdit edit;
        edit.setItems({QStringLiteral("a"), QStringLiteral("b")});
        QSignalSpy spy(&edit, &ChipListEdit::edited);
        QTest::keyClick(edit.lineEdit(), Qt::Key_Left);
        QTest::keyClick(edit.lineEdit(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(lastOf(spy), (QStringList{QStringLiteral("b"), QStringLiteral("a")}));
        QCOMPARE(edit.lineEdit()->accessibleDescription(), QStringLiteral("b, selected, 1 of 2"));
    }

    void growsByRows()
    {
        ChipListEdit edit;
        QCOMPARE(edit.heightForWidth(300), 28);
        QStringList many;
        for (int i = 0; i < 12; ++i)
            many.append(QStringLiteral("header-%1").arg(i));
        edit.setItems(many);
        QVERIFY(edit.heightForWidth(300) > 3 * 24);
        QVERIFY(edit.heightForWidth(900) < edit.heightForWidth(300));
    }

    void readOnlyKeepsTheKeyboardOut()
    {
        ChipListEdit edit;
        edit.setItems({QStringLiteral("a")});
        edit.setReadOnly(true);
        QTest::keyClick(edit.lineEdit(), Qt::Key_Backspace);
        QTest::keyClick(edit.lineEdit(), Qt::Key_Backspace);
        QCOMPARE(edit.items(), QStringList{QStringLiteral("a")});
    }
};

QTEST_MAIN(TestChipListEdit)
#include "tst_chiplistedit.moc"
