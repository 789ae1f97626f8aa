// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/expectation.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::runner;

namespace {

document::Value parsed(const QString& json)
{
    auto value = document::parseJson(json.toStdString());
    return value ? std::move(*value) : document::Value("not JSON: " + json.toStdString());
}

/// Each mismatch on a line: "/status: expected 200, found 401".
QString compared(const QString& pattern, const QString& found)
{
    const document::Value value = parsed(found);
    QStringList lines;
    for (const Mismatch& each : compare(parsed(pattern), found.isEmpty() ? nullptr : &value))
        lines << QString::fromStdString(each.pointer + ": " + each.expected + ", " + each.found);
    return lines.join(QLatin1Char('|'));
}

} // namespace

class ExpectationTest final : public QObject
{
    Q_OBJECT

private slots:
    void compares_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("mismatches");
        QTest::newRow("the same text") << R"("a")"
                                       << R"("a")"
                                       << "";
        QTest::newRow("another text") << R"("a")"
                                      << R"("b")"
                                      << R"(: "a", "b")";
        QTest::newRow("a number written otherwise") << "100"
                                                    << "1e2"
                                                    << "";
        QTest::newRow("numbers beyond doubles") << "9007199254740993"
                                                << "9007199254740993"
                                                << "";
        QTest::newRow("a number is no text") << "1"
                                             << R"("1")"
                                             << R"(: 1, "1")";
        QTest::newRow("members beside") << R"({"a":1})"
                                        << R"({"b":2,"a":1})"
                                        << "";
        QTest::newRow("each place that differs") << R"({"a":1,"b":{"c":true}})"
                                                 << R"({"a":2,"b":{}})"
                                                 << "/a: 1, 2|/b/c: true, ";
        QTest::newRow("absent is null") << R"({"a":null})"
                                        << "{}"
                                        << "";
        QTest::newRow("null is not a value") << R"({"a":null})"
                                             << R"({"a":0})"
                                             << "/a: nothing, 0";
        QTest::newRow("arrays have one length") << "[1]"
                                                << "[1,2]"
                                                << ": [1], [1,2]";
        QTest::newRow("elements in order") << "[1,2]"
                                           << "[2,2]"
                                           << "/0: 1, 2";
        QTest::newRow("no object") << R"({"a":1})"
                                   << "[]"
                                   << R"(: {"a":1}, [])";
        QTest::newRow("contains text") << R"({"$contains":"b"})"
                                       << R"("abc")"
                                       << "";
        QTest::newRow("contains none") << R"({"$contains":"d"})"
                                       << R"("abc")"
                                       << R"(: contains "d", "abc")";
        QTest::newRow("contains an element") << R"({"$contains":{"a":1}})"
                                             << R"([{"a":1,"b":2}])"
                                             << "";
        QTest::newRow("contains in JSON text") << "{\"$contains\":\"\\\"a\\\":1\"}"
                                               << R"({"a":1})"
                                               << "";
        QTest::newRow("nothing contains nothing") << R"({"$contains":"a"})"
                                                  << ""
                                                  << R"(: contains "a", )";
        QTest::newRow("matches") << R"({"$matches":"^a.c$"})"
                                 << R"("abc")"
                                 << "";
        QTest::newRow("does not match") << R"({"$matches":"^b"})"
                                        << R"("abc")"
                                        << R"(: matches "^b", "abc")";
        QTest::newRow("present") << R"({"a":{"$present":true}})"
                                 << R"({"a":null})"
                                 << "";
        QTest::newRow("not present") << R"({"a":{"$present":false}})"
                                     << R"({"a":1})"
                                     << "/a: present false, 1";
        QTest::newRow("not") << R"({"$not":401})"
                             << "200"
                             << "";
        QTest::newRow("not, and yet") << R"({"$not":401})"
                                      << "401"
                                      << ": not 401, 401";
        QTest::newRow("one of") << R"({"$oneOf":[200,201]})"
                                << "201"
                                << "";
        QTest::newRow("none of") << R"({"$oneOf":[200,201]})"
                                 << "404"
                                 << ": oneOf [200,201], 404";
        QTest::newRow("bounds") << R"({"$atLeast":1,"$atMost":5})"
                                << "5"
                                << "";
        QTest::newRow("out of bounds") << R"({"$atLeast":1,"$atMost":5})"
                                       << "6"
                                       << ": atMost 5, 6";
    }

    void compares()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, found);
        QFETCH(QString, mismatches);
        QCOMPARE(compared(pattern, found), mismatches);
        CLAIMSMITH_VERIFY_RESULT(checkPattern(parsed(pattern)));
    }

    void shortensWhatItShows()
    {
        const document::Value found(std::string(1000, 'x') + "é");
        const auto mismatches = compare("y", &found);
        QCOMPARE(mismatches.size(), std::size_t(1));
        QVERIFY(mismatches[0].found.size() < 400);
    }

    void refusesPatterns_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("detail");
        QTest::newRow("an unknown operator") << R"({"a":{"$is":1}})"
                                             << "/a/$is"
                                             << "$is is none of $contains, $matches, $present, $not, $oneOf, $atLeast, "
                                                "$atMost";
        QTest::newRow("a member beside an operator") << R"({"$not":1,"b":1})"
                                                     << "/b"
                                                     << "b is none of $contains, $matches, $present, $not, $oneOf, "
                                                        "$atLeast, $atMost";
        QTest::newRow("no expression") << "{\"$matches\":\"(\"}"
                                       << "/$matches"
                                       << "$matches takes a regular expression";
        QTest::newRow("no boolean") << R"({"$present":1})"
                                    << "/$present"
                                    << "$present takes true or false";
        QTest::newRow("within an operator") << R"([{"$not":{"$matches":1}}])"
                                            << "/0/$not/$matches"
                                            << "$matches takes a regular expression";
    }

    void refusesPatterns()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, pointer);
        QFETCH(QString, detail);
        const auto checked = checkPattern(parsed(pattern));
        QVERIFY(!checked);
        QCOMPARE(checked.error().place.pointer, pointer.toStdString());
        QCOMPARE(checked.error().detail, detail.toStdString());
    }
};

QTEST_GUILESS_MAIN(ExpectationTest)
#include "tst_expectation.moc"
