// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/scenarioreport.h"

#include "base/file.h"
#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::runner;

namespace {

class NoSecrets final : public workspace::SecretSource
{
public:
    std::optional<BytesView> findSecret(std::string_view) const override { return std::nullopt; }
};

const std::string configuration = R"(
configuration:
  _format_version: "3.0"
  services:
  - name: orders
    url: http://orders.test:8080/v1
    routes:
    - name: open
      paths: [/open]
    - name: limited
      paths: [/limited]
      plugins:
      - {name: rate-limiting, config: {minute: 2, policy: local}}
    - name: guarded
      paths: [/guarded]
      plugins:
      - {name: jwt, config: {claims_to_verify: [exp]}}
  consumers:
  - username: bob
    jwt_secrets:
    - {key: bobs, secret: '${{ env "DECK_BOB" }}'}
secrets: [DECK_BOB]
tokens:
- name: bob
  key: {consumer: bob}
  payload: {iss: bobs, exp: now+10m}
)";

/// Writes the text to a file of a new folder and reads it.
struct File
{
    QTemporaryDir folder;
    std::string path = folder.filePath(QStringLiteral("test.yaml")).toStdString();

    Result<Scenario> read(const std::string& text) const
    {
        CLAIMSMITH_CHECK(writeFileAtomically(path, text));
        return readScenario(path);
    }
};

/// The step ran, and each of its differences on a line.
QString ran(const std::string& step)
{
    const File file;
    const auto scenario = file.read(configuration + "steps:\n" + step);
    if (!scenario)
        return QString::fromStdString("not read: " + scenario.error().toString());
    const auto result = runScenario(*scenario, NoSecrets());
    if (!result)
        return QString::fromStdString("not run: " + result.error().toString());
    QStringList lines;
    for (const StepResult& each : result->steps) {
        if (each.error)
            lines << QString::fromStdString(each.error->toString());
        for (const Mismatch& mismatch : each.mismatches)
            lines << QString::fromStdString(mismatch.pointer + ": " + mismatch.expected + ", " + mismatch.found);
    }
    return lines.join(QLatin1Char('|'));
}

std::vector<ScenarioResult> someResults()
{
    StepResult good{"passes", 3, {}, {}, {}, std::chrono::microseconds(1500)};
    StepResult bad{"fails # <&>", 7, {{"/status", "200", "401"}}, {}, {}, std::chrono::microseconds(2000)};
    StepResult broken{"breaks", 9, {}, Error{ScenarioErrorCode::Undeliverable, {}, "no way"}, {}, {}};
    return {{"First", "first.yaml", {good, bad, broken}}};
}

} // namespace

class ScenarioTest final : public QObject
{
    Q_OBJECT

private slots:
    void runs_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("differences");
        QTest::newRow("through to the echo")
            << R"(- {request: GET /open/a?b=c, expect: {status: 200, route: open, service: orders, answeredBy: null,
                     consumer: null, findings: [], upstream: {method: GET, path: "/v1/a?b=c",
                     headers: {Host: "orders.test:8080", X-Forwarded-Prefix: /open}}, body: {path: /v1/a}}})"
            << "";
        QTest::newRow("headers and body are sent") << R"(- {request: POST /open, headers: {X-One: "1"}, body: {a: [1]},
                     expect: {body: {body: '{"a":[1]}'}, upstream: {headers: {x-one: "1", content-type: application/json}}}})"
                                                   << "";
        QTest::newRow("a difference")
            << "- {request: GET /none, expect: {status: 200, body: {message: {$contains: route}}}}"
            << "/status: 200, 404|/body/message: contains \"route\", \"no Route matched with those values\"";
        QTest::newRow("a token of a consumer")
            << "- {request: GET /guarded, token: bob, expect: {status: 200, consumer: bob}}"
            << "";
        QTest::newRow("as auth") << R"(- {request: GET /guarded, auth: {kind: bearer, token: "{{token.bob}}"},
                                         expect: {status: 200}})"
                                 << "";
        QTest::newRow("why not")
            << R"(- {request: GET /guarded, expect: {status: 401, answeredBy: jwt, findings: [jwt.token-found],
                     upstream: null, headers: {WWW-Authenticate: Bearer}}})"
            << "";
        QTest::newRow("a value for later steps")
            << R"(- {request: GET /open, headers: {X-One: "1"}, expect: {status: 200}, capture: {one: /upstream/headers/x-one}}
- {request: "GET /open?one={{one}}", expect: {upstream: {path: "/v1?one=1"}}})"
            << "";
        QTest::newRow("nothing to capture") << "- {request: GET /open, expect: {}, capture: {one: /none}}"
                                            << "/none: a value to capture, ";
        QTest::newRow("the last of several counts") << R"(- {request: GET /limited, times: 2, expect: {status: 200}}
