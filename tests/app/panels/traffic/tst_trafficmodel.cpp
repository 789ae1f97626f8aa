// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/traffic/trafficmodel.h"
#include "support/testing.h"

#include <QAbstractItemModelTester>

using namespace claimsmith::app;
using claimsmith::gateway::ExchangeSummary;

namespace {

ExchangeSummary exchange(const char* path, int status, const char* consumer = "")
{
    ExchangeSummary made;
    made.method = "GET";
    made.path = path;
    made.status = status;
    made.consumer = consumer;
    made.route = "api";
    return made;
}

QStringList paths(const TrafficModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, TrafficModel::Path).data().toString());
    return result;
}

} // namespace

class TestTrafficModel final : public QObject
{
    Q_OBJECT

private slots:
    void newestComeFirst();
    void filters_data();
    void filters();
    void filterHoldsForWhatComesLater();
    void oldestGo();
    void pausedTakesNothing();
    void longestFillsTheBar();
};

void TestTrafficModel::newestComeFirst()
{
    TrafficModel model;
    QAbstractItemModelTester tester(&model);
    model.add({exchange("/1", 200), exchange("/2", 200)});
    model.add({exchange("/3", 200)});
    const QStringList expected{QStringLiteral("/3"), QStringLiteral("/2"), QStringLiteral("/1")};
    QCOMPARE(paths(model), expected);
}

void TestTrafficModel::filters_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, TrafficFilter::Kind kind, const char* text, const QStringList& expected) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(text) << expected;
    };
    const QString ok = QStringLiteral("/ok");
    const QString refused = QStringLiteral("/refused");
    const QString broken = QStringLiteral("/broken");
    const QString missing = QStringLiteral("/missing");
    row("all", TrafficFilter::Kind::All, "", {broken, missing, refused, ok});
    row("errors leave out a 404", TrafficFilter::Kind::Errors, "", {broken, refused});
    row("refused", TrafficFilter::Kind::Refused, "", {refused});
    row("by consumer, any case", TrafficFilter::Kind::All, "BOB", {ok});
    row("every word counts", TrafficFilter::Kind::All, "bob 401", {});
    row("by status and route", TrafficFilter::Kind::All, "api 502", {broken});
}

void TestTrafficModel::filters()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    TrafficModel model;
    QAbstractItemModelTester tester(&model);
    model.add(
        {exchange("/ok", 200, "bob"), exchange("/refused", 401), exchange("/missing", 404), exchange("/broken", 502)});
    model.setFilter({static_cast<TrafficFilter::Kind>(kind), text});
    QCOMPARE(paths(model), expected);
    QCOMPARE(model.size(), std::size_t(4));
}

void TestTrafficModel::filterHoldsForWhatComesLater()
{
    TrafficModel model;
    QAbstractItemModelTester tester(&model);
    model.setFilter({TrafficFilter::Kind::Refused, {}});
    model.add({exchange("/a", 200), exchange("/b", 403)});
    QCOMPARE(paths(model), QStringList(QStringLiteral("/b")));
}

void TestTrafficModel::oldestGo()
{
    TrafficModel model;
    model.add({exchange("/first", 200)});
    const std::vector<ExchangeSummary> burst(TrafficModel::capacity, exchange("/later", 200));
    model.add(burst);
    QCOMPARE(model.size(), TrafficModel::capacity);
    QCOMPARE(model.rowCount(), static_cast<int>(TrafficModel::capacity));
    QCOMPARE(model.index(model.rowCount() - 1, TrafficModel::Path).data().toString(), QStringLiteral("/later"));
}

void TestTrafficModel::pausedTakesNothing()
{
    TrafficModel model;
    model.setPaused(true);
    model.add({exchange("/a", 200)});
    QCOMPARE(model.rowCount(), 0);
    model.setPaused(false);
    model.add({exchange("/b", 200)});
    QCOMPARE(paths(model), QStringList(QStringLiteral("/b")));
}

void TestTrafficModel::longestFillsTheBar()
{
    TrafficModel model;
    QCOMPARE(model.fullScale(), std::chrono::microseconds(120'000));
    ExchangeSummary slow = exchange("/slow", 200);
    slow.duration = std::chrono::microseconds(900'000);
    model.add({slow});
    QCOMPARE(model.fullScale(), slow.duration);
    model.clear();
    QCOMPARE(model.fullScale(), std::chrono::microseconds(120'000));
}

QTEST_GUILESS_MAIN(TestTrafficModel)
#include "tst_trafficmodel.moc"
