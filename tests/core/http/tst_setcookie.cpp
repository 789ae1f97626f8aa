// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/setcookie.h"

#include "support/testing.h"

#include <string>

using namespace claimsmith;
using http::SetCookie;

class TestSetCookie final : public QObject
{
    Q_OBJECT

private slots:
    void accepted_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<SetCookie>("cookie");
        const auto row = [](const char* name, const char* line, const SetCookie& cookie) {
            QTest::newRow(name) << std::string(line) << cookie;
        };
        // RFC 6265 §3.1
        row("a pair alone", "SID=31d4d96e407aad42", {"SID", "31d4d96e407aad42", {}, {}, {}, {}, {}, false, false});
        row("flags", "SID=31d4; Path=/; Secure; HttpOnly", {"SID", "31d4", {}, "/", {}, {}, {}, true, true});
        row("a domain and a date", "lang=en-US; Path=/; Domain=.example.com; Expires=Wed, 09 Jun 2021 10:18:14 GMT",
            {"lang", "en-US", "example.com", "/", "Wed, 09 Jun 2021 10:18:14 GMT", {}, {}, false, false});
        row("names in any case", "a=b; MAX-AGE=60; sameSITE=Lax", {"a", "b", {}, {}, {}, 60, "Lax", false, false});
        row("the past", "a=; max-age=-1", {"a", "", {}, {}, {}, -1, {}, false, false});
        row("a value with = and quotes", "a=\"b=c\"", {"a", "\"b=c\"", {}, {}, {}, {}, {}, false, false});
        row("blanks around everything", "  a  =  b  ;  path  =  /x  ", {"a", "b", {}, "/x", {}, {}, {}, false, false});
        row("a path that is none", "a=b; path=x", {"a", "b", {}, {}, {}, {}, {}, false, false});
        row("an age that is none", "a=b; max-age=1h", {"a", "b", {}, {}, {}, {}, {}, false, false});
        row("the last of two", "a=b; path=/x; path=/y", {"a", "b", {}, "/y", {}, {}, {}, false, false});
        row("an unknown attribute", "a=b; Priority=High", {"a", "b", {}, {}, {}, {}, {}, false, false});
        row("a value without a name", "b", {{}, "b", {}, {}, {}, {}, {}, false, false});
    }

    void accepted()
    {
        QFETCH(std::string, line);
        QFETCH(SetCookie, cookie);
        const auto read = http::parseSetCookie(line);
        QVERIFY(read.has_value());
        QVERIFY(*read == cookie);
    }

    void ignored_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("neither name nor value") << std::string(" = ; Path=/");
        QTest::newRow("attributes alone") << std::string("; Secure");
    }

    void ignored()
    {
        QFETCH(std::string, line);
        QVERIFY(!http::parseSetCookie(line).has_value());
    }
};

QTEST_APPLESS_MAIN(TestSetCookie)
#include "tst_setcookie.moc"
