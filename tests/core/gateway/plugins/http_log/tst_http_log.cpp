// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "base/log.h"
#include "document/json.h"
#include "support/rawclient.h"
#include "support/rawserver.h"

#include <QElapsedTimer>

#include <mutex>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using claimsmith::test::bodyOf;
using claimsmith::test::headerOf;
using claimsmith::test::RawServer;
using document::Object;
using document::Value;

class TestHttpLog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void sendsARecord();
    void writesItsOwnHeaders();
    void sendsUserInformationAsCredentials();
    void gathersBatches();
    void takesOldSettings();
    void sendsWhatWaitedLongEnough();
    void triesAgain_data();
    void triesAgain();
    void givesUp();
    void dropsTheOldest_data();
    void dropsTheOldest();
    void sendsAtOnceWithoutALimit();
    void sharesAQueueAcrossConfigurations();
    void flushesWhenTheGatewayStops();
    void doesNotWaitForeverWhenTheGatewayStops();
};

namespace {

const std::string accepted = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::mutex logMutex;
QStringList logLines; ///< guarded by logMutex

QString logged()
{
    const std::lock_guard lock(logMutex);
    return logLines.join(u'\n');
}

std::string documentWith(const std::string& config)
{
    return documentOf("", R"("plugins": [{"name": "http-log", "config": )" + config + "}]");
}

/// Requests to one gateway that logs to a port, with these further settings.
class Gateway
{
public:
    explicit Gateway(std::uint16_t port, const std::string& more = {}) { reload(port, more); }

    void reload(std::uint16_t port, const std::string& more)
    {
        m_snapshot = snapshotOf(documentWith(R"({"http_endpoint": "http://127.0.0.1:)" + std::to_string(port) +
                                             R"(/in?secret=1")" + (more.empty() ? "" : ", " + more) + "}"));
    }

    /// A request to /r/NAME.
    void send(const std::string& name) const
    {
        const Passage passage(m_snapshot, {.target = "/r/" + name}, m_shared, testNow);
        QVERIFY(passage.isProxied());
    }

    /// The end of the engine.
    void stop() { m_shared.reset(); }

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<SharedState> m_shared = std::make_shared<SharedState>();
};

/// The requests that a server got, whole.
std::vector<std::string> requestsTo(const RawServer& server)
{
    std::vector<std::string> requests;
    std::string rest = server.received();
    for (;;) {
        const std::size_t head = rest.find("\r\n\r\n");
        if (head == std::string::npos)
            return requests;
        const std::size_t size = head + 4 + std::strtoul(headerOf(rest, "content-length").c_str(), nullptr, 10);
        if (rest.size() < size)
            return requests;
        requests.push_back(rest.substr(0, size));
        rest.erase(0, size);
    }
}

/// "a b|c": the names of the requests that each batch tells of.
QString batchesAt(const RawServer& server)
{
    QStringList batches;
    for (const std::string& request : requestsTo(server)) {
        const Value body = json(bodyOf(request));
        QStringList names;
        const auto add = [&names](const Value& record) {
            names << QString::fromStdString(*record.find("request")->findString("uri")).mid(3);
        };
        if (body.asArray())
            std::ranges::for_each(*body.asArray(), add);
        else
            add(body);
        batches << names.join(u' ');
    }
    return batches.join(u'|');
}

std::vector<std::string> answers(std::size_t count)
{
    return std::vector<std::string>(count, accepted);
}

/// A port that nobody listens at.
std::uint16_t closedPort()
{
    return RawServer({}).port();
}

} // namespace

void TestHttpLog::initTestCase()
{
    setLogSink([](LogLevel, std::string_view, std::string_view message) {
        const std::lock_guard lock(logMutex);
        logLines << QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
    });
}

void TestHttpLog::init()
{
    const std::lock_guard lock(logMutex);
    logLines.clear();
}

