// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/bodyfilter.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestBodyFilter final : public QObject
{
    Q_OBJECT

private slots:
    void filters_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("matches");
        QTest::addColumn<QString>("text");
        QTest::newRow("values") << QStringLiteral("$.a[*].id") << 2 << QStringLiteral("[1,2]");
        QTest::newRow("blanks around it") << QStringLiteral("  $.a[0] ") << 1 << QStringLiteral("[{\"id\":1}]");
        QTest::newRow("nothing") << QStringLiteral("$.b") << 0 << QStringLiteral("[]");
    }

    void filters()
    {
        QFETCH(QString, path);
        const auto body = document::parseJson(R"({"a":[{"id":1},{"id":2}]})");
        const FilteredBody filtered = filterBody(*body, path);
        QCOMPARE(filtered.error, QString());
        QTEST(filtered.matches, "matches");
        QTEST(filtered.text.simplified().remove(QLatin1Char(' ')), "text");
    }

    void errors_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("error");
        QTest::newRow("no path") << QStringLiteral("accounts")
                                 << QStringLiteral("A JSONPath begins with $, for example $.accounts[*].id");
        QTest::newRow("half a path") << QStringLiteral("$.") << QStringLiteral("The path is not finished");
        QTest::newRow("a slip") << QStringLiteral("$.a[x]") << QStringLiteral("The path cannot be read from x] on");
        QTest::newRow("a function")
            << QStringLiteral("$[?match(@, 'a')]")
            << QStringLiteral("There is no function match() here: length(), count() and value() are known");
    }

    void errors()
    {
        QFETCH(QString, path);
        const FilteredBody filtered = filterBody(document::Value(), path);
        QTEST(filtered.error, "error");
        QVERIFY(filtered.text.isEmpty());
    }

    void manyAreCut()
    {
        const FilteredBody filtered =
            filterBody(document::Value(document::Array(20'000, document::Value(1))), QStringLiteral("$[*]"));
        QVERIFY(filtered.isCut);
        QCOMPARE(filtered.matches, mostMatches);
    }
};

QTEST_GUILESS_MAIN(TestBodyFilter)
#include "tst_bodyfilter.moc"
