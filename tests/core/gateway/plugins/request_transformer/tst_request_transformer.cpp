// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRequestTransformer : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void changesHeaders_data();
    void changesHeaders();
    void changesQuery_data();
    void changesQuery();
    void changesBody_data();
    void changesBody();
    void replacesPathAndMethod();
    void seesTheRequestAsItWas();
    void breaksAsKongDoes_data();
    void breaksAsKongDoes();
    void tracesTemplates();
};

namespace {

std::string documentWith(const std::string& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [
        {"name": "request-transformer", "config": )" +
           config + "}]}]}]}";
}

Passage pass(const std::string& config, Sent sent, bool isTraced = false)
{
    return {snapshotOf(documentWith(config)), sent, isTraced};
}

QString lines(const http::HeaderMap& headers)
{
    QString text;
    for (const http::HeaderField& field : headers)
        if (field.name != "Host" && field.name != "Content-Type")
            text +=
                QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size())) + QStringLiteral("=") +
                QString::fromUtf8(field.value.data(), static_cast<qsizetype>(field.value.size())) + QStringLiteral(";");
    return text;
}

} // namespace

void TestRequestTransformer::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("message");
    QTest::newRow("header without colon") << R"({"add": {"headers": ["x"]}})"
                                          << "invalid value: x";
    QTest::newRow("no header name") << R"({"add": {"headers": [":x"]}})"
                                    << "invalid value: :x";
    QTest::newRow("bad header name") << R"({"replace": {"headers": ["x y:1"]}})"
                                     << "'x y' is not a valid header";
    QTest::newRow("bad new header name") << R"({"rename": {"headers": ["x:y z"]}})"
                                         << "'y z' is not a valid header";
    QTest::newRow("no new header name") << R"({"rename": {"headers": ["x:"]}})"
                                        << "'' is not a valid header";
    QTest::newRow("removed header without a name") << R"({"remove": {"headers": [":x"]}})"
                                                   << "'nil' is not a valid header";
    QTest::newRow("query without value") << R"({"add": {"querystring": ["k:"]}})"
                                         << "key 'k' has no value";
    QTest::newRow("body without value") << R"({"rename": {"body": ["k"]}})"
                                        << "key 'k' has no value";
    QTest::newRow("body template that is none")
        << R"J({"add": {"body": ["k:$(user1 user2)"]}})J"
        << "value '$(user1 user2)' is not in supported format, error:[string \"TMP\"]:1: ')' expected near 'user2'";
    QTest::newRow("method") << R"({"http_method": "get"})"
                            << "invalid value: get";
    QTest::newRow("path list") << R"({"replace": {"uri": ["/x"]}})"
                               << "expected a string";
    QTest::newRow("bad header template is found later") << R"J({"add": {"headers": ["x:$(a b)"]}})J"
                                                        << "";
    QTest::newRow("number sign is no code") << R"({"add": {"body": ["colour:#ff0000"]}})"
                                            << "";
    QTest::newRow("anything can be removed from the body") << R"({"remove": {"body": [":", "$("]}})"
                                                           << "";
    QTest::newRow("nothing") << "{}"
                             << "";
}

void TestRequestTransformer::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, message);
    ConfigurationReport report;
    const auto snapshot = buildSnapshot(json(documentWith(config.toStdString())), {}, &report);
    QCOMPARE(snapshot.hasValue(), message.isEmpty());
    if (!message.isEmpty())
        QCOMPARE(QString::fromStdString(report.problems.front().message), message);
}

