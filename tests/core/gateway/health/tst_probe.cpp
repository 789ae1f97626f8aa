// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/health/probe.h"

#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using namespace std::chrono_literals;

namespace {

/// Of an upstream with one target and these active checks.
UpstreamSettings settingsOf(const std::string& active, const std::string& target = "a.test:81",
                            const std::string& more = {})
{
    const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "upstreams": [{"name": "up", )" + more +
                   R"("targets": [{"target": ")" + target + R"("}], "healthchecks": {"active": )" + active + "}}]}");
    const Entity& upstream = *snapshot->entities().all("upstreams").front();
    return {upstream, snapshot->entities().referringTo("targets", "upstream", upstream.id)};
}

} // namespace

class TestProbe : public QObject
{
    Q_OBJECT

private slots:
    void readsSettings_data()
    {
        QTest::addColumn<std::string>("active");
        QTest::addColumn<int>("healthy");
        QTest::addColumn<int>("unhealthy");
        QTest::addColumn<bool>("isTls");
        const auto row = [](const char* name, const char* active, int healthy, int unhealthy, bool isTls) {
            QTest::newRow(name) << std::string(active) << healthy << unhealthy << isTls;
        };
        row("nothing", "{}", 0, 0, false);
        row("healthy targets", R"({"healthy": {"interval": 2}})", 2000, 0, false);
        row("unhealthy targets", R"({"unhealthy": {"interval": 0.5}})", 0, 500, false);
        row("more often than Kong looks", R"({"healthy": {"interval": 0.001}})", 100, 0, false);
        row("https", R"({"type": "https", "healthy": {"interval": 1}})", 1000, 0, true);
        row("tcp is for streams", R"({"type": "tcp", "healthy": {"interval": 1}})", 0, 0, false);
    }

    void readsSettings()
    {
        QFETCH(std::string, active);
        const ProbeSettings probe = settingsOf(active).probe;
        QTEST(static_cast<int>(probe.healthyInterval.count()), "healthy");
        QTEST(static_cast<int>(probe.unhealthyInterval.count()), "unhealthy");
        QTEST(probe.isTls, "isTls");
        QCOMPARE(probe.isOn(), probe.healthyInterval.count() + probe.unhealthyInterval.count() > 0);
    }

    void readsLimits()
    {
        const ProbeSettings usual = settingsOf("{}").probe;
        QVERIFY(usual.timeout == 1s && usual.concurrency == 10 && usual.verifies);
        const ProbeSettings own =
            settingsOf(R"({"timeout": 0, "concurrency": 3, "https_verify_certificate": false, "https_sni": "s.test"})")
                .probe;
        QVERIFY(own.timeout == 60s && own.concurrency == 3 && !own.verifies && own.serverName == "s.test");
    }

    void writesRequests_data()
    {
        QTest::addColumn<std::string>("active");
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("more");
        QTest::addColumn<std::string>("request");
        const auto row = [](const char* name, const char* active, const char* target, const char* more,
                            const char* request) {
            QTest::newRow(name) << std::string(active) << std::string(target) << std::string(more)
                                << std::string(request);
        };
        row("usual", "{}", "a.test:81", "", "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        row("path", R"({"http_path": "/up/x"})", "a.test:81", "", "GET /up/x HTTP/1.0\r\nHost: a.test\r\n\r\n");
        row("headers", R"({"headers": {"X-A": ["1", "2"], "X-B": ["3"]}})", "a.test:81", "",
            "GET / HTTP/1.0\r\nX-A: 1\r\nX-A: 2\r\nX-B: 3\r\nHost: a.test\r\n\r\n");
        row("header that would become two", R"({"headers": {"X-A": ["1\r\nX-Evil: 2"]}})", "a.test:81", "",
            "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        row("host of the upstream", "{}", "a.test:81", R"("host_header": "up.test:99", )",
            "GET / HTTP/1.0\r\nHost: up.test:99\r\n\r\n");
        row("IPv6", "{}", "[::1]:81", "", "GET / HTTP/1.0\r\nHost: [::1]\r\n\r\n");
    }

    void writesRequests()
    {
        QFETCH(std::string, active);
        QFETCH(std::string, target);
        QFETCH(std::string, more);
        const UpstreamSettings settings = settingsOf(active, target, more);
        QTEST(probeRequest(settings, settings.targets.front()), "request");
    }

    void readsStatuses_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<int>("status");
        const auto row = [](const char* line, int status) { QTest::newRow(line) << std::string(line) << status; };
        row("HTTP/1.1 200 OK\r", 200);
        row("HTTP/1.0 503", 503);
        row("http/1.1  404 Not Found", 404);
        row("HTTP/10.12 200 OK", 200);
        row("", 0);
        row("HTTP/1.1", 0);
        row("HTTP/1.1 ", 0);
        row("HTTP/1 200", 0);
        row("HTTP/.1 200", 0);
        row("HTTP/1. 200", 0);
        row("HTTP/x.1 200", 0);
        row("HTTP/1.1 OK", 0);
        row("SSH-2.0-OpenSSH", 0);
    }

    void readsStatuses()
    {
        QFETCH(std::string, line);
        QTEST(probedStatus(line), "status");
    }
};

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
