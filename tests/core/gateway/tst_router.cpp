// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/requestpath.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// Paths and routes as in reference kong-core.md §3.
class TestRouter : public QObject
{
    Q_OBJECT

private slots:
    void normalises_data();
    void normalises();
    void joinsUpstreamPath_data();
    void joinsUpstreamPath();
    void encodesPath();
    void picks_data();
    void picks();
    void weighsAsKongDoes_data();
    void weighsAsKongDoes();
    void givesCaptures();
    void answersWithoutRouteOrService();
    void demandsTls_data();
    void demandsTls();
    void leavesDisabledServicesOut();
};

void TestRouter::normalises_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("normalised");
    QTest::newRow("root") << "/"
                          << "/";
    QTest::newRow("unreserved decoded") << "/f%6f%6f"
                                        << "/foo";
    QTest::newRow("reserved stays, in upper case") << "/a%2fb"
                                                   << "/a%2Fb";
    QTest::newRow("percent sign stays") << "/a%25b"
                                        << "/a%25b";
    QTest::newRow("dot segments") << "/a/b/c/./../../g"
                                  << "/a/g";
    QTest::newRow("encoded dots") << "/a/%2e%2e/b"
                                  << "/b";
    QTest::newRow("above the root") << "/../../a"
                                    << "/a";
    QTest::newRow("merged slashes") << "/a//b//"
                                    << "/a/b/";
    QTest::newRow("UTF-8") << "/endel%C3%B8st" << QString::fromUtf8("/endeløst");
    QTest::newRow("broken triplet stays") << "/a%zz%2"
                                          << "/a%zz%2";
}

void TestRouter::normalises()
{
    QFETCH(QString, path);
    QFETCH(QString, normalised);
    QCOMPARE(QString::fromStdString(normalisePath(path.toStdString())), normalised);
}

void TestRouter::joinsUpstreamPath_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("route");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("stripped");
    QTest::addColumn<QString>("kept");
    const char* const rows[][5] = {
        {"/", "/route", "/route", "/", "/route"},
        {"/", "/route", "/route/", "/", "/route/"},
        {"/", "/route", "/routereq", "/req", "/routereq"},
        {"/", "/route/", "/route/req", "/req", "/route/req"},
        {"/srv", "/rou", "/roureq", "/srv/req", "/srv/roureq"},
        {"/srv/", "/rou", "/rou", "/srv", "/srv/rou"},
        {"/service", "/", "/", "/service", "/service"},
        {"/service", "/", "/route", "/service/route", "/service/route"},
        {"/service", "/route", "/route/", "/service/", "/service/route/"},
        {"/service", "/route", "/routereq", "/service/req", "/service/routereq"},
        {"/service", "/route/", "/route/", "/service/", "/service/route/"},
        {"/service", "/route/", "/route/req", "/service/req", "/service/route/req"},
        {"/service/", "/route", "/route", "/service", "/service/route"},
        {"/service/", "/route", "/route/", "/service/", "/service/route/"},
        {"/service/", "/route/", "/route/req", "/service/req", "/service/route/req"},
        {"/service", "/route", "/route../req", "/service/req", "/service/route../req"},
        {"/service", "", "/route", "/service/route", "/service/route"},
        {"", "/route", "/route", "/", "/route"},
    };
    for (const auto& row : rows)
        QTest::addRow("%s + %s of %s", row[0], row[1], row[2]) << row[0] << row[1] << row[2] << row[3] << row[4];
}

void TestRouter::joinsUpstreamPath()
{
    QFETCH(QString, service);
    QFETCH(QString, route);
    QFETCH(QString, request);
    QFETCH(QString, stripped);
    QFETCH(QString, kept);
    const auto join = [&](bool strip) {
        return QString::fromStdString(
            joinUpstreamPath(service.toStdString(), request.toStdString(), route.toStdString(), strip));
    };
    QCOMPARE(join(true), stripped);
    QCOMPARE(join(false), kept);
}

void TestRouter::encodesPath()
{
    QCOMPARE(encodePath("/a b/\xC3\xB8\"<>%2F!$&'()*+,;=:@[]~"),
             std::string("/a%20b/%C3%B8%22%3C%3E%2F!$&'()*+,;=:@[]~"));
}

