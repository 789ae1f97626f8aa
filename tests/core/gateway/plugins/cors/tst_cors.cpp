// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestCors : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void allowsOrigins_data();
    void allowsOrigins();
    void alternativesAreOpenEnded();
    void answersPreflights_data();
    void answersPreflights();
    void addsToResponses();
    void anEmptyOriginBreaksKong();
    void explains_data();
    void explains();
};

namespace {

std::string withCors(const std::string& config)
{
    return documentOf(R"({"name": "cors", "config": )" + config + "}");
}

Passage passed(const std::string& config, const Sent& sent, bool traced = false, Conduct conduct = Conduct::Kong)
{
    return {snapshotOf(withCors(config), conduct), sent, traced};
}

Sent preflight(const std::string& origin, const std::string& method, const std::string& headers = {})
{
    Sent sent{.method = "OPTIONS",
              .target = "/r",
              .headers = {{"Origin", origin}, {"Access-Control-Request-Method", method}}};
    if (!headers.empty())
        sent.headers.emplace_back("Access-Control-Request-Headers", headers);
    return sent;
}

} // namespace

void TestCors::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no expression") << R"({"origins": ["*.test"]})"
                                   << "'*.test' is not a valid regex";
    QTest::newRow("unknown method") << R"({"methods": ["BREW"]})"
                                    << "expected one of: GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS, TRACE, CONNECT";
    QTest::newRow("text for a list") << R"({"headers": "a"})"
                                     << "expected an array";
    QTest::newRow("all") << R"({"origins": ["*"]})"
                         << "";
    QTest::newRow("nothing") << "{}"
                             << "";
}

void TestCors::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(withCors(config.toStdString())));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

