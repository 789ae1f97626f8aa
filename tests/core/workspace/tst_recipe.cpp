// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/recipe.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::workspace;

class RecipeTest final : public QObject
{
    Q_OBJECT

private slots:
    void readsRelativeTimes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("now") << "now" << true << qint64(0);
        QTest::newRow("seconds without a unit") << "now+60" << true << qint64(60);
        QTest::newRow("minutes") << "now+10m" << true << qint64(600);
        QTest::newRow("past") << "now-1h" << true << qint64(-3600);
        QTest::newRow("compound") << "now+1h30m" << true << qint64(5400);
        QTest::newRow("two terms") << "now+1d-1s" << true << qint64(86399);
        QTest::newRow("weeks") << "now+2w" << true << qint64(1209600);
        QTest::newRow("no sign") << "now10" << false << qint64(0);
        QTest::newRow("no number") << "now+" << false << qint64(0);
        QTest::newRow("unknown unit") << "now+1y" << false << qint64(0);
        QTest::newRow("other text") << "nowhere" << false << qint64(0);
        QTest::newRow("too far for a sum") << "now+99999999999999999999w" << false << qint64(0);
    }

    void readsRelativeTimes()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        QFETCH(qint64, seconds);
        const auto shift = parseRelativeTime(text.toStdString());
        QCOMPARE(shift.has_value(), valid);
        if (shift)
            QCOMPARE(qint64(*shift), seconds);
    }

    void expandsOnlyTheTimes()
    {
        const auto expanded = expandRelativeTimes(
            "{ \"iat\":\"now\",\n \"exp\" : \"now+10m\", \"n\": 1.0, \"note\": \"now or never\" }", 1000);
        CLAIMSMITH_VERIFY_RESULT(expanded);
        QCOMPARE(*expanded, std::string("{ \"iat\":1000,\n \"exp\" : 1600, \"n\": 1.0, \"note\": \"now or never\" }"));
    }

    void refusesTextThatIsNotJson()
    {
        const auto expanded = expandRelativeTimes("{\"iat\": now}", 1000);
        QVERIFY(!expanded);
        QCOMPARE(expanded.error().place.column, std::size_t(9));
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "tst_recipe.moc"
