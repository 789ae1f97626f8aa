// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tls.h"

#include "support/data.h"
#include "support/testing.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace claimsmith;
using namespace claimsmith::crypto;
using claimsmith::test::testData;

namespace {

TlsIdentity identity(const std::string& name)
{
    auto read = TlsIdentity::fromPem(testData("tls/" + name + ".crt") + testData("tls/mid.crt"),
                                     testData("tls/" + name + ".key"));
    if (!read)
        qFatal("%s", read.error().toString().c_str());
    return std::move(read).value();
}

TrustStore rootStore()
{
    return TrustStore(*Certificate::fromPem(testData("tls/root.crt")));
}

/// Both ends of a connection in one thread.
class Pair final
{
public:
    Pair(const TlsServerOptions& serverOptions, const TlsClientOptions& clientOptions, const std::string& serverName,
         const std::string& verifiedName, TlsChooser chooser)
        : m_chooser(std::move(chooser)), m_serverContext(*TlsServerContext::create(serverOptions)),
          m_clientContext(*TlsClientContext::create(clientOptions))
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_sockets) != 0)
            qFatal("no sockets");
        server = TlsSession::accept(*m_serverContext, m_sockets[0], m_chooser);
        client = TlsSession::connect(*m_clientContext, m_sockets[1], serverName, verifiedName);
    }

    ~Pair()
    {
        ::close(m_sockets[0]);
        ::close(m_sockets[1]);
    }

    /// Lets both go on until neither has anything left to do.
    bool shakeHands()
    {
        TlsStatus atServer = TlsStatus::WantRead;
        TlsStatus atClient = TlsStatus::WantRead;
        const auto isUnderWay = [](TlsStatus status) {
            return status == TlsStatus::WantRead || status == TlsStatus::WantWrite;
        };
        for (int turn = 0; turn < 20 && (isUnderWay(atServer) || isUnderWay(atClient)); ++turn) {
            if (isUnderWay(atClient))
                atClient = client->handshake();
            if (isUnderWay(atServer))
                atServer = server->handshake();
        }
        return atServer == TlsStatus::Done && atClient == TlsStatus::Done;
    }

    std::unique_ptr<TlsSession> server;
    std::unique_ptr<TlsSession> client;

private:
    TlsChooser m_chooser;
    std::shared_ptr<const TlsServerContext> m_serverContext;
    std::shared_ptr<const TlsClientContext> m_clientContext;
    int m_sockets[2] = {-1, -1};
};

std::string readAll(TlsSession& session)
{
    std::string text;
    char piece[64];
    std::size_t count = 0;
    while (session.read(piece, sizeof piece, count) == TlsStatus::Done)
        text.append(piece, count);
    return text;
}

} // namespace