void TestRequestTransformer::changesHeaders_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("headers");
    QTest::newRow("add to present and missing") << R"({"add": {"headers": ["A:new", "x_c:new", "N:a:b", "E:"]}})"
                                                << "A=1;B=2;x-c=3;N=a:b;";
    QTest::newRow("remove") << R"({"remove": {"headers": ["a", "x_c", "Host"]}})"
                            << "B=2;x-c=3;";
    QTest::newRow("rename onto another") << R"({"rename": {"headers": ["a:B"]}})"
                                         << "x-c=3;B=1;";
    QTest::newRow("rename case") << R"({"rename": {"headers": ["A:a", "b:b", "B:b", "nope:B"]}})"
                                 << "x-c=3;a=1;b=2;";
    QTest::newRow("replace") << R"({"replace": {"headers": ["a:x", "n:x"]}})"
                             << "a=x;B=2;x-c=3;";
    QTest::newRow("append") << R"({"append": {"headers": ["A:y", "N:z"]}})"
                            << "B=2;x-c=3;A=1;A=y;N=z;";
    QTest::newRow("template that gives nothing") << R"J({"add": {"headers": ["N:$(headers.nope)"]}})J"
                                                 << "A=1;B=2;x-c=3;N=;";
    QTest::newRow("order")
        << R"({"append": {"headers": ["A:append"]}, "add": {"headers": ["A:add"]}, "remove": {"headers": ["A"]},
        "replace": {"headers": ["A:replace"]}, "rename": {"headers": ["B:A"]}})"
        << "x-c=3;A=replace;A=append;";
}

void TestRequestTransformer::changesHeaders()
{
    QFETCH(QString, config);
    QFETCH(QString, headers);
    const Passage passage =
        pass(config.toStdString(), {.target = "/r", .headers = {{"A", "1"}, {"B", "2"}, {"x-c", "3"}}});
    QVERIFY(passage.isProxied());
    QCOMPARE(lines(passage.exchange.upstream.headers), headers);
}

void TestRequestTransformer::changesQuery_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("query");
    const auto row = [](const char* name, const char* config, const char* target, const char* query) {
        QTest::newRow(name) << config << target << query;
    };
    row("untouched stays as sent", R"({"add": {"headers": ["A:1"]}})", "/r?b=%20x&a", "b=%20x&a");
    row("sorted and encoded", R"({"add": {"querystring": ["s:a b&c=d"]}})", "/r?z=%2F+y&b",
        "b&s=a%20b%26c%3Dd&z=%2F%20y");
    row("values of a name stay in order", R"({"append": {"querystring": ["p:z", "p:y"]}})", "/r?p=1", "p=1&p=z&p=y");
    row("append gives a flag a value", R"({"append": {"querystring": ["p:z"]}})", "/r?p", "p=z");
    row("a flag is present", R"({"add": {"querystring": ["p:z"]}, "replace": {"querystring": ["q:z"]}})", "/r?p&q",
        "p&q=z");
    row("remove all", R"({"remove": {"querystring": ["p"]}})", "/r?p=1&p=2", "<none>");
    row("rename keeps all values", R"({"rename": {"querystring": ["o:n"]}})", "/r?o=1&o=2&n=3", "n=1&n=2");
    row("rename of nothing", R"({"rename": {"querystring": ["o:n"]}})", "/r?n=3", "n=3");
    row("rename by template", R"J({"rename": {"querystring": ["o:$(query_params.to)"]}})J", "/r?o=1&to=n", "n=1&to=n");
}

void TestRequestTransformer::changesQuery()
{
    QFETCH(QString, config);
    QFETCH(QString, target);
    QFETCH(QString, query);
    const Passage passage = pass(config.toStdString(), {.target = target.toStdString()});
    QVERIFY(passage.isProxied());
    QCOMPARE(QString::fromStdString(passage.exchange.upstream.query.value_or("<none>")), query);
}

