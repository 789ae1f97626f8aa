// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requesturl.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;
using workspace::Request;
using workspace::Row;

namespace {

Request request(std::string url, std::vector<Row> params = {})
{
    Request made;
    made.url = std::move(url);
    made.params = std::move(params);
    return made;
}

std::string dump(const std::vector<Row>& rows)
{
    std::string text;
    for (const Row& row : rows)
        text += (row.enabled ? "" : "-") + row.name + "=" + row.value + ";";
    return text;
}

} // namespace

class TestRequestUrl : public QObject
{
    Q_OBJECT

private slots:
    void rowsOfTheTypedUrl_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<std::string>("rows");
        const auto row = [](const char* name, const char* url, const char* rows) {
            QTest::newRow(name) << std::string(url) << std::string(rows);
        };
        row("none", "http://h/p", "");
        row("decoded", "http://h/?a=1&b=x%20y+z", "a=1;b=x y z;");
        row("without a value", "http://h/?flag&a=", "flag=;a=;");
        row("fragment is no part", "http://h/?a=1#top?b=2", "a=1;");
        row("question mark in a reference", "{{base?}}/x?a={{b=c&d}}", "a={{b=c&d}};");
    }

    void rowsOfTheTypedUrl()
    {
        QFETCH(std::string, url);
        QTEST(dump(paramRows(request(url))), "rows");
    }

    void parametersThatAreOnShowInTheField()
    {
        const auto both = request("http://h/p?a=1#f", {{true, "b c", "x&y={{v v}}", ""}, {false, "off", "1", ""}});
        QCOMPARE(displayedUrl(both), std::string("http://h/p?a=1&b%20c=x%26y={{v v}}#f"));
        QCOMPARE(dump(paramRows(both)), std::string("a=1;b c=x&y={{v v}};-off=1;"));
    }

    void typingKeepsWhatIsOff()
    {
        const auto typed =
            withDisplayedUrl(request("http://h/", {{true, "a", "1", ""}, {false, "b", "2", ""}}), "http://h/?c");
        QCOMPARE(typed.url, std::string("http://h/?c"));
        QCOMPARE(dump(typed.params), std::string("-b=2;"));
    }

    void editingARowKeepsTheBytesOfTheOthers()
    {
        const auto before = request("{{gateway}}/p?flag&a=%7e&a=2#f");
        auto rows = paramRows(before);
        rows[2].value = std::string(1, '3'); // GCC 12 warns about a short literal here
        QCOMPARE(withParamRows(before, rows).url, std::string("{{gateway}}/p?flag&a=%7e&a=3#f"));
        QCOMPARE(withParamRows(before, paramRows(before)).url, before.url);
    }

    void switchingARowOffAndOnAgain()
    {
        auto now = request("http://h/?a=1");
        auto rows = paramRows(now);
        rows[0].enabled = false;
        now = withParamRows(now, rows);
        QCOMPARE(now.url, std::string("http://h/"));
        QCOMPARE(dump(now.params), std::string("-a=1;"));
        rows = paramRows(now);
        rows[0].enabled = true;
        now = withParamRows(now, rows);
        QCOMPARE(now.url, std::string("http://h/?a=1"));
        QVERIFY(now.params.empty());
    }
};

QTEST_GUILESS_MAIN(TestRequestUrl)
#include "tst_requesturl.moc"
