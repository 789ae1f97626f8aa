// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/responsefacts.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;
using namespace std::chrono_literals;
using gateway::Step;

namespace {

Step step(Step::Kind kind, Step::Verdict verdict, std::string name, std::chrono::nanoseconds duration = 0ns)
{
    Step made;
    made.kind = kind;
    made.verdict = verdict;
    made.name = std::move(name);
    made.duration = duration;
    return made;
}

gateway::Trace trace(int status, Step plugin, Step upstream)
{
    gateway::Trace made;
    made.response.status = status;
    made.duration = 46ms;
    made.route = gateway::EntityRef{"1", "api", "/services/0/routes/0"};
    made.service = gateway::EntityRef{"2", "", "/services/0"};
    made.steps = {std::move(plugin), std::move(upstream)};
    return made;
}

http::ClientResponse response(int status)
{
    http::ClientResponse made;
    made.head.status = status;
    made.timings.total = 46'300us;
    const auto appended = made.body.append("{\"exp\":\"token expired\"}");
    Q_UNUSED(appended)
    return made;
}

} // namespace

class TestResponseFacts : public QObject
{
    Q_OBJECT

private slots:
    void tones_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Tone>("tone");
        QTest::newRow("success") << 204 << Tone::Ok;
        QTest::newRow("redirect") << 302 << Tone::Info;
        QTest::newRow("client error") << 404 << Tone::Warn;
        QTest::newRow("unauthorised") << 401 << Tone::Bad;
        QTest::newRow("forbidden") << 403 << Tone::Bad;
        QTest::newRow("too many") << 429 << Tone::Bad;
        QTest::newRow("server error") << 502 << Tone::Bad;
        QTest::newRow("no answer") << 0 << Tone::Bad;
    }

    void tones()
    {
        QFETCH(int, status);
        QTEST(toneOfStatus(status), "tone");
    }

    void aRefusalDidNotReachTheUpstream()
    {
        const auto refused = trace(401, step(Step::Kind::Plugin, Step::Verdict::Answered, "jwt"),
                                   step(Step::Kind::Upstream, Step::Verdict::NotRun, "my-api-service"));
        QVERIFY(isRefusedByPlugin(refused));
        const auto facts = factsOf(response(401), TimePoint{}, &refused);
        QCOMPARE(facts.status, (Pill{QStringLiteral("401 Unauthorized"), Tone::Bad}));
        QCOMPARE(facts.total, QStringLiteral("46 ms"));
        QCOMPARE(facts.split, QStringLiteral("gateway 46 ms, upstream not reached"));
        QCOMPARE(facts.size, QStringLiteral("23 B"));
        QCOMPARE(facts.chips.size(), std::size_t(2));
        QCOMPARE(facts.chips[0].chip.text, QStringLiteral("api"));
        QCOMPARE(facts.chips[1].chip.text, QStringLiteral("2")); // without a name, its id
        QVERIFY(!upstreamFailure(refused));
    }

    void theTimeIsSplit()
    {
        const auto proxied = trace(200, step(Step::Kind::Plugin, Step::Verdict::Passed, "jwt"),
                                   step(Step::Kind::Upstream, Step::Verdict::Passed, "my-api-service", 37ms));
        QCOMPARE(factsOf(response(200), TimePoint{}, &proxied).split, QStringLiteral("gateway 9 ms, upstream 37 ms"));
        QVERIFY(factsOf(response(200), TimePoint{}, nullptr).split.isEmpty());
        QVERIFY(!isRefusedByPlugin(proxied));
    }

    void thePathThatTheUpstreamGot_data()
    {
        QTest::addColumn<QString>("received");
        QTest::addColumn<bool>("byPlugin");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("by");
        QTest::newRow("the client's") << "/bank?a=1" << false << ""
                                      << "";
        QTest::newRow("another query") << "/bank?b=2" << true << ""
                                       << "";
        QTest::newRow("stripped by the route") << "/" << false << "/bank > /"
                                               << "api";
        QTest::newRow("set by a plugin") << "/bank/low?a=1" << true << "/bank > /bank/low"
                                         << "request-transformer";
        QTest::newRow("nothing went upstream") << "" << false << ""
                                               << "";
    }

    void thePathThatTheUpstreamGot()
    {
        QFETCH(QString, received);
        QFETCH(bool, byPlugin);
        auto passed = step(Step::Kind::Plugin, Step::Verdict::Passed, "request-transformer");
        passed.pointer = "/plugins/0";
        if (byPlugin)
            passed.requestChanges = {{gateway::HeaderChange::Kind::Changed, ":path", "/bank", "/x", {}}};
        auto proxied = trace(200, passed, step(Step::Kind::Upstream, Step::Verdict::Passed, "bank"));
        proxied.request.target = "/bank?a=1";
        if (!received.isEmpty()) {
            proxied.upstream = http::RequestHead{};
            proxied.upstream->target = received.toStdString();
        }
        const auto path = upstreamPathOf(proxied);
        QTEST(path ? path->sent + QLatin1String(" > ") + path->received : QString(), "shown");
        QTEST(path ? path->by.chip.text : QString(), "by");
        if (path)
            QCOMPARE(path->by.pointer, std::string(byPlugin ? "/plugins/0" : "/services/0/routes/0"));
    }

    void anUpstreamThatFails()
    {
        auto failed = trace(502, step(Step::Kind::Plugin, Step::Verdict::Passed, "jwt"),
                            step(Step::Kind::Upstream, Step::Verdict::Failed, "my-api-service"));
        failed.upstreamAddress = "localhost:3000";
        const auto text = upstreamFailure(failed);
        QVERIFY(text.has_value());
        QCOMPARE(text->title, QStringLiteral("my-api-service could not be reached"));
        QCOMPARE(text->remedy, FailureText::Remedy::OpenService);
        QCOMPARE(text->facts.front().second, QStringLiteral("localhost:3000"));
        QVERIFY(!isRefusedByPlugin(failed));
    }

    void failuresNameCauseAndRemedy()
    {
        workspace::Request request;
        const auto refused =
            failureText({http::ClientErrorCode::ConnectionRefused}, request, QStringLiteral("127.0.0.1:8000"));
        QCOMPARE(refused.remedy, FailureText::Remedy::StartGateway);
        request.via = workspace::Via::Direct;
        const auto direct = failureText({http::ClientErrorCode::ConnectionRefused}, request, QStringLiteral("h:1"));
        QCOMPARE(direct.title, QStringLiteral("h:1 refused the connection"));
        const auto unresolved =
            failureText({runner::PrepareErrorCode::Unresolved, {}, {}, {{"name", "base"}}}, request, {});
        QCOMPARE(unresolved.title, QStringLiteral("{{base}} has no value"));
        QVERIFY(failureText({http::ClientErrorCode::Cancelled}, request, {}).canceled);
    }
};

QTEST_GUILESS_MAIN(TestResponseFacts)
#include "tst_responsefacts.moc"
