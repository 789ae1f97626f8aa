// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwks/keysetstore.h"

#include "document/json.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;

using Kind = KeySetProblem::Kind;

namespace {

constexpr std::int64_t now = 1'795'440'708;

jose::Key newKey(const std::string& id = {})
{
    auto key = jose::generateKey(jose::Algorithm::ES256, {.id = id});
    if (!key)
        qFatal("no key");
    return *key;
}

std::string setOf(const std::vector<jose::Key>& keys, jose::KeyParts parts = jose::KeyParts::Public)
{
    return document::toJson(jose::writeJwks(keys, parts));
}

std::string answer(const std::string& status, const std::string& body, const std::string& headers = {})
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

QString urlOf(const test::RawServer& server, const QString& path = {})
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(server.port()).arg(path);
}

std::vector<int> kindsOf(const std::string& text)
{
    std::vector<int> kinds;
    for (const KeySetProblem& each : keySetProblems(text))
        kinds.push_back(static_cast<int>(each.kind));
    return kinds;
}

} // namespace

class TestKeySetStore final : public QObject
{
    Q_OBJECT

private slots:
    void problems()
    {
        const jose::Key key = newKey("a");
        QCOMPARE(kindsOf(setOf({key})), std::vector<int>());
        QCOMPARE(kindsOf(setOf({key}, jose::KeyParts::Private)), std::vector<int>{int(Kind::PrivateExposed)});
        QCOMPARE(kindsOf(setOf({key, newKey("a")})), std::vector<int>{int(Kind::DuplicateKid)});
        QCOMPARE(kindsOf(setOf({key.withMetadata({})})),
                 (std::vector<int>{int(Kind::NoKid), int(Kind::NoUse), int(Kind::NoAlgorithm)}));
        QCOMPARE(kindsOf(R"({"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"s","use":"sig","alg":"HS256"}]})"),
                 std::vector<int>{int(Kind::SecretExposed)});
        QCOMPARE(kindsOf(R"({"keys":[{"kty":"new","kid":"n","use":"sig","alg":"X"}]})"),
                 std::vector<int>{int(Kind::Unusable)});
        QVERIFY(keySetProblems(setOf({key}, jose::KeyParts::Private)).front().isGrave);
    }

    void changes()
    {
        const jose::Key a = newKey("a");
        const jose::Key b = newKey("b");
        jose::KeyMetadata renamed = b.metadata();
        renamed.id = "c";
        QVERIFY(keySetChanges({a, b}, {b, a}).empty());
        using Change = KeySetChange::Kind;
        QCOMPARE(keySetChanges({a}, {a, b}), (std::vector<KeySetChange>{{Change::Added, QStringLiteral("b")}}));
        QCOMPARE(keySetChanges({a, b}, {b}), (std::vector<KeySetChange>{{Change::Removed, QStringLiteral("a")}}));
        QCOMPARE(keySetChanges({b}, {b.withMetadata(renamed)}),
                 (std::vector<KeySetChange>{{Change::Changed, QStringLiteral("c")}}));
    }

    void freshness_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<qint64>("until"); ///< 0: nothing is said
        QTest::newRow("max-age") << std::string("Cache-Control") << std::string("public, Max-Age=600")
                                 << qint64(now + 600);
        QTest::newRow("Expires") << std::string("Expires") << std::string("Sun, 22 Nov 2026 14:31:48 GMT")
                                 << qint64(1'795'357'908);
        QTest::newRow("no number") << std::string("Cache-Control") << std::string("max-age=soon") << qint64(0);
        QTest::newRow("silence") << std::string("ETag") << std::string("x") << qint64(0);
    }
    void freshness()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        FetchedSet set;
        set.fetchedAt = now;
        set.headers.add(name, value);
        QTEST(qint64(freshUntil(set).value_or(0)), "until");
    }

    void fetchedTwice()
    {
        const jose::Key a = newKey("a");
        const jose::Key b = newKey("b");
        test::RawServer server(
            {answer("200 OK", setOf({a}), "Cache-Control: max-age=60\r\n"), answer("200 OK", setOf({a, b}))});
        const FixedClock clock(now);
        KeySetStore store(clock);
        QSignalSpy fetched(&store, &KeySetStore::fetched);
        store.fetch(urlOf(server, QStringLiteral("/jwks.json")));
        QVERIFY(fetched.wait(10'000));
        QCOMPARE(store.sets().size(), std::size_t(1));
        QCOMPARE(qint64(freshUntil(store.sets().front()).value_or(0)), qint64(now + 60));
        store.fetch(urlOf(server, QStringLiteral("/jwks.json")));
        QVERIFY(fetched.wait(10'000));
        QCOMPARE(store.sets().size(), std::size_t(1));
        QCOMPARE(store.sets().front().changes.size(), std::size_t(1));
        QCOMPARE(store.sets().front().fetches, 2);
    }

    /// An issuer's URL is enough: what is there is no set, so its description is asked for, which names the set.
    void discovery()
    {
        test::RawServer keys({answer("200 OK", setOf({newKey("a")}))});
        const std::string description =
            "{\"issuer\":\"http://issuer\",\"jwks_uri\":\"" + urlOf(keys).toStdString() + "/keys\"}";
        test::RawServer issuer({answer("404 Not Found", "no"), answer("200 OK", description)});
        const FixedClock clock(now);
        KeySetStore store(clock);
        QSignalSpy fetched(&store, &KeySetStore::fetched);
        store.fetch(urlOf(issuer, QStringLiteral("/realms/a/")));
        QVERIFY(fetched.wait(10'000));
        QVERIFY(issuer.received().find("GET /realms/a/.well-known/openid-configuration ") != std::string::npos);
        QCOMPARE(store.sets().front().issuer, QStringLiteral("http://issuer"));
        QCOMPARE(store.sets().front().source, urlOf(keys, QStringLiteral("/keys")));
    }

    void whatGivesNoKeys()
    {
        test::RawServer server({answer("200 OK", "<html>"), answer("404 Not Found", ""), answer("404 Not Found", "")});
        const FixedClock clock(now);
        KeySetStore store(clock);
        QSignalSpy failed(&store, &KeySetStore::failed);
        store.fetch(urlOf(server));
        QVERIFY(failed.wait(10'000));
        QCOMPARE(failed.front().front().toString(), urlOf(server));
        QVERIFY(!failed.front().back().toString().isEmpty());
        QVERIFY(store.sets().empty() && !store.isFetching());
    }

    void files()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("set.json"));
        const std::string text = setOf({newKey("a")});
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.data(), static_cast<qint64>(text.size()));
        file.close();
        const FixedClock clock(now);
        KeySetStore store(clock);
        QSignalSpy failed(&store, &KeySetStore::failed);
        store.openFile(path);
        QVERIFY(store.find(path));
        store.openFile(folder.filePath(QStringLiteral("none")));
        QCOMPARE(failed.size(), 1);
        store.remove(path);
        QVERIFY(store.sets().empty());
    }
};

QTEST_GUILESS_MAIN(TestKeySetStore)
#include "tst_keysetstore.moc"
