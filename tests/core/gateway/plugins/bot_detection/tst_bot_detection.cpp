// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestBotDetection : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void letsTheNamelessIn();
    void refusesTwoAgents();
    void explains_data();
    void explains();
    void refusesBadExpressions();
};

namespace {

std::shared_ptr<const Snapshot> snapshot()
{
    return snapshotOf(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"],
        "plugins": [{"name": "bot-detection", "config": {"allow": ["^Googlebot-Good", "curl/8"], "deny": ["(?i)badagent", "curl"]}}]}]}]})");
}

Passage passageOf(const std::string& agent)
{
    return {snapshot(), {.target = "/r", .headers = {{"User-Agent", agent}}}, true};
}

} // namespace

void TestBotDetection::decides_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<int>("status");
    QTest::newRow("browser") << "Mozilla/5.0 (X11; Linux x86_64) Chrome/120" << 200;
    QTest::newRow("empty") << "" << 200;
    QTest::newRow("denied") << "Some BADAGENT 1" << 403;
    QTest::newRow("allowed before denied") << "curl/8.5.0" << 200;
    QTest::newRow("denied by the other") << "curl/7" << 403;
    QTest::newRow("allowed before known") << "Googlebot-Good" << 200;
    // kong-plugins.md D3
    for (const char* const bot :
         {"axios/1.6.0", "Go-http-client/1.1", "okhttp/4.12.0", "Apache-HttpClient/4.5.13", "Python-urllib/3.11",
          "reqwest", "aws-cli/2.0", "facebookexternalhit/1.1", "Googlebot/2.1 (+http://www.google.com/bot.html)",
          "mybot/1.0", "webcrawler", "Slackbot-LinkExpanding 1.0", "AdsBot-Google", "crawler4j", "ia_archiver"})
        QTest::addRow("known: %s", bot) << bot << 403;
    for (const char* const other :
         {"Wget/1.21", "HTTPie/3.2.1", "PostmanRuntime/7.36.0", "insomnia/2023.5.8", "python-requests/2.31.0",
          "node-fetch/1.0", "undici", "k6/0.49.0", "Java/17", "mybot", "facebot", "HTTrack", "libwww-perl/5", "MSNBot"})
        QTest::addRow("unknown: %s", other) << other << 200;
}

void TestBotDetection::decides()
{
    QFETCH(QString, agent);
    QFETCH(int, status);
    QCOMPARE(passageOf(agent.toStdString()).status(), status);
}

void TestBotDetection::letsTheNamelessIn()
{
    QCOMPARE(Passage(snapshot(), {.target = "/r"}).status(), 200);
}

void TestBotDetection::refusesTwoAgents()
{
    const Passage passage(snapshot(), {.target = "/r", .headers = {{"User-Agent", "a"}, {"User-Agent", "b"}}});
    QCOMPARE(passage.status(), 400);
    QCOMPARE(*json(passage.body()).findString("message"), std::string("Only one User-Agent header allowed"));
}

void TestBotDetection::explains_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("repair");
    QTest::newRow("denied") << "badagent"
                            << "bot-detection.not-denied"
                            << "bot-detection.denied"
                            << "bot-detection.stop-denying";
    QTest::newRow("known") << "mybot/1.0"
                           << "bot-detection.not-known"
                           << "bot-detection.known-bot"
                           << "bot-detection.let-in";
}

void TestBotDetection::explains()
{
    QFETCH(QString, agent);
    QFETCH(QString, check);
    QFETCH(QString, cause);
    QFETCH(QString, repair);
    const Passage passage = passageOf(agent.toStdString());
    const Step* const step = passage.exchange.trace->decisive();
    QVERIFY(step && step->failure());
    QCOMPARE(QString::fromStdString(step->failure()->check), check);
    const Explanation explanation = explain(*passage.exchange.trace, *snapshot());
    QCOMPARE(QString::fromStdString(explanation.title.id), cause + ".title");
    const auto preferred = std::ranges::find(explanation.repairs, true, &Repair::primary);
    QVERIFY(preferred != explanation.repairs.end());
    QCOMPARE(QString::fromStdString(preferred->label.id), repair);
}

void TestBotDetection::refusesBadExpressions()
{
    const std::string text =
        R"j({"_format_version": "3.0", "plugins": [{"name": "bot-detection", "config": {"deny": ["("]}}]})j";
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(text), {}, &report));
    QCOMPARE(report.problems.at(0).message, std::string("not a valid regex: ("));
}

QTEST_APPLESS_MAIN(TestBotDetection)
#include "tst_bot_detection.moc"
