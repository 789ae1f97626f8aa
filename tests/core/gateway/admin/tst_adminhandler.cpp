// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/adminhandler.h"

#include "document/json.h"
#include "gateway/answer.h"
#include "support/testing.h"

#include <memory>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

constexpr std::string_view yaml = "_format_version: \"3.0\"\nservices:\n- {name: y, host: a}\n";
constexpr std::string_view json = "{\"_format_version\":\"3.0\",\"services\":[{\"name\":\"j\",\"host\":\"a\"}]}";

/// An Admin API over a slot of its own.
struct Admin
{
    std::shared_ptr<const Snapshot> snapshot = std::move(loadSnapshot("_format_version: '3.0'", "test", {})).value();
    int applied = 0;
    AdminHandler handler{{{},
                          [this](std::shared_ptr<const Snapshot> next) {
                              snapshot = std::move(next);
                              ++applied;
                          },
                          [this] { return snapshot; },
                          [] {
                              return EngineCounters{7, 1, 2};
                          },
                          {"127.0.0.1"}}};

    http::Response ask(std::string_view method, std::string_view target, const http::HeaderMap& headers = {},
                       std::string_view body = {})
    {
        http::Request request;
        request.head.method = method;
        request.head.target = target;
        request.head.headers = headers;
        if (!headers.contains("host"))
            request.head.headers.add("Host", "127.0.0.1:8001");
        request.body = body;
        return handler.handle(request);
    }
};

} // namespace

