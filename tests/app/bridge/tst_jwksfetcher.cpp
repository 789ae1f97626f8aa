// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/jwksfetcher.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <QSignalSpy>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string document = R"({"keys":[]})";

std::string answer(const std::string& status, const std::string& body, const std::string& headers = {})
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

std::string urlOf(const test::RawServer& server)
{
    return "http://127.0.0.1:" + std::to_string(server.port()) + "/jwks.json";
}

std::string parameter(const Error& error, std::string_view name)
{
    for (const auto& [key, value] : error.parameters) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

class TestJwksFetcher final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_document.reset();
        m_error.reset();
    }

    void takesTheDocument()
    {
        test::RawServer server({answer("200 OK", document, "Content-Type: application/jwk-set+json\r\n")});
        fetch(urlOf(server));
        QTRY_VERIFY(m_document || m_error);
        QVERIFY(m_document);
        QCOMPARE(*m_document, document);
        QVERIFY(server.received().starts_with("GET /jwks.json HTTP/1.1"));
    }

    void followsRedirects()
    {
        test::RawServer server({answer("302 Found", {}, "Location: /moved.json\r\n"), answer("200 OK", document)});
        fetch(urlOf(server));
        QTRY_VERIFY(m_document || m_error);
        QVERIFY(m_document);
        QVERIFY(server.received().find("GET /moved.json") != std::string::npos);
    }

    void tellsTheStatus()
    {
        test::RawServer server({answer("404 Not Found", "no")});
        fetch(urlOf(server));
        QTRY_VERIFY(m_document || m_error);
        QVERIFY(m_error);
        QCOMPARE(parameter(*m_error, "status"), std::string("404"));
    }

    void refusesWhatIsTooLarge()
    {
        test::RawServer server({answer("200 OK", std::string(JwksFetcher::maximumSize + 1, ' '))});
        fetch(urlOf(server));
        QTRY_VERIFY(m_document || m_error);
        QVERIFY(m_error);
        QVERIFY(!m_error->detail.empty());
    }

    void tellsThatNobodyAnswers()
    {
        std::string url;
        {
            const test::RawServer gone({});
            url = urlOf(gone);
        }
        fetch(url);
        QTRY_VERIFY(m_document || m_error);
        QVERIFY(m_error);
        QCOMPARE(parameter(*m_error, "status"), std::string());
    }

    void aNewerFetchReplacesTheOlder()
    {
        test::RawServer silent({}, test::RawServer::Silent);
        test::RawServer server({answer("200 OK", document)});
        JwksFetcher fetcher;
        QSignalSpy fetched(&fetcher, &JwksFetcher::fetched);
        QSignalSpy failed(&fetcher, &JwksFetcher::failed);
        fetcher.fetch(urlOf(silent));
        QTRY_COMPARE(silent.connections(), 1);
        fetcher.fetch(urlOf(server));
        QTRY_COMPARE(fetched.count(), 1);
        QCOMPARE(failed.count(), 0);
    }

    void leavingDoesNotWait()
    {
        test::RawServer silent({}, test::RawServer::Silent);
        auto fetcher = std::make_unique<JwksFetcher>();
        fetcher->fetch(urlOf(silent));
        QTRY_COMPARE(silent.connections(), 1);
        QElapsedTimer timer;
        timer.start();
        fetcher.reset();
        QVERIFY2(timer.elapsed() < 5000, "it waited for its patience to end");
    }

private:
    void fetch(const std::string& url)
    {
        m_fetcher = std::make_unique<JwksFetcher>();
        connect(m_fetcher.get(), &JwksFetcher::fetched, this, [this](const Bytes& bytes) { m_document = bytes; });
        connect(m_fetcher.get(), &JwksFetcher::failed, this, [this](const Error& error) { m_error = error; });
        m_fetcher->fetch(url);
    }

    std::unique_ptr<JwksFetcher> m_fetcher;
    std::optional<Bytes> m_document;
    std::optional<Error> m_error;
};

QTEST_GUILESS_MAIN(TestJwksFetcher)
#include "tst_jwksfetcher.moc"