void TestRouter::picks_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("route");
    QTest::newRow("longest prefix") << "GET"
                                    << "x"
                                    << "/a/b/c"
                                    << ""
                                    << "ab";
    QTest::newRow("shorter prefix") << "GET"
                                    << "x"
                                    << "/a/x"
                                    << ""
                                    << "a";
    QTest::newRow("prefix ends within a segment") << "GET"
                                                  << "x"
                                                  << "/abc"
                                                  << ""
                                                  << "a";
    QTest::newRow("regex before prefix") << "GET"
                                         << "x"
                                         << "/a/42"
                                         << ""
                                         << "regex";
    QTest::newRow("higher regex priority") << "GET"
                                           << "x"
                                           << "/a/7"
                                           << ""
                                           << "regex7";
    QTest::newRow("normalised first") << "GET"
                                      << "x"
                                      << "/x/../a/%62/c"
                                      << ""
                                      << "ab";
    QTest::newRow("more criteria win") << "GET"
                                       << "h.test"
                                       << "/a/b"
                                       << ""
                                       << "host";
    QTest::newRow("host with a port in the request") << "GET"
                                                     << "h.test:81"
                                                     << "/a/b"
                                                     << ""
                                                     << "host";
    QTest::newRow("host counts its case") << "GET"
                                          << "H.test"
                                          << "/a/b"
                                          << ""
                                          << "ab";
    QTest::newRow("plain host before wildcard") << "GET"
                                                << "w.one.test"
                                                << "/h"
                                                << ""
                                                << "plainhost";
    QTest::newRow("wildcard in front") << "GET"
                                       << "v.one.test"
                                       << "/h"
                                       << ""
                                       << "wildcard";
    QTest::newRow("wildcard behind") << "GET"
                                     << "two.example"
                                     << "/h"
                                     << ""
                                     << "suffix";
    QTest::newRow("host with port, other port") << "GET"
                                                << "p.test:81"
                                                << "/p"
                                                << ""
                                                << "none";
    QTest::newRow("host with port") << "GET"
                                    << "p.test:8443"
                                    << "/p"
                                    << ""
                                    << "port";
    QTest::newRow("method") << "PUT"
                            << "x"
                            << "/m"
                            << ""
                            << "method";
    QTest::newRow("other method") << "GET"
                                  << "x"
                                  << "/m"
                                  << ""
                                  << "none";
    QTest::newRow("header value without case") << "GET"
                                               << "x"
                                               << "/v"
                                               << "Version: V2"
                                               << "header";
    QTest::newRow("header pattern") << "GET"
                                    << "x"
                                    << "/v"
                                    << "version: beta-9"
                                    << "pattern";
    QTest::newRow("header of another value") << "GET"
                                             << "x"
                                             << "/v"
                                             << "version: 3"
                                             << "none";
}

void TestRouter::picks()
{
    static const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "host": "up.test", "routes": [
        {"name": "a", "paths": ["/a"]}, {"name": "ab", "paths": ["/a/b"]},
        {"name": "regex", "paths": ["~/a/\\d+"]}, {"name": "regex7", "paths": ["~/a/7$"], "regex_priority": 5},
        {"name": "host", "paths": ["/a"], "hosts": ["h.test"]},
        {"name": "wildcard", "paths": ["/h"], "hosts": ["*.one.test"]},
        {"name": "plainhost", "paths": ["/h"], "hosts": ["w.one.test"]},
        {"name": "suffix", "paths": ["/h"], "hosts": ["two.*"]},
        {"name": "port", "paths": ["/p"], "hosts": ["p.test:8443"]},
        {"name": "method", "paths": ["/m"], "methods": ["PUT", "PATCH"]},
        {"name": "header", "paths": ["/v"], "headers": {"version": ["v1", "v2"]}},
        {"name": "pattern", "paths": ["/v"], "headers": {"version": ["~*^beta-\\d$"]}}]}]})");
    QFETCH(QString, method);
    QFETCH(QString, host);
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(QString, route);
    Sent sent{
        .method = method.toStdString(), .target = target.toStdString(), .headers = {{"Host", host.toStdString()}}};
    if (const auto parts = header.split(": "); parts.size() == 2)
        sent.headers.emplace_back(parts[0].toStdString(), parts[1].toStdString());
    const Passage passage(snapshot, sent);
    QCOMPARE(passage.exchange.match ? passage.exchange.match->route->name : std::string("none"), route.toStdString());
}

/// The order that Kong means is another one (kong-core.md §3.3); conformance group router-priorities has the answers.
void TestRouter::weighsAsKongDoes_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("route");
    QTest::newRow("more criteria") << "x"
                                   << "/p"
                                   << "method";
    QTest::newRow("plain host before more criteria") << "plain.test"
                                                     << "/p"
                                                     << "host";
    QTest::newRow("regex before more criteria") << "x"
                                                << "/p/2"
                                                << "regex";
    QTest::newRow("plain host before regex") << "plain.test"
                                             << "/p/2"
                                             << "host";
    QTest::newRow("negative regex priority before all") << "plain.test"
                                                        << "/p/1"
                                                        << "negative";
    QTest::newRow("fourth criterion before plain host and regex") << "four.wild.test"
                                                                  << "/p/2"
                                                                  << "four";
    QTest::newRow("a path that is no text") << "x"
                                            << "/p%ff"
                                            << "none";
}