void TestHttpLog::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    const auto with = [](const char* setting) {
        return QStringLiteral(R"({"http_endpoint": "http://u:p@h", %1})").arg(QLatin1String(setting));
    };
    QTest::newRow("no endpoint") << "{}"
                                 << "config.http_endpoint: required field missing";
    QTest::newRow("no host") << R"({"http_endpoint": "http:///x"})"
                             << "config.http_endpoint: missing host in url";
    QTest::newRow("no host but a user") << R"({"http_endpoint": "http://u@:80/x"})"
                                        << "config.http_endpoint: missing host in url";
    QTest::newRow("no scheme") << R"({"http_endpoint": "//h/x"})"
                               << "config.http_endpoint: missing scheme in url";
    QTest::newRow("method") << with(R"("method": "GET")") << "config.method: expected one of: POST, PUT, PATCH";
    QTest::newRow("content type") << with(R"("content_type": "text/plain")")
                                  << "config.content_type: expected one of: application/json, application/json; "
                                     "charset=utf-8";
    QTest::newRow("host") << with(R"("headers": {"hOST": "x"})") << "cannot contain 'Host' header";
    QTest::newRow("content length") << with(R"("headers": {"Content-LenGth": "1"})")
                                    << "cannot contain 'Content-Length' header";
    QTest::newRow("content type as header")
        << with(R"("headers": {"content-type": "x"})") << "cannot contain 'Content-Type' header";
    QTest::newRow("empty header") << with(R"("headers": {"X": ""})") << "length must be at least 1";
    QTest::newRow("two authorizations")
        << with(R"("headers": {"authorization": "x"})")
        << "specifying both an 'Authorization' header and user info in 'http_endpoint' is not allowed";
    QTest::newRow("no batch") << with(R"("queue": {"max_batch_size": 0})")
                              << "config.queue.max_batch_size: value should be between 1 and 1000000";
    QTest::newRow("too slow") << with(R"("queue": {"max_coalescing_delay": 3601})")
                              << "config.queue.max_coalescing_delay: value should be between 0 and 3600";
    QTest::newRow("two at a time") << with(R"("queue": {"concurrency_limit": 2})")
                                   << "config.queue.concurrency_limit: expected one of: -1, 1";
    QTest::newRow("function that is none")
        << with(R"("custom_fields_by_lua": {"f": "return ="})") << "Error parsing function: ";
    QTest::newRow("accepted") << with(R"("queue": {"max_batch_size": 5}, "headers": {"X": "1"})") << "";
}

void TestHttpLog::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const std::string found = problemWith(documentWith(config.toStdString()));
    QVERIFY2(problem.isEmpty() ? found.empty() : found.find(problem.toStdString()) != std::string::npos, found.c_str());
}

void TestHttpLog::sendsARecord()
{
    const RawServer server(answers(2));
    Gateway gateway(server.port(),
                    R"lua("custom_fields_by_lua": {"my.field": "return 'v/' .. kong.request.get_method()"})lua");
    gateway.send("a");
    gateway.send("b");
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a|b"));
    const std::string request = requestsTo(server).front();
    QCOMPARE(request.substr(0, request.find("\r\n")), std::string("POST /in HTTP/1.1"));
    QCOMPARE(headerOf(request, "host"), "127.0.0.1:" + std::to_string(server.port()));
    QCOMPARE(headerOf(request, "content-type"), std::string("application/json"));
    const Value record = json(bodyOf(request));
    QCOMPARE(*record.find("response")->find("status"), Value(200));
    QCOMPARE(*record.find("my")->findString("field"), std::string("v/GET"));
    QVERIFY(request.find(R"("field":"v\/GET")") != std::string::npos); // slashes as Kong's encoder writes them
    QCOMPARE(server.connections(), 1);
    QCOMPARE(logged(), QString());
}

void TestHttpLog::writesItsOwnHeaders()
{
    const RawServer server(answers(1));
    Gateway gateway(server.port(), R"("method": "PUT", "content_type": "application/json; charset=utf-8",
        "headers": {"X-Team": "blue", "authorization": "token"})");
    gateway.send("a");
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a"));
    const std::string request = server.received();
    QVERIFY(request.starts_with("PUT /in HTTP/1.1\r\n"));
    QCOMPARE(headerOf(request, "content-type"), std::string("application/json; charset=utf-8"));
    QCOMPARE(headerOf(request, "x-team"), std::string("blue"));
    QCOMPARE(headerOf(request, "authorization"), std::string("token"));
}

