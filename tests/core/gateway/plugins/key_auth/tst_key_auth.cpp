// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestKeyAuth : public QObject
{
    Q_OBJECT

private slots:
    void looksInOrder_data();
    void looksInOrder();
    void refuses_data();
    void refuses();
    void hidesTheKey();
};

namespace {

std::shared_ptr<const Snapshot> snapshotWith(const std::string& config)
{
    return snapshotOf(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [
        {"name": "key-auth", "config": )" +
        config + R"(}]}]}], "consumers": [{"username": "c", "keyauth_credentials": [{"key": "right"}]}]})");
}

} // namespace

/// kong-plugins.md J1: r right, w wrong, - absent, in header, query and body.
void TestKeyAuth::looksInOrder_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("sources");
    QTest::addColumn<int>("status");
    const char* const flags[] = {"ttt", "ttf", "tff", "fft", "tft", "ftf"};
    const struct
    {
        const char* sources;
        int statuses[6];
    } rows[] = {{"rww", {200, 200, 200, 401, 200, 401}},
                {"wrr", {401, 401, 401, 200, 401, 200}},
                {"-wr", {401, 401, 401, 200, 200, 401}},
                {"--r", {200, 401, 401, 200, 200, 401}},
                {"-rw", {200, 200, 401, 401, 401, 200}}};
    for (const auto& row : rows)
        for (int i = 0; i < 6; ++i)
            QTest::addRow("%s with %s", row.sources, flags[i]) << flags[i] << row.sources << row.statuses[i];
}

void TestKeyAuth::looksInOrder()
{
    QFETCH(QString, flags);
    QFETCH(QString, sources);
    QFETCH(int, status);
    const auto flag = [&](int i) { return std::string(flags[i] == 't' ? "true" : "false"); };
    const auto value = [&](int i) { return std::string(sources[i] == 'r' ? "right" : "wrong"); };
    const auto snapshot = snapshotWith(R"({"key_in_header": )" + flag(0) + R"(, "key_in_query": )" + flag(1) +
                                       R"(, "key_in_body": )" + flag(2) + "}");
    Sent sent{.target = sources[1] == '-' ? "/r" : "/r?apikey=" + value(1),
              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}};
    if (sources[0] != '-')
        sent.headers.emplace_back("apikey", value(0));
    sent.body = "apikey=" + value(2);
    QCOMPARE(Passage(snapshot, sent).status(), status);
}

void TestKeyAuth::refuses_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("message");
    QTest::newRow("no key") << "/r"
                            << "No API key found in request";
    QTest::newRow("empty key") << "/r?apikey="
                               << "No API key found in request";
    QTest::newRow("flag") << "/r?apikey"
                          << "No API key found in request";
    QTest::newRow("two keys") << "/r?apikey=right&apikey=right"
                              << "Duplicate API key found";
    QTest::newRow("unknown key") << "/r?apikey=wrong"
                                 << "Unauthorized";
}

void TestKeyAuth::refuses()
{
    QFETCH(QString, target);
    QFETCH(QString, message);
    const Passage passage(snapshotWith(R"({"realm": "house"})"), {.target = target.toStdString()});
    QCOMPARE(passage.status(), 401);
    QCOMPARE(QString::fromStdString(*json(passage.body()).findString("message")), message);
    QCOMPARE(passage.answer->headers.value("WWW-Authenticate"), std::string_view("Key realm=\"house\""));
}

void TestKeyAuth::hidesTheKey()
{
    const auto snapshot = snapshotWith(R"({"hide_credentials": true, "key_in_body": true})");
    const Passage query(snapshot, {.target = "/r?a=1&apikey=right&b=%20x&c"});
    QVERIFY(query.isProxied());
    QCOMPARE(*query.exchange.upstream.query, std::string("a=1&b=+x&c="));
    const Passage header(snapshot, {.target = "/r", .headers = {{"apikey", "right"}}});
    QVERIFY(!header.exchange.upstream.headers.contains("apikey"));
    const Passage body(
        snapshot,
        {.target = "/r", .headers = {{"Content-Type", "application/json"}}, .body = R"({"apikey":"right","n":1.0})"});
    QCOMPARE(*body.exchange.upstream.body, std::string(R"({"n":1.0})"));
    const Credential& credential = *body.exchange.identity.credential;
    QCOMPARE(body.sentUpstream("X-Credential-Identifier"), credential.entity->id);
}

QTEST_APPLESS_MAIN(TestKeyAuth)
#include "tst_key_auth.moc"
