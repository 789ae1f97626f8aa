// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRequestSizeLimiting : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void decides_data();
    void decides();
    void expectationsFail();
    void explains_data();
    void explains();
};

namespace {

std::string limited(const QString& config)
{
    return documentOf(R"({"name": "request-size-limiting", "config": )" + config.toStdString() + "}");
}

Sent sentWith(const QString& header, const QString& value, int bodySize = 0)
{
    Sent sent{.method = "POST", .target = "/r"};
    if (!header.isEmpty())
        sent.headers.emplace_back(header.toStdString(), value.toStdString());
    sent.body = std::string(static_cast<std::size_t>(bodySize), 'x');
    return sent;
}

} // namespace

void TestRequestSizeLimiting::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("unit") << R"({"size_unit": "bits"})"
                          << "expected one of: megabytes, kilobytes, bytes";
    QTest::newRow("fraction") << R"({"allowed_payload_size": 1.5})"
                              << "expected an integer";
    QTest::newRow("defaults") << "{}"
                              << "";
}

void TestRequestSizeLimiting::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(limited(config)));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

void TestRequestSizeLimiting::decides_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("bodySize");
    QTest::addColumn<int>("status");
    const QString ten = R"({"allowed_payload_size": 10, "size_unit": "bytes"})";
    const QString kilobyte = R"({"allowed_payload_size": 1, "size_unit": "kilobytes"})";
    const QString told = R"({"allowed_payload_size": 10, "size_unit": "bytes", "require_content_length": true})";
    QTest::newRow("at the limit") << ten << "Content-Length"
                                  << "10" << 10 << 200;
    QTest::newRow("above") << ten << "Content-Length"
                           << "11" << 11 << 413;
    QTest::newRow("kilobyte") << kilobyte << "Content-Length"
                              << "1024" << 0 << 200;
    QTest::newRow("above a kilobyte") << kilobyte << "Content-Length"
                                      << "1025" << 0 << 413;
    QTest::newRow("above a megabyte") << R"({"allowed_payload_size": 1})"
                                      << "Content-Length"
                                      << "1048577" << 0 << 413;
    QTest::newRow("chunked below") << ten << "Transfer-Encoding"
                                   << "chunked" << 10 << 200;
    QTest::newRow("chunked above") << ten << "Transfer-Encoding"
                                   << "chunked" << 11 << 413;
    QTest::newRow("no length needed") << ten << ""
                                      << "" << 0 << 200;
    QTest::newRow("no length") << told << ""
                               << "" << 0 << 411;
    QTest::newRow("chunked will do") << told << "Transfer-Encoding"
                                     << "chunked" << 10 << 200;
    QTest::newRow("length told") << told << "Content-Length"
                                 << "0" << 0 << 200;
}

void TestRequestSizeLimiting::decides()
{
    QFETCH(QString, config);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(int, bodySize);
    QFETCH(int, status);
    QCOMPARE(Passage(snapshotOf(limited(config)), sentWith(header, value, bodySize)).status(), status);
}

void TestRequestSizeLimiting::expectationsFail()
{
    Sent sent = sentWith("Content-Length", "11");
    sent.headers.emplace_back("Expect", " 100-Continue");
    const Passage passage(snapshotOf(limited(R"({"allowed_payload_size": 10, "size_unit": "bytes"})")), sent);
    QCOMPARE(passage.status(), 417);
    QCOMPARE(*json(passage.body()).findString("message"), std::string("Request size limit exceeded"));
}

void TestRequestSizeLimiting::explains_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<int>("size");
    QTest::newRow("bytes") << "bytes" << 1500;
    QTest::newRow("kilobytes") << "kilobytes" << 2;
}

void TestRequestSizeLimiting::explains()
{
    QFETCH(QString, unit);
    QFETCH(int, size);
    const Passage passage(snapshotOf(limited(R"({"allowed_payload_size": 1, "size_unit": ")" + unit + "\"}")),
                          sentWith("Content-Length", "1500"), true);
    const Explanation explanation = explanationOf(passage, "request-size-limiting");
    QCOMPARE(explanation.title.id, std::string("request-size-limiting.too-large.title"));
    QCOMPARE(labelsOf(explanation), std::string("*set-field open-plugin"));
    QCOMPARE(findRepair<SetField>(explanation)->value, document::Value(size));
}

QTEST_APPLESS_MAIN(TestRequestSizeLimiting)
#include "tst_request_size_limiting.moc"
