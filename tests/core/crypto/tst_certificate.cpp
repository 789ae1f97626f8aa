// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/certificate.h"

#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::crypto;
using claimsmith::test::testData;

namespace {

Certificate certificate(std::string_view name)
{
    auto read = Certificate::fromPem(testData("tls/" + std::string(name) + ".crt"));
    if (!read)
        qFatal("%s can't be read", std::string(name).c_str());
    return read->front();
}

std::vector<Certificate> certificates(const QStringList& names)
{
    std::vector<Certificate> read;
    for (const QString& name : names)
        read.push_back(certificate(name.toStdString()));
    return read;
}

} // namespace

class TestCertificate : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatItSays()
    {
        const Certificate client = certificate("client");
        QCOMPARE(client.commonName(), std::string("bob"));
        QCOMPARE(client.info().issuer, std::string("CN=test intermediate"));
        using Kind = AlternativeName::Kind;
        const std::vector<AlternativeName> expected{{Kind::Dns, "client.test"},
                                                    {Kind::Email, "bob@client.test"},
                                                    {Kind::Uri, "urn:bob"},
                                                    {Kind::Ip, "192.0.2.7"},
                                                    {Kind::Ip, "2001:0db8:0000:0000:0000:0000:0000:0007"}};
        QVERIFY(client.alternativeNames() == expected);
        const auto again = Certificate::fromDer(client.der());
        CLAIMSMITH_VERIFY_RESULT(again);
        QVERIFY(*again == client);
        QCOMPARE(again->pem(), client.pem());
        QVERIFY(!(*again == certificate("server")));
    }

    void readsChains()
    {
        const auto chain = Certificate::fromPem(testData("tls/server.crt") + "text\n" + testData("tls/mid.crt"));
        CLAIMSMITH_VERIFY_RESULT(chain);
        QCOMPARE(chain->size(), std::size_t{2});
        QCOMPARE(chain->back().commonName(), std::string("test intermediate"));
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<std::string>("text");
        const std::string pem = testData("tls/server.crt");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("a key") << testData("tls/server.key");
        QTest::newRow("half a certificate") << pem.substr(0, pem.size() / 2);
        QTest::newRow("a broken one behind a whole one")
            << pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    }

    void refusesWhatIsNone()
    {
        QFETCH(std::string, text);
        const auto read = Certificate::fromPem(text);
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode(CertificateErrorCode::NotACertificate));
    }

    void verifiesChains_data()
    {
        QTest::addColumn<QStringList>("chain");
        QTest::addColumn<QStringList>("trusted");
        QTest::addColumn<VerifyOptions>("options");
        QTest::addColumn<int>("error"); // -1: holds
        const auto row = [](const char* name, const QStringList& chain, const QStringList& trusted,
                            const VerifyOptions& options, std::optional<CertificateErrorCode> error = {}) {
            QTest::newRow(name) << chain << trusted << options << (error ? static_cast<int>(*error) : -1);
        };
        using enum CertificateErrorCode;
        const VerifyOptions server{};
        const VerifyOptions client{.purpose = CertificatePurpose::TlsClient};
        row("whole", {"server", "mid"}, {"root"}, server);
        row("the root is sent along", {"server", "root", "mid"}, {"root"}, server);
        row("the intermediate is missing", {"server"}, {"root"}, server, Untrusted);
        row("the intermediate is trusted, the root is not", {"server"}, {"mid"}, server, Untrusted);
        row("partial chains will do", {"server"}, {"mid"}, {.partialChains = true});
        row("another root", {"server", "mid"}, {"client"}, server, Untrusted);
        row("nobody is trusted", {"server", "mid"}, {}, server, Untrusted);
        row("too deep", {"server", "mid"}, {"root"}, {.depth = 0}, Untrusted);
        row("just deep enough", {"server", "mid"}, {"root"}, {.depth = 1});
        row("expired", {"expired", "mid"}, {"root"}, server, Expired);
        row("before it expired", {"expired", "mid"}, {"root"},
            {.now = std::chrono::system_clock::from_time_t(1'579'000'000)});
        row("not yet", {"server", "mid"}, {"root"}, {.now = std::chrono::system_clock::from_time_t(1'500'000'000)},
            NotYetValid);
        row("its name", {"server", "mid"}, {"root"}, {.host = "server.test"});
        row("a name under its wildcard", {"server", "mid"}, {"root"}, {.host = "a.server.test"});
        row("its address", {"server", "mid"}, {"root"}, {.host = "127.0.0.1"});
        row("another name", {"server", "mid"}, {"root"}, {.host = "other.test"}, NameMismatch);
        row("another address", {"server", "mid"}, {"root"}, {.host = "127.0.0.2"}, NameMismatch);
        row("a client", {"client", "mid"}, {"root"}, client);
        row("a server as client", {"server", "mid"}, {"root"}, client, Untrusted);
        row("a client as server", {"client", "mid"}, {"root"}, server, Untrusted);
        row("no chain", {}, {"root"}, server, NotACertificate);
    }

    void verifiesChains()
    {
        QFETCH(QStringList, chain);
        QFETCH(QStringList, trusted);
        QFETCH(VerifyOptions, options);
        QFETCH(int, error);
        const TrustStore store(certificates(trusted));
        const auto verified = store.verify(certificates(chain), options);
        if (error < 0) {
            CLAIMSMITH_VERIFY_RESULT(verified);
            QVERIFY(verified->front() == certificate(chain.front().toStdString()));
            QVERIFY(verified->back() == certificate(trusted.front().toStdString()));
        } else {
            QVERIFY(!verified);
            const std::string text = verified.error().toString();
            QVERIFY2(verified.error().code == ErrorCode(static_cast<CertificateErrorCode>(error)), text.c_str());
        }
    }

    void keepsCertificateAndKeyTogether()
    {
        const auto identity =
            TlsIdentity::fromPem(testData("tls/server.crt") + testData("tls/mid.crt"), testData("tls/server.key"));
        CLAIMSMITH_VERIFY_RESULT(identity);
        QCOMPARE(identity->chain().size(), std::size_t{2});
        const auto mismatch = TlsIdentity::fromPem(testData("tls/server.crt"), testData("tls/client.key"));
        QVERIFY(!mismatch);
        QVERIFY(mismatch.error().code == ErrorCode(CertificateErrorCode::KeyMismatch));
    }

    void makesItsOwn()
    {
        const auto own = TlsIdentity::selfSigned();
        CLAIMSMITH_VERIFY_RESULT(own);
        const TrustStore store(own->chain());
        for (const char* host : {"localhost", "127.0.0.1", "::1"})
            CLAIMSMITH_VERIFY_RESULT(store.verify(own->chain(), {.host = host}));
        QVERIFY(!store.verify(own->chain(), {.host = "elsewhere.test"}));
        const auto other = TlsIdentity::selfSigned();
        CLAIMSMITH_VERIFY_RESULT(other);
        QVERIFY(!(own->certificate() == other->certificate()));
    }
};

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
