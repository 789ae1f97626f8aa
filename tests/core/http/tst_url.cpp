// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/url.h"

#include "http/query.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::http;

class TestUrl : public QObject
{
    Q_OBJECT

private slots:

    void takesUrlsApart()
    {
        const auto url = parseUrl("HTTPS://me:pw@Example.COM:8443/a%20b/c?x=1&y#top");
        CLAIMSMITH_VERIFY_RESULT(url);
        QCOMPARE(url->scheme, std::string("https"));
        QCOMPARE(url->userInfo.value_or(""), std::string("me:pw"));
        QCOMPARE(url->host, std::string("example.com"));
        QCOMPARE(int(url->effectivePort()), 8443);
        QCOMPARE(url->target(), std::string("/a%20b/c?x=1&y"));
        QCOMPARE(url->fragment.value_or(""), std::string("top"));
        QCOMPARE(url->authority(), std::string("example.com:8443"));
        QCOMPARE(url->toString(), std::string("https://me:pw@example.com:8443/a%20b/c?x=1&y#top"));
    }

    void writesAuthorityAndTarget_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("authority");
        QTest::addColumn<std::string>("target");
        QTest::newRow("no path") << std::string("http://h") << std::string("h") << std::string("/");
        QTest::newRow("default port") << std::string("http://h:80/p") << std::string("h") << std::string("/p");
        QTest::newRow("IPv6") << std::string("http://[::1]:81/p?") << std::string("[::1]:81") << std::string("/p?");
        QTest::newRow("a name that begins as an address")
            << std::string("http://u@127.0.0.1.example.com:8/p") << std::string("127.0.0.1.example.com:8")
            << std::string("/p");
        QTest::newRow("the same without path")
            << std::string("http://1.2.3.4x") << std::string("1.2.3.4x") << std::string("/");
        QTest::newRow("typed characters") << std::string(" http://h/a b/{x}?q=\xc3\xa9|") << std::string("h")
                                          << std::string("/a%20b/%7Bx%7D?q=%C3%A9%7C");
    }

    void writesAuthorityAndTarget()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, authority);
        QFETCH(std::string, target);
        const auto url = parseUrl(text);
        CLAIMSMITH_VERIFY_RESULT(url);
        QCOMPARE(url->authority(), authority);
        QCOMPARE(url->target(), target);
    }

    void refusesWithTheReason_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("code");
        QTest::newRow("nothing") << std::string() << std::string("no-scheme");
        QTest::newRow("host and port only") << std::string("localhost:3000") << std::string("no-scheme");
        QTest::newRow("scheme in the query only") << std::string("h/?u=http://x") << std::string("no-scheme");
        QTest::newRow("ftp") << std::string("ftp://h/") << std::string("unsupported-scheme");
        QTest::newRow("no host") << std::string("http:///p") << std::string("no-host");
        QTest::newRow("port too large") << std::string("http://h:70000/") << std::string("invalid-port");
        QTest::newRow("port no number") << std::string("http://h:x/") << std::string("invalid-port");
        QTest::newRow("broken triplet") << std::string("http://h/%zz") << std::string("syntax");
    }

    void refusesWithTheReason()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, code);
        const auto url = parseUrl(text);
        QVERIFY(!url);
        QCOMPARE(url.error().code.name(), std::string_view(code));
    }

    void readsAuthorities()
    {
        QCOMPARE(parseAuthority("127.0.0.1:0").value(), (Authority{"127.0.0.1", 0}));
        QCOMPARE(parseAuthority("[::1]:80").value().toString(), std::string("[::1]:80"));
        QCOMPARE(parseAuthority("h", std::uint16_t{80}).value(), (Authority{"h", 80}));
        QVERIFY(!parseAuthority("h"));
        QVERIFY(!parseAuthority(":80"));
        QVERIFY(!parseAuthority("h:99999"));
        QVERIFY(!parseAuthority("[::1]x:80"));
    }

    void readsQueriesAsKongDoes()
    {
        const QueryArguments arguments = parseQuery("a=1&b&c=&a=x+y%21&=lost&d=%zz&e=%4");
        QCOMPARE(arguments.size(), std::size_t{6});
        QCOMPARE(arguments.all("a").size(), std::size_t{2});
        QCOMPARE(arguments.all("a")[1]->value.value_or(""), std::string("x y!"));
        QVERIFY(!arguments.find("b")->value);
        QCOMPARE(arguments.find("c")->value.value_or("none"), std::string(""));
        QCOMPARE(arguments.find("d")->value.value_or(""), std::string("%zz"));
        QCOMPARE(arguments.find("e")->value.value_or(""), std::string("%4"));
    }

    void stopsAtTheLimit()
    {
        std::string query;
        for (int i = 0; i < 150; ++i)
            query += "k" + std::to_string(i) + "=v&";
        QCOMPARE(parseQuery(query).size(), maximumArguments);
        QCOMPARE(parseQuery(query, 1000).size(), std::size_t{150});
    }

    void removesAndFormatsArguments()
    {
        QCOMPARE(withoutArgument("a=1&j%77t=x&b=%20&jwt", "jwt"), std::string("a=1&b=%20"));
        QCOMPARE(formatQuery(parseQuery("a=x%20y&b&c=")), std::string("a=x+y&b&c="));
        QCOMPARE(percentEncode("a b/\xc3\xa9~"), std::string("a%20b%2F%C3%A9~"));
        QCOMPARE(percentDecode("a%20b+c%"), std::string("a b+c%"));
    }
};

QTEST_APPLESS_MAIN(TestUrl)
#include "tst_url.moc"
