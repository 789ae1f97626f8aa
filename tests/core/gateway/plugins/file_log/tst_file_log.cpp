// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

#include <QFile>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestFileLog : public QObject
{
    Q_OBJECT

private slots:
    void appendsALineForEachExchange();
    void followsTheNameWhenAsked_data();
    void followsTheNameWhenAsked();
    void addsFieldsMadeByCode();
    void staysQuietWithoutAFolder();
    void refuses_data();
    void refuses();
};

namespace {

std::string configuration(const QString& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"],
        "plugins": [{"name": "file-log", "config": )" +
           config.toStdString() + "}]}]}]}";
}

QString configFor(const QString& path, const QString& more = {})
{
    return R"({"path": ")" + path + "\"" + more + "}";
}

QList<QByteArray> linesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

} // namespace

void TestFileLog::appendsALineForEachExchange()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("log");
    const auto snapshot = snapshotOf(configuration(configFor(path)));
    const Passage first(snapshot, {.target = "/r/1"});
    const Passage second(snapshot, {.target = "/r/2"});
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].contains(R"("uri":"\/r\/1")"));
    QCOMPARE(*json(lines[1].toStdString()).at("/request/uri")->asString(), std::string("/r/2"));
}

void TestFileLog::followsTheNameWhenAsked_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<int>("inNew");
    QTest::newRow("keeps the file") << "" << 0;
    QTest::newRow("opens it anew") << R"(, "reopen": true)" << 1;
}

void TestFileLog::followsTheNameWhenAsked()
{
    QFETCH(QString, more);
    QFETCH(int, inNew);
    const QTemporaryDir folder;
    const QString path = folder.filePath("log");
    const auto snapshot = snapshotOf(configuration(configFor(path, more)));
    const Passage first(snapshot, {.target = "/r"});
    QVERIFY(QFile::rename(path, path + ".1"));
    const Passage second(snapshot, {.target = "/r"});
    QCOMPARE(linesOf(path).size(), inNew);
    QCOMPARE(linesOf(path + ".1").size(), 2 - inNew);
}

void TestFileLog::addsFieldsMadeByCode()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("log");
    const auto snapshot = snapshotOf(configuration(
        configFor(path, R"(, "custom_fields_by_lua": {"who": "return 'a' .. 1", "request.size": "return nil"})")));
    const Passage passage(snapshot, {.target = "/r"});
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 1);
    const document::Value record = json(lines[0].toStdString());
    QCOMPARE(*record.findString("who"), std::string("a1"));
    QVERIFY(!record.at("/request/size"));
}

void TestFileLog::staysQuietWithoutAFolder()
{
    const QTemporaryDir folder;
    const auto snapshot = snapshotOf(configuration(configFor(folder.filePath("none/log"))));
    QCOMPARE(Passage(snapshot, {.target = "/r"}).status(), 200);
}

void TestFileLog::refuses_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("text");
    QTest::newRow("no path") << "{}"
                             << "required field missing";
    QTest::newRow("wildcard") << configFor("/tmp/*") << "not a valid filename";
    QTest::newRow("backtick") << configFor("/tmp/`x`") << "not a valid filename";
    QTest::newRow("broken code") << configFor("/tmp/x", R"(, "custom_fields_by_lua": {"a": "return ("})")
                                 << "Error parsing function: ";
}

void TestFileLog::refuses()
{
    QFETCH(QString, config);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config)), {}, &report));
    QVERIFY(!report.problems.empty());
    const QString message = QString::fromStdString(report.problems[0].message);
    QVERIFY2(message.startsWith(text), qPrintable(message));
}

QTEST_APPLESS_MAIN(TestFileLog)
#include "tst_file_log.moc"