void TestRequestTransformer::changesBody_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected"); // empty: untouched
    const QString jsonType = QStringLiteral("application/json; charset=utf-8");
    const QString form = QStringLiteral("application/x-www-form-urlencoded");
    const QString multipart = QStringLiteral("multipart/form-data; boundary=XX");
    const auto row = [](const char* name, const char* config, const QString& type, const char* body,
                        const char* expected) { QTest::newRow(name) << config << type << body << expected; };
    const char* const add = R"({"add": {"body": ["b:v", "n:5"]}})";
    row("add to an object", add, jsonType, R"({"x":"/","n":false})", R"({"x":"\/","n":"5","b":"v"})");
    row("null is present", add, jsonType, R"({"b":null,"n":1})", "");
    row("digits as cjson has them", add, jsonType, R"({"f":1.50,"big":12345678901234567890})",
        R"({"f":1.5,"big":1.2345678901235e+19,"b":"v","n":"5"})");
    row("a list has no names", add, jsonType, "[1.0]", "[1]");
    row("empty body", add, jsonType, "", R"({"b":"v","n":"5"})");
    row("no JSON", add, jsonType, "{", "");
    row("names may have dots", R"({"remove": {"body": ["a.b"]}})", jsonType, R"({"a.b":1,"a":{"b":2}})",
        R"({"a":{"b":2}})");
    row("rename", R"({"rename": {"body": ["o:n"]}})", jsonType, R"({"o":{"a":1},"n":2})", R"({"n":{"a":1}})");
    row("rename of false", R"({"rename": {"body": ["o:n"]}})", jsonType, R"({"o":false})", "");
    row("replace", R"({"replace": {"body": ["r:x", "m:x"]}})", jsonType, R"({"r":[1]})", R"({"r":"x"})");
    row("append to a text", R"({"append": {"body": ["p:z"]}})", jsonType, R"({"p":"s"})", R"({"p":["s","z"]})");
    row("append to a list", R"({"append": {"body": ["p:z"]}})", jsonType, R"({"p":[1]})", R"({"p":[1,"z"]})");
    row("append to a number", R"({"append": {"body": ["p:z"]}})", jsonType, R"({"p":1})", R"({"p":["z"]})");
    row("append to an object", R"({"append": {"body": ["p:z"]}})", jsonType, R"({"p":{"a":1}})",
        R"({"p":{"a":1,"1":"z"}})");
    row("add to a form", add, form, "x=1&x=2&b=mine", "x=1&x=2&b=mine&n=5");
    row("remove from a form", R"({"remove": {"body": ["gone"]}})", form, "gone=1&stay=a+b", "stay=a%20b");
    row("remove from nothing", R"({"remove": {"body": ["gone"]}})", form, "", "");
    row("parts",
        R"({"rename": {"body": ["o:n"]}, "replace": {"body": ["r:x"]}, "add": {"body": ["a:1"]}, "append": {"body": ["q:1"]}})",
        multipart,
        "--XX\r\nContent-Disposition: form-data; name=\"o\"\r\n\r\n1\r\n--XX\r\nContent-Disposition: form-data; "
        "name=\"r\"\r\n\r\n2\r\n--XX--\r\n",
        "--XX\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--XX\r\nContent-Disposition: form-data; "
        "name=\"r\"\r\n\r\nx\r\n--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX--\r\n");
    row("other types stay", add, QStringLiteral("text/plain"), "x=1", "");
    row("the type may be set before",
        R"({"add": {"body": ["b:v"]}, "replace": {"headers": ["Content-Type:application/json"]}})",
        QStringLiteral("text/plain"), "{}", R"({"b":"v"})");
}

void TestRequestTransformer::changesBody()
{
    QFETCH(QString, config);
    QFETCH(QString, type);
    QFETCH(QString, body);
    QFETCH(QString, expected);
    const Passage passage = pass(config.toStdString(), {.method = "POST",
                                                        .target = "/r",
                                                        .headers = {{"Content-Type", type.toStdString()}},
                                                        .body = body.toStdString()});
    QVERIFY(passage.isProxied());
    QCOMPARE(QString::fromStdString(passage.exchange.upstream.body.value_or("")), expected);
}

