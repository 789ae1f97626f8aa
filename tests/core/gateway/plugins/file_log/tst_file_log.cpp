// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Array;
using document::Object;
using document::Value;

class TestFileLog : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void appendsLines();
    void addsFieldsByLua();
    void goesOnWithoutAFile();
};

namespace {

Value documentWith(const Object& config)
{
    Value document = json(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"]}]}]})");
    document.asObject()->set("plugins", Array{Object{{"name", "file-log"}, {"config", config}}});
    return document;
}

std::vector<Value> linesOf(const QString& path)
{
    QFile file(path);
    std::vector<Value> lines;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty())
                lines.push_back(json(line.toStdString()));
    return lines;
}

} // namespace

void TestFileLog::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("message");
    QTest::newRow("no path") << "{}"
                             << "required field missing";
    QTest::newRow("characters of a shell") << R"({"path": "/tmp/%d"})"
                                           << "not a valid filename";
    QTest::newRow("function that is none")
        << R"({"path": "/tmp/x", "custom_fields_by_lua": {"f": "return ="}})"
        << "Error parsing function: [string \"return =\"]:1: unexpected symbol near '='";
}

void TestFileLog::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, message);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(documentWith(*json(config.toStdString()).asObject()), {}, &report));
    QCOMPARE(QString::fromStdString(report.problems.front().message), message);
}

void TestFileLog::appendsLines()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("log.json"));
    const auto snapshot = snapshotOf(document::toJson(documentWith({{"path", path.toStdString()}})));
    Passage(snapshot, {.target = "/r?a=1"});
    Passage(snapshot, {.target = "/nowhere"});
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(*lines[0].at("/request/uri")->asString(), std::string("/r?a=1"));
    QCOMPARE(*lines[1].at("/response")->findInteger("status"), std::int64_t(404));
}

void TestFileLog::addsFieldsByLua()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("log.json"));
    const Object fields{{"tenant", "return kong.request.get_header('x-tenant')"},
                        {"deep.number", "return 1 + 1"},
                        {"request", "return nil"}};
    const auto snapshot =
        snapshotOf(document::toJson(documentWith({{"path", path.toStdString()}, {"custom_fields_by_lua", fields}})));
    Passage(snapshot, {.target = "/r", .headers = {{"X-Tenant", "acme"}}});
    const Value line = linesOf(path).at(0);
    QCOMPARE(*line.findString("tenant"), std::string("acme"));
    QCOMPARE(*line.at("/deep")->findInteger("number"), std::int64_t(2));
    QVERIFY(!line.find("request"));
}

void TestFileLog::goesOnWithoutAFile()
{
    const auto snapshot =
        snapshotOf(document::toJson(documentWith({{"path", "/nonexistent/folder/log"}, {"reopen", true}})));
    QVERIFY(Passage(snapshot, {.target = "/r"}).isProxied());
}

QTEST_APPLESS_MAIN(TestFileLog)
#include "tst_file_log.moc"