- {request: GET /limited, expect: {status: 429}}
- {request: GET /limited, clock: now+2m, expect: {status: 200, headers: {ratelimit-remaining: {$matches: "^1$"}}}})"
                                                    << "";
    }

    void runs()
    {
        QFETCH(QString, step);
        QFETCH(QString, differences);
        QCOMPARE(ran(step.toStdString()), differences);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        QTest::newRow("a slip of the pen") << "stepz: []\n"
                                           << "\"stepz\" is none of";
        QTest::newRow("no steps") << "configuration: {}\n"
                                  << "a scenario needs steps";
        QTest::newRow("no configuration") << "steps: []\n"
                                          << "\"configuration\" is missing";
        QTest::newRow("no expectation") << "configuration: {}\nsteps: [{request: GET /}]\n"
                                        << "\"expect\" is missing";
        QTest::newRow("a slip in what is hoped") << "configuration: {}\nsteps: [{request: GET /, expect: {staus: 1}}]\n"
                                                 << "\"staus\" is none of status";
        QTest::newRow("an unknown operator")
            << "configuration: {}\nsteps: [{request: GET /, expect: {status: {$is: 1}}}]\n"
            << "$is is none of";
        QTest::newRow("an unknown request") << "configuration: {}\nsteps: [{request: Call, expect: {}}]\n"
                                            << "nor \"METHOD /path\"";
        QTest::newRow("an unknown recipe") << "configuration: {}\nsteps: [{request: GET /, token: t, expect: {}}]\n"
                                           << "no token recipe";
        QTest::newRow("no time") << "configuration: {}\nsteps: [{request: GET /, clock: noon, expect: {}}]\n"
                                 << "a time such as now+15m";
        QTest::newRow("too often") << "configuration: {}\nsteps: [{request: GET /, times: 0, expect: {}}]\n"
                                   << "a number from 1 to 10000";
        QTest::newRow("no YAML") << "a: [\n"
                                 << "test.yaml";
        QTest::newRow("no such file") << "configuration: none.yml\nsteps: []\n"
                                      << "none.yml";
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const File file;
        const auto scenario = file.read(text.toStdString());
        QVERIFY(!scenario);
        const QString found = QString::fromStdString(scenario.error().toString());
        QVERIFY2(found.contains(error), qPrintable(found));
        QVERIFY2(found.contains(QLatin1String("test.yaml")), qPrintable(found));
    }

    void saysWhatTheGatewayRefuses()
    {
        const File file;
        const auto scenario = file.read("configuration: {_format_version: '3.0', services: [{name: a}]}\n"
                                        "steps: [{request: GET /, expect: {}}]\n");
        CLAIMSMITH_VERIFY_RESULT(scenario);
        const auto result = runScenario(*scenario, NoSecrets());
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode(ScenarioErrorCode::Configuration));
    }

    void reportsAsTap()
    {
        const auto results = someResults();
        QCOMPARE(toTap(results), std::string("TAP version 14\n1..3\n"
                                             "ok 1 - First: passes # time=1.5ms\n"
                                             "not ok 2 - First: fails \\# <&> # time=2.0ms\n"
                                             "  ---\n  at: \"first.yaml:7\"\n  differences:\n"
                                             "  - \"/status: expected 200, found 401\"\n  ...\n"
                                             "not ok 3 - First: breaks # time=0.0ms\n"
                                             "  ---\n  at: \"first.yaml:9\"\n  differences:\n"
                                             "  - \"no way\"\n  ...\n"));
    }

    void reportsAsJunit()
    {
        const std::string text = toJunit(someResults());
        QXmlStreamReader reader(QString::fromStdString(text));
        QStringList found;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement)
                continue;
            const auto attributes = reader.attributes();
            found << reader.name().toString() + attributes.value(QLatin1String("name")).toString() +
                         attributes.value(QLatin1String("message")).toString();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(found, QStringList({QStringLiteral("testsuites"), QStringLiteral("testsuiteFirst"),
                                     QStringLiteral("testcasepasses"), QStringLiteral("testcasefails # <&>"),
                                     QStringLiteral("failure/status: expected 200, found 401"),
                                     QStringLiteral("testcasebreaks"), QStringLiteral("errorno way")}));
        QVERIFY(text.find("failures=\"1\" errors=\"1\"") != std::string::npos);
    }

    void reportsAsJson()
    {
        const document::Value report = toValue(someResults());
        QCOMPARE(report.findBoolean("passed"), std::optional(false));
        QCOMPARE(*report.at("/scenarios/0/steps/1/mismatches/0")->findString("found"), std::string("401"));
    }
};

QTEST_GUILESS_MAIN(ScenarioTest)
#include "tst_scenario.moc"