/// kong-plugins.md J1: what is answered to each origin; "-" is nothing.
void TestCors::allowsOrigins_data()
{
    QTest::addColumn<QString>("origins");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("allowed");
    const auto row = [](const char* name, const char* origins, const char* origin, const char* allowed) {
        QTest::newRow(name) << origins << origin << allowed;
    };
    row("a single literal is always answered", R"(["foo.test"])", "http://x.test", "foo.test");
    row("host", R"(["foo\\.test"])", "http://foo.test", "http://foo.test");
    row("host, usual port", R"(["foo\\.test"])", "http://foo.test:80", "http://foo.test");
    row("host, other port", R"(["foo\\.test"])", "https://foo.test:8000", "https://foo.test:8000");
    row("host, name before", R"(["foo\\.test"])", "http://something.foo.test", "-");
    row("host, letters before", R"(["foo\\.test"])", "http://evilfoo.test", "-");
    row("host, name behind", R"(["foo\\.test"])", "http://foo.test.evil.test", "-");
    row("with port", R"(["(.*[./])?foo\\.test:8000"])", "https://foo.test:8000", "https://foo.test:8000");
    row("with port, without", R"(["(.*[./])?foo\\.test:8000"])", "http://foo.test", "-");
    row("anchored", R"(["^http://(.*[.])?foo\\.test(:(80|90))?$"])", "http://foo.test:90", "http://foo.test:90");
    row("anchored, other scheme", R"(["^http://(.*[.])?foo\\.test(:(80|90))?$"])", "https://foo.test:8000", "-");
    row("two hosts", R"(["foo.test", "bar.test"])", "http://foo.test", "-");
    row("two origins", R"(["http://foo.test", "https://bar.test:1234"])", "https://bar.test:1234",
        "https://bar.test:1234");
    row("null is literal", R"(["null", "https://a.test"])", "null", "null");
    row("user in front", R"(["http://foo.test", "http://bar.test"])", "http://foo.test@evil.test", "-");
    row("brackets make an expression", R"(["http://[::1]:3000", "http://a.test"])", "http://[::1]:3000", "-");
}

void TestCors::allowsOrigins()
{
    QFETCH(QString, origins);
    QFETCH(QString, origin);
    QFETCH(QString, allowed);
    const auto passage = passed(R"({"origins": )" + origins.toStdString() + "}",
                                {.target = "/r", .headers = {{"Origin", origin.toStdString()}}});
    const auto value = passage.exchange.response.headers.find("Access-Control-Allow-Origin");
    QCOMPARE(QString::fromStdString(std::string(value.value_or("-"))), allowed);
    QCOMPARE(passage.exchange.response.headers.value("Vary"), std::string_view("Origin"));
}

void TestCors::alternativesAreOpenEnded()
{
    const std::string config = R"({"origins": ["foo\\.test|bar\\.test"]})";
    const Sent sent{.target = "/r", .headers = {{"Origin", "http://foo.test.evil.test"}}};
    const auto leniently = passed(config, sent, true);
    QVERIFY(leniently.exchange.response.headers.contains("Access-Control-Allow-Origin"));
    QCOMPARE(explanationOf(leniently, "cors").checks.front().quirk, std::string("cors.quirk.open-end"));
    const auto strictly = passed(config, sent, false, Conduct::Strict);
    QVERIFY(!strictly.exchange.response.headers.contains("Access-Control-Allow-Origin"));
}

void TestCors::answersPreflights_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    const QString everything = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT";
    QTest::newRow("methods") << "{}"
                             << "Access-Control-Allow-Methods" << everything;
    QTest::newRow("no methods") << R"({"methods": null})"
                                << "Access-Control-Allow-Methods" << everything;
    QTest::newRow("two methods") << R"({"methods": ["GET", "PUT"]})"
                                 << "Access-Control-Allow-Methods"
                                 << "GET,PUT";
    QTest::newRow("asked headers") << "{}"
                                   << "Access-Control-Allow-Headers"
                                   << "X-A, x-b";
    QTest::newRow("own headers") << R"({"headers": ["X-One", "X-Two"]})"
                                 << "Access-Control-Allow-Headers"
                                 << "X-One,X-Two";
    QTest::newRow("age") << R"({"max_age": 600})"
                         << "Access-Control-Max-Age"
                         << "600";
    QTest::newRow("half a second") << R"({"max_age": 0.5})"
                                   << "Access-Control-Max-Age"
                                   << "0.5";
    QTest::newRow("credentials") << R"({"credentials": true})"
                                 << "Access-Control-Allow-Origin"
                                 << "https://a.test";
    QTest::newRow("not exposed") << R"({"exposed_headers": ["X-Out"]})"
                                 << "Access-Control-Expose-Headers"
                                 << "";
}

void TestCors::answersPreflights()
{
    QFETCH(QString, config);
    QFETCH(QString, header);
    QFETCH(QString, value);
    const auto passage = passed(config.toStdString(), preflight("https://a.test", "PUT", "X-A, x-b"));
    QCOMPARE(passage.status(), 200);
    QVERIFY(passage.answer && passage.body().empty());
    QCOMPARE(QString::fromStdString(passage.exchange.response.headers.joined(header.toStdString())), value);
}

void TestCors::addsToResponses()
{
    const auto passage = passed(R"({"origins": ["*"], "credentials": true, "exposed_headers": ["A", "B"]})",
                                {.target = "/r", .headers = {{"Origin", "https://a.test"}}});
    const http::HeaderMap& headers = passage.exchange.response.headers;
    QCOMPARE(headers.value("Access-Control-Allow-Origin"), std::string_view("https://a.test"));
    QCOMPARE(headers.value("Access-Control-Allow-Credentials"), std::string_view("true"));
    QCOMPARE(headers.value("Access-Control-Expose-Headers"), std::string_view("A,B"));
    QCOMPARE(headers.value("Vary"), std::string_view("Origin"));
    const auto continued = passed(R"({"preflight_continue": true})", preflight("https://a.test", "PUT"));
    QVERIFY(continued.isProxied());
    QVERIFY(!continued.exchange.response.headers.contains("Access-Control-Allow-Origin"));
}

void TestCors::anEmptyOriginBreaksKong()
{
    const std::string config = R"({"origins": ["https://a.test", "https://b.test"]})";
    const Sent sent{.target = "/r", .headers = {{"Origin", ""}}};
    QCOMPARE(passed(config, sent).exchange.response.status, hangUpStatus);
    QCOMPARE(passed(config, sent, false, Conduct::Strict).exchange.response.status, 200);
}

void TestCors::explains_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("headers");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("other origin") << "https://c.test"
                                  << "GET"
                                  << ""
                                  << "cors.other-origin.title"
                                  << "/config/origins/-";
    QTest::newRow("other method") << "https://a.test"
                                  << "PUT"
                                  << ""
                                  << "cors.other-method.title"
                                  << "/config/methods/-";
    QTest::newRow("other header") << "https://a.test"
                                  << "POST"
                                  << "x-one, X-Two"
                                  << "cors.other-header.title"
                                  << "/config/headers/-";
}

void TestCors::explains()
{
    QFETCH(QString, origin);
    QFETCH(QString, method);
    QFETCH(QString, headers);
    QFETCH(QString, title);
    QFETCH(QString, pointer);
    const auto passage =
        passed(R"({"origins": ["https://a.test", "https://b.test"], "methods": ["GET"], "headers": ["X-One"]})",
               preflight(origin.toStdString(), method.toStdString(), headers.toStdString()), true);
    const Explanation explanation = explanationOf(passage, "cors");
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QVERIFY(QString::fromStdString(findRepair<SetField>(explanation)->pointer).endsWith(pointer));
}

QTEST_APPLESS_MAIN(TestCors)
#include "tst_cors.moc"
