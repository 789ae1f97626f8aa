// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/target.h"

#include "support/testing.h"

using namespace claimsmith;

class TestTarget : public QObject
{
    Q_OBJECT

private slots:
    void judgesHosts_data()
    {
        QTest::addColumn<std::string>("host");
        QTest::addColumn<bool>("byStandard");
        QTest::addColumn<bool>("byNginx");
        QTest::addColumn<std::string>("name");
        const auto row = [](const char* name, const char* host, bool byStandard, bool byNginx, const char* named) {
            QTest::newRow(name) << std::string(host) << byStandard << byNginx << std::string(named);
        };
        row("name", "Api.test", true, true, "api.test");
        row("name and port", "api.test:8000", true, true, "api.test");
        row("empty port", "api.test:", true, true, "api.test");
        row("IPv4", "127.0.0.1:1", true, true, "127.0.0.1");
        row("IPv6", "[::1]", true, true, "[::1]");
        row("IPv6 and port", "[::1]:8000", true, true, "[::1]");
        row("final dot", "api.", true, true, "api");
        row("first dot", ".api", false, true, ".api");
        row("port of letters", "h:abc", false, true, "h");
        row("large port", "h:123456", false, true, "h");
        row("user", "user@h", false, true, "user@h");
        row("query", "h?x", false, true, "h?x");
        row("open bracket", "[::1", false, true, "[::1");
        row("two dots", "a..b", false, false, "a..b");
        row("slash", "a/b", false, false, "a/b");
        row("space", "a b", false, false, "a b");
        row("nothing", "", false, false, "");
        row("a dot", ".", false, false, "");
        row("port alone", ":80", false, false, "");
    }

    void judgesHosts()
    {
        QFETCH(std::string, host);
        QTEST(http::isHost(host), "byStandard");
        QTEST(http::isHostForNginx(host), "byNginx");
        QTEST(http::nginxHost(host), "name");
    }

    void judgesPaths_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char* target, bool taken) { QTest::newRow(target) << std::string(target) << taken; };
        row("/", true);
        row("*", true);
        row("/a/../b", true);
        row("/a/..", true);
        row("/a/./../b", true);
        row("/...", true);
        row("/..a", true);
        row("/..", false);
        row("/../a", false);
        row("/./..", false);
        row("//../a", false);
        row("/a/../..", false);
        row("/a/../../b", false);
        row("/%2e%2E/a", false);
        row("/a%2f..%2f..", false);
        row("/a%2f..", true);
        row("/..?x", false);
        row("/..#x", false);
        row("/a?/../..", true);
        row("/a#/../..", true);
        row("/a%", false);
        row("/a%2", false);
        row("/a%zz", false);
        row("/a%00", false);
        row("/a%00b", false);
        row("/a%01", true);
        row("/a%25zz", true);
        row("/a?b=%zz%00", true);
    }

    void judgesPaths()
    {
        QFETCH(std::string, target);
        QTEST(http::isPathForNginx(target), "taken");
    }
};

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