void TestRequestTransformer::replacesPathAndMethod()
{
    const Passage passage = pass(
        R"J({"http_method": "GET", "replace": {"uri": "/p/$(headers['x-seg'])", "headers": ["host:other.test"]}})J",
        {.method = "POST",
         .target = "/r/x?q=1",
         .headers = {{"X-Seg", "\xc3\xa9 ?#"}, {"Content-Type", "application/x-www-form-urlencoded"}},
         .body = "b=2&q=3"});
    const UpstreamRequest& upstream = passage.exchange.upstream;
    QCOMPARE(upstream.path, std::string("/p/%C3%A9%20?#"));
    QCOMPARE(upstream.method, std::string("GET"));
    QCOMPARE(*upstream.query, std::string("b=2&q=1&q=3"));
    QCOMPARE(*upstream.hostHeader, std::string("other.test"));
    QVERIFY(!upstream.body);
}

void TestRequestTransformer::seesTheRequestAsItWas()
{
    const Passage passage = pass(
        R"J({"rename": {"headers": ["a:b"]}, "add": {"headers": ["c:$(headers.a)$(headers.b)"], "querystring": ["d:$(headers.a)"]}})J",
        {.target = "/r", .headers = {{"a", "1"}}});
    QCOMPARE(passage.sentUpstream("c"), std::string("1"));
    QCOMPARE(*passage.exchange.upstream.query, std::string("d=1"));
}

void TestRequestTransformer::breaksAsKongDoes_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("cause");
    QTest::newRow("expression") << R"J({"add": {"headers": ["x:$(headers.a.b)"]}})J"
                                << "request-transformer.template-failed.title";
    QTest::newRow("library") << R"J({"add": {"headers": ["x:$(string.upper('x'))"]}})J"
                             << "request-transformer.template-failed.title";
    QTest::newRow("syntax") << R"J({"add": {"headers": ["x:$(a b)"]}})J"
                            << "request-transformer.template-failed.title";
    QTest::newRow("path without slash") << R"J({"replace": {"uri": "$(headers.nope)"}})J"
                                        << "request-transformer.bad-path.title";
    QTest::newRow("method") << R"({"http_method": "FETCH"})"
                            << "request-transformer.bad-method.title";
    QTest::newRow("JSON that has no members") << R"({"remove": {"body": ["a"]}})"
                                              << "request-transformer.bad-body.title";
    QTest::newRow("entry without a name") << R"({"remove": {"querystring": [":x"]}})"
                                          << "plugin.failed.title";
}

void TestRequestTransformer::breaksAsKongDoes()
{
    QFETCH(QString, config);
    QFETCH(QString, cause);
    const Passage passage =
        pass(config.toStdString(),
             {.method = "POST", .target = "/r", .headers = {{"Content-Type", "application/json"}}, .body = "5"}, true);
    QCOMPARE(passage.status(), 500);
    QCOMPARE(*json(passage.body()).findString("message"), std::string("An unexpected error occurred"));
    const Explanation explanation = explain(*passage.exchange.trace, *passage.exchange.snapshot);
    QCOMPARE(QString::fromStdString(explanation.title.id), cause);
    QCOMPARE(explanation.repairs.size(), std::size_t(1));
}

void TestRequestTransformer::tracesTemplates()
{
    const Passage passage = pass(R"J({"add": {"headers": ["plain:1", "x-bank:$(headers['bank'])"]}})J",
                                 {.target = "/r", .headers = {{"bank", "great-discount"}}}, true);
    const auto step = std::ranges::find(passage.exchange.trace->steps, std::string("request-transformer"), &Step::name);
    QVERIFY(step != passage.exchange.trace->steps.end());
    QCOMPARE(step->findings.size(), std::size_t(1));
    QCOMPARE(step->findings.front().expected, std::string("$(headers['bank'])"));
    QCOMPARE(step->findings.front().found, std::string("great-discount"));
    QCOMPARE(step->findings.front().pointer, std::string("/services/0/routes/0/plugins/0/config/add/headers/1"));
    QCOMPARE(step->requestChanges.size(), std::size_t(2));
}

QTEST_APPLESS_MAIN(TestRequestTransformer)
#include "tst_request_transformer.moc"