class TestAdminHandler : public QObject
{
    Q_OBJECT

private slots:
    void takesConfigurationsInEveryForm_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<std::string>("body");
        QTest::addColumn<std::string>("service");
        const std::string text(yaml);
        const std::string object(json);
        QTest::newRow("JSON document") << std::string("application/json") << object << std::string("j");
        QTest::newRow("JSON with a charset")
            << std::string("application/json; charset=utf-8") << object << std::string("j");
        QTest::newRow("JSON member with YAML")
            << std::string("application/json") << document::toJson(document::Object{{"config", text}})
            << std::string("y");
        QTest::newRow("form")
            << std::string("application/x-www-form-urlencoded")
            << std::string("config=_format_version%3A+%223.0%22%0Aservices%3A%0A-+%7Bname%3A+f%2C+host%3A+a%7D")
            << std::string("f");
        QTest::newRow("multipart")
            << std::string("multipart/form-data; boundary=XX")
            << "--XX\r\nContent-Disposition: form-data; name=\"config\"; filename=\"k.yml\"\r\n\r\n" + text +
                   "\r\n--XX--\r\n"
            << std::string("y");
        QTest::newRow("application/yaml") << std::string("application/yaml") << text << std::string("y");
        QTest::newRow("text/yaml") << std::string("text/yaml") << text << std::string("y");
    }

    void takesConfigurationsInEveryForm()
    {
        QFETCH(std::string, type);
        QFETCH(std::string, body);
        QFETCH(std::string, service);
        Admin admin;
        const http::Response response = admin.ask("POST", "/config", {{"Content-Type", type}}, body);
        QCOMPARE(response.head.status, 201);
        QCOMPARE(admin.applied, 1);
        QVERIFY(admin.snapshot->entities().findByName("services", service) != nullptr);
        const auto tables = document::parseJson(response.body);
        CLAIMSMITH_VERIFY_RESULT(tables);
        QCOMPARE(tables->find("services")->asObject()->size(), std::size_t{1});
    }

    void refusesConfigurations_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("type");
        QTest::addColumn<std::string>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("needle");
        const auto row = [](const char* name, const char* type, const char* body, int status, const char* needle,
                            const char* target = "/config") {
            QTest::newRow(name) << std::string(target) << std::string(type) << std::string(body) << status
                                << std::string(needle);
        };
        row("field missing", "application/json", "{\"_format_version\":\"3.0\",\"services\":[{\"name\":\"x\"}]}", 400,
            "\"message\":\"declarative config is invalid: {services={{host=\\\"required field missing\\\"}}}\"");
        row("flattened", "application/json", "{\"_format_version\":\"3.0\",\"services\":[{\"name\":\"x\"}]}", 400,
            "\"flattened_errors\":[{", "/config?flatten_errors=1");
        row("broken JSON", "application/json", "{", 400, "Cannot parse JSON body");
        row("broken YAML", "text/yaml", "a: [b", 400, "failed parsing declarative configuration");
        row("nothing", "", "", 400, "expected a declarative configuration");
        row("empty object", "application/json", "{}", 400, "_format_version=\\\"required field missing\\\"");
        row("no type", "", "x", 415, "415 Unsupported Media Type");
        row("other type", "text/plain", "{}", 415, "415 Unsupported Media Type");
        row("part of another name", "multipart/form-data; boundary=X",
            "--X\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\nx\r\n--X--", 400,
            "expected a declarative configuration");
    }

    void refusesConfigurations()
    {
        QFETCH(std::string, target);
        QFETCH(std::string, type);
        QFETCH(std::string, body);
        QFETCH(int, status);
        QFETCH(std::string, needle);
        Admin admin;
        http::HeaderMap headers;
        if (!type.empty())
            headers.add("Content-Type", type);
        const http::Response response = admin.ask("POST", target, headers, body);
        QCOMPARE(response.head.status, status);
        QVERIFY2(response.body.find(needle) != std::string::npos, response.body.c_str());
        QCOMPARE(admin.applied, 0);
    }

    void keepsOtherSitesOut_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<int>("status");
        const auto row = [](const char* label, const char* name, const char* value, int status) {
            QTest::newRow(label) << std::string(name) << std::string(value) << status;
        };
        row("own address", "Host", "127.0.0.1:8001", 200);
        row("localhost", "Host", "LOCALHOST:8001", 200);
        row("IPv6 loopback", "Host", "[::1]:8001", 200);
        row("name that nobody can register", "Host", "gw.test", 200);
        row("rebound name", "Host", "evil.example.com:8001", 403);
        row("name that only begins well", "Host", "localhost.evil.com", 403);
        row("name that only ends well", "Host", "eviltest", 403);
        row("other address", "Host", "192.168.1.2:8001", 403);
        row("own page", "Origin", "http://127.0.0.1:8001", 200);
        row("other site", "Origin", "https://evil.example.com", 403);
        row("other port", "Origin", "http://127.0.0.1:3000", 403);
        row("opaque origin", "Origin", "null", 403);
        row("form of another site", "Sec-Fetch-Site", "cross-site", 403);
        row("sibling site", "Sec-Fetch-Site", "same-site", 403);
        row("typed by the user", "Sec-Fetch-Site", "none", 200);
    }

    void keepsOtherSitesOut()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        QFETCH(int, status);
        Admin admin;
        const http::Response response = admin.ask("GET", "/status", {{name, value}});
        QCOMPARE(response.head.status, status);
        // No foreign origin is ever told that it may read the answer.
        if (status == 403)
            QVERIFY(!response.head.headers.contains("Access-Control-Allow-Origin"));
    }

    void tellsItsState()
    {
        Admin admin;
        const auto status = document::parseJson(admin.ask("GET", "/status/").body);
        CLAIMSMITH_VERIFY_RESULT(status);
        QCOMPARE(*status->at("/configuration_hash")->asString(), std::string(32, '0'));
        QCOMPARE(status->at("/server/total_requests")->asNumber()->text(), std::string("7"));
        QCOMPARE(admin.ask("GET", "/").head.status, 200);
        QCOMPARE(admin.ask("GET", "/nothing").head.status, 404);
        QCOMPARE(admin.ask("DELETE", "/status").head.status, 405);
    }
};

QTEST_APPLESS_MAIN(TestAdminHandler)
#include "tst_adminhandler.moc"