void TestRouter::weighsAsKongDoes()
{
    static const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "host": "up.test", "routes": [
        {"name": "path", "paths": ["/p"]}, {"name": "method", "paths": ["/p"], "methods": ["GET"]},
        {"name": "host", "hosts": ["plain.test", "four.wild.test"]}, {"name": "regex", "paths": ["~/p/\\d"]},
        {"name": "negative", "paths": ["~/p/1"], "regex_priority": -1},
        {"name": "four", "paths": ["/p"], "methods": ["GET"], "hosts": ["*.wild.test"], "headers": {"x-a": ["1"]}}]}]})");
    QFETCH(QString, host);
    QFETCH(QString, target);
    QFETCH(QString, route);
    const Passage passage(snapshot,
                          {.target = target.toStdString(), .headers = {{"Host", host.toStdString()}, {"X-A", "1"}}});
    QCOMPARE(passage.exchange.match ? passage.exchange.match->route->name : std::string("none"), route.toStdString());
}

void TestRouter::givesCaptures()
{
    const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "host": "up.test", "path": "/v1",
        "routes": [{"name": "r", "paths": ["~/users/(?<id>\\d+)(/x)?"]}]}]})");
    const Passage passage(snapshot, {.target = "/users/42/profile?q=%20"});
    const RouteMatch& match = *passage.exchange.match;
    QCOMPARE(match.prefix, std::string("/users/42"));
    QCOMPARE(match.captures.size(), std::size_t(3));
    QCOMPARE(*match.captures[1], std::string("42"));
    QVERIFY(!match.captures[2]);
    QCOMPARE(match.namedCaptures.at("id"), std::string("42"));
    QCOMPARE(passage.exchange.upstream.path, std::string("/v1/profile"));
    QCOMPARE(*passage.exchange.upstream.query, std::string("q=%20"));
}

void TestRouter::answersWithoutRouteOrService()
{
    const auto snapshot = snapshotOf(R"({"_format_version": "3.0", "routes": [{"name": "bare", "paths": ["/bare"]}]})");
    const Passage lost(snapshot, {.target = "/other"}, true);
    QCOMPARE(lost.status(), 404);
    QCOMPARE(
        json(lost.body()),
        json(R"({"message":"no Route matched with those values","request_id":"0123456789abcdef0123456789abcdef"})"));
    QCOMPARE(lost.exchange.trace->decisive()->kind, Step::Kind::Route);
    const Passage bare(snapshot, {.target = "/bare", .headers = {{"Accept", "text/html;q=0.5, text/plain"}}});
    QCOMPARE(bare.status(), 503);
    QCOMPARE(bare.body(),
             std::string("no Service found with those values\nrequest_id: 0123456789abcdef0123456789abcdef\n"));
}

void TestRouter::demandsTls_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("426") << 426;
    QTest::newRow("301") << 301;
    QTest::newRow("308") << 308;
}

void TestRouter::demandsTls()
{
    QFETCH(int, status);
    const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "host": "up.test", "routes": [
        {"name": "r", "paths": ["/t"], "protocols": ["https"], "https_redirect_status_code": )" +
                   std::to_string(status) + "}]}]}");
    const Passage plain(snapshot, {.target = "/t/a?b=c"});
    QCOMPARE(plain.status(), status);
    if (status == 426)
        QCOMPARE(plain.answer->headers.value("Upgrade"), std::string_view("TLS/1.2, HTTP/1.1"));
    else
        QCOMPARE(plain.answer->headers.value("Location"), std::string_view("https://gw.test/t/a?b=c"));
    QVERIFY(Passage(snapshot, {.target = "/t", .scheme = Scheme::Https}).isProxied());
}

void TestRouter::leavesDisabledServicesOut()
{
    const auto snapshot = snapshotOf(R"({"_format_version": "3.0", "services": [
        {"name": "off", "host": "a.test", "enabled": false, "routes": [{"name": "long", "paths": ["/a/b"]}]},
        {"name": "on", "host": "b.test", "routes": [{"name": "short", "paths": ["/a"], "preserve_host": true}]}]})");
    const Passage passage(snapshot, {.target = "/a/b"});
    QCOMPARE(passage.exchange.match->route->name, std::string("short"));
    QCOMPARE(*passage.exchange.upstream.hostHeader, std::string("gw.test"));
}

QTEST_APPLESS_MAIN(TestRouter)
#include "tst_router.moc"