void TestHttpLog::sendsUserInformationAsCredentials()
{
    const RawServer server(answers(1));
    const auto snapshot = snapshotOf(
        documentWith(R"({"http_endpoint": "http://us%65r:pa:ss@127.0.0.1:)" + std::to_string(server.port()) + "\"}"));
    const auto shared = std::make_shared<SharedState>();
    const Passage passage(snapshot, {.target = "/r/a"}, shared, testNow);
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a"));
    // As written, not decoded, as in Kong.
    QCOMPARE(headerOf(server.received(), "authorization"), std::string("Basic dXMlNjVyOnBhOnNz"));
    QVERIFY(server.received().starts_with("POST / HTTP/1.1\r\n"));
}

void TestHttpLog::gathersBatches()
{
    const RawServer server(answers(9));
    Gateway gateway(server.port(), R"("queue": {"max_batch_size": 2, "max_coalescing_delay": 3600})");
    for (const char* const name : {"a", "b", "c", "d", "e"})
        gateway.send(name);
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a b|c d"));
    gateway.stop();
    QCOMPARE(batchesAt(server), QStringLiteral("a b|c d|e"));
    QVERIFY(json(bodyOf(requestsTo(server).back())).asArray());
}

void TestHttpLog::takesOldSettings()
{
    const RawServer server(answers(9));
    Gateway gateway(server.port(), R"("queue_size": 3, "flush_timeout": 3000, "retry_count": 5)");
    for (const char* const name : {"a", "b", "c", "d"})
        gateway.send(name);
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a b c"));
}

void TestHttpLog::sendsWhatWaitedLongEnough()
{
    const RawServer server(answers(1));
    Gateway gateway(server.port(), R"("queue": {"max_batch_size": 1000, "max_coalescing_delay": 0.06})");
    gateway.send("a");
    gateway.send("b");
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a b"));
}

void TestHttpLog::triesAgain_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("server error") << "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("redirect") << "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("client error") << "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("no answer") << "";
    QTest::newRow("not HTTP") << "hello\r\n\r\n";
}

void TestHttpLog::triesAgain()
{
    QFETCH(QString, answer);
    const RawServer server({answer.toStdString(), answer.toStdString(), accepted, accepted});
    Gateway gateway(server.port());
    gateway.send("a");
    gateway.send("b");
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a|a|a|b"));
    QCOMPARE(logged().count(QStringLiteral("there will be a retry")), 2);
    QVERIFY(!logged().contains(QStringLiteral("secret")));
}

void TestHttpLog::givesUp()
{
    Gateway gateway(closedPort(), R"("queue": {"max_retry_time": -1})");
    gateway.send("a");
    QTRY_VERIFY(logged().contains(QStringLiteral("no further retries, 1 entry lost")));
}

void TestHttpLog::dropsTheOldest_data()
{
    QTest::addColumn<QString>("bound");
    QTest::addColumn<QString>("batches");
    QTest::newRow("entries") << R"("max_entries": 2)"
                             << "a|a|d|e";
    QTest::newRow("octets: none fits") << R"("max_bytes": 10)"
                                       << "";
}

void TestHttpLog::dropsTheOldest()
{
    QFETCH(QString, bound);
    QFETCH(QString, batches);
    // The first try fails, and the second waits: what comes meanwhile has to wait too.
    std::vector<std::string> all = answers(9);
    all.front() = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
    const RawServer server(all);
    Gateway gateway(server.port(), R"("queue": {"initial_retry_delay": 1000, )" + bound.toStdString() + "}");
    gateway.send("a");
    if (!batches.isEmpty())
        QTRY_VERIFY(logged().contains(QStringLiteral("there will be a retry")));
    for (const char* const name : {"b", "c", "d", "e"})
        gateway.send(name);
    gateway.stop(); // does not wait for the delay
    QCOMPARE(batchesAt(server), batches);
    QVERIFY(logged().contains(batches.isEmpty() ? QStringLiteral("larger than the queue may be")
                                                : QStringLiteral("the queue goes on; 2 entries were dropped")));
}

void TestHttpLog::sendsAtOnceWithoutALimit()
{
    // The server serves one connection after the other.
    std::vector<std::string> all(4, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    all.front() = "HTTP/1.1 500 Oops\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    const RawServer server(all);
    Gateway gateway(server.port(), R"("queue": {"concurrency_limit": -1, "max_batch_size": 9,
        "max_coalescing_delay": 3600, "initial_retry_delay": 1000})");
    gateway.send("a");
    QTRY_VERIFY(logged().contains(QStringLiteral("there will be a retry")));
    // Others do not wait for it, nor for each other.
    gateway.send("b");
    gateway.send("c");
    QTRY_COMPARE(requestsTo(server).size(), std::size_t(3));
    gateway.stop();
    QVERIFY2(batchesAt(server).startsWith(u'a') && batchesAt(server).endsWith(u'a'), qPrintable(batchesAt(server)));
    for (const std::string& request : requestsTo(server))
        QVERIFY(json(bodyOf(request)).asArray()); // the form is still that of batches
}

void TestHttpLog::sharesAQueueAcrossConfigurations()
{
    const RawServer server(answers(9));
    Gateway gateway(server.port(), R"("queue": {"max_batch_size": 3, "max_coalescing_delay": 3600})");
    gateway.send("a");
    gateway.reload(server.port(), R"("queue": {"max_batch_size": 2, "max_coalescing_delay": 3600})");
    gateway.send("b");
    QTRY_COMPARE(batchesAt(server), QStringLiteral("a b"));
}

void TestHttpLog::flushesWhenTheGatewayStops()
{
    const RawServer server(answers(9));
    Gateway gateway(server.port(), R"("queue": {"max_batch_size": 100, "max_coalescing_delay": 3600})");
    for (int i = 0; i < 150; ++i)
        gateway.send(std::to_string(i));
    gateway.stop();
    std::size_t entries = 0;
    for (const std::string& request : requestsTo(server))
        entries += json(bodyOf(request)).asArray()->size();
    QCOMPARE(entries, std::size_t(150));
    QCOMPARE(logged(), QString());
}

void TestHttpLog::doesNotWaitForeverWhenTheGatewayStops()
{
    const RawServer server({}, RawServer::Silent);
    Gateway gateway(server.port());
    gateway.send("a");
    gateway.send("b");
    QTRY_COMPARE(server.connections(), 1);
    QElapsedTimer timer;
    timer.start();
    gateway.stop();
    const auto grace = std::chrono::duration_cast<std::chrono::milliseconds>(Deliveries::shutdownGrace).count();
    QVERIFY(timer.elapsed() < 2 * grace);
    QVERIFY2(logged().contains(QStringLiteral("the gateway stops, 2 entries lost")), qPrintable(logged()));
}

QTEST_GUILESS_MAIN(TestHttpLog)
#include "tst_http_log.moc"