class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void agreesOnVersionNameAndProtocol_data()
    {
        QTest::addColumn<int>("maximum");
        QTest::addColumn<std::string>("version");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("seen");
        QTest::newRow("1.3") << static_cast<int>(TlsVersion::Tls13) << std::string("TLSv1.3")
                             << std::string("a.server.test") << std::string("a.server.test");
        QTest::newRow("1.2") << static_cast<int>(TlsVersion::Tls12) << std::string("TLSv1.2")
                             << std::string("A.server.test") << std::string("A.server.test");
        QTest::newRow("no name") << static_cast<int>(TlsVersion::Tls13) << std::string("TLSv1.3") << std::string()
                                 << std::string();
        QTest::newRow("an address is no name") << static_cast<int>(TlsVersion::Tls13) << std::string("TLSv1.3")
                                               << std::string("127.0.0.1") << std::string();
    }

    void agreesOnVersionNameAndProtocol()
    {
        QFETCH(int, maximum);
        QFETCH(std::string, version);
        QFETCH(std::string, name);
        QFETCH(std::string, seen);
        const TlsIdentity own = identity("server");
        std::string asked = "never asked";
        Pair pair({}, {.maximum = static_cast<TlsVersion>(maximum), .trust = rootStore()}, name, "server.test",
                  [&](std::string_view serverName) {
                      asked = serverName;
                      return TlsOffer{&own};
                  });
        QVERIFY2(pair.shakeHands(), pair.client->failure().c_str());
        QCOMPARE(asked, seen);
        QCOMPARE(pair.server->peer().serverName, seen);
        QCOMPARE(pair.server->peer().version, version);
        QCOMPARE(pair.client->peer().version, version);
        QCOMPARE(pair.client->peer().certificates.size(), std::size_t{2});
        QVERIFY(pair.client->peer().certificates.front() == own.certificate());
        QVERIFY(pair.server->peer().certificates.empty());
    }

    void refusesServers_data()
    {
        QTest::addColumn<std::string>("who");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("reason");
        QTest::newRow("expired") << std::string("expired") << std::string("server.test")
                                 << std::string("certificate has expired");
        QTest::newRow("another name") << std::string("server") << std::string("other.test")
                                      << std::string("hostname mismatch");
        QTest::newRow("another address") << std::string("server") << std::string("192.0.2.1")
                                         << std::string("IP address mismatch");
        QTest::newRow("a client's certificate")
            << std::string("client") << std::string("client.test") << std::string("unsuitable certificate purpose");
    }

    void refusesServers()
    {
        QFETCH(std::string, who);
        QFETCH(std::string, name);
        QFETCH(std::string, reason);
        const TlsIdentity own = identity(who);
        Pair pair({}, {.trust = rootStore()}, name, name, [&](std::string_view) { return TlsOffer{&own}; });
        QVERIFY(!pair.shakeHands());
        QCOMPARE(pair.client->failure(), reason);
    }

    void showsWhatIsOfferedOnly()
    {
        Pair pair({}, {}, "a", {}, [](std::string_view) { return TlsOffer{}; });
        QVERIFY(!pair.shakeHands());
        QVERIFY(!pair.server->failure().empty());
    }

    void asksClientsForTheirCertificate()
    {
        const TlsIdentity own = identity("server");
        const auto asking = [&](std::string_view) { return TlsOffer{&own, nullptr, true}; };
        // Whatever it is, the session gets it: an untrusted one too.
        Pair pair({}, {.identity = identity("client")}, {}, {}, asking);
        QVERIFY(pair.shakeHands());
        QCOMPARE(pair.server->peer().certificates.size(), std::size_t{2});
        QCOMPARE(pair.server->peer().certificates.front().commonName(), std::string("bob"));

        Pair without({}, {}, {}, {}, asking);
        QVERIFY(without.shakeHands());
        QVERIFY(without.server->peer().certificates.empty());

        Pair unasked({}, {.identity = identity("client")}, {}, {}, [&](std::string_view) { return TlsOffer{&own}; });
        QVERIFY(unasked.shakeHands());
        QVERIFY(unasked.server->peer().certificates.empty());
    }

    void passesBytesAndTheEnd()
    {
        const TlsIdentity own = identity("server");
        Pair pair({}, {}, {}, {}, [&](std::string_view) { return TlsOffer{&own}; });
        QVERIFY(pair.shakeHands());
        // Tickets of the server may be on their way: no data.
        QCOMPARE(pair.client->peek(), TlsStatus::WantRead);
        std::size_t count = 0;
        QCOMPARE(pair.client->write("hello", count), TlsStatus::Done);
        QCOMPARE(count, std::size_t{5});
        QCOMPARE(pair.server->peek(), TlsStatus::Done);
        QCOMPARE(readAll(*pair.server), std::string("hello"));
        QCOMPARE(pair.server->peek(), TlsStatus::WantRead);
        pair.client->endSending();
        QCOMPARE(pair.server->peek(), TlsStatus::Ended);
        QCOMPARE(pair.server->write("bye", count), TlsStatus::Done);
        QCOMPARE(readAll(*pair.client), std::string("bye"));
        pair.server->detach();
        QCOMPARE(pair.server->write("more", count), TlsStatus::Failed);
    }

    void waitsForAPeerThatTakesNothing()
    {
        const TlsIdentity own = identity("server");
        Pair pair({}, {}, {}, {}, [&](std::string_view) { return TlsOffer{&own}; });
        QVERIFY(pair.shakeHands());
        const std::string much(100'000, 'x');
        std::size_t sent = 0;
        std::size_t count = 0;
        TlsStatus status = TlsStatus::Done;
        while ((status = pair.server->write(much, count)) == TlsStatus::Done)
            sent += count;
        QCOMPARE(status, TlsStatus::WantWrite);
        QCOMPARE(count, std::size_t{0});
        std::string got = readAll(*pair.client);
        // What was not taken may come from another place in memory.
        const std::string copy = much;
        QCOMPARE(pair.server->write(copy, count), TlsStatus::Done);
        got += readAll(*pair.client);
        QCOMPARE(got.size(), sent + count);
    }

    void agreesOnAProtocol_data()
    {
        QTest::addColumn<QStringList>("protocols");
        QTest::addColumn<bool>("isMade");
        QTest::newRow("none") << QStringList{} << true;
        QTest::newRow("two") << QStringList{"h2", "http/1.1"} << true;
        QTest::newRow("an empty name") << QStringList{""} << false;
        QTest::newRow("a long name") << QStringList{QString(256, u'x')} << false;
    }

    void agreesOnAProtocol()
    {
        QFETCH(QStringList, protocols);
        QFETCH(bool, isMade);
        TlsServerOptions options;
        for (const QString& protocol : protocols)
            options.protocols.push_back(protocol.toStdString());
        QCOMPARE(TlsServerContext::create(options).hasValue(), isMade);
    }

    void refusesOptions()
    {
        const auto ciphers = TlsServerContext::create({.ciphers = "NO-SUCH-CIPHER"});
        QVERIFY(!ciphers);
        QVERIFY(ciphers.error().code == ErrorCode(TlsErrorCode::BadCiphers));
        const auto range = TlsClientContext::create({.minimum = TlsVersion::Tls13, .maximum = TlsVersion::Tls12});
        QVERIFY(!range);
        QVERIFY(range.error().code == ErrorCode(TlsErrorCode::BadParameters));
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
