// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headerdiff.h"

#include "widgets/headerdiffmodel.h"

#include "support/testing.h"

#include <QAbstractItemModelTester>

using namespace claimsmith;
using namespace claimsmith::app;
using gateway::Author;
using gateway::HeaderChange;

namespace {

constexpr auto token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln";

gateway::Step step(std::vector<HeaderChange> changes)
{
    gateway::Step made;
    made.requestChanges = std::move(changes);
    return made;
}

gateway::Trace proxied()
{
    const Author jwt{Author::Kind::Plugin, "jwt"};
    const Author proxy{Author::Kind::Proxy, ""};
    const Author service{Author::Kind::Service, "api"};
    gateway::Trace trace;
    trace.request.headers = {{"Host", "127.0.0.1:8000"}, {"Accept", "*/*"}, {"connection", "close"}, {"X-Twice", "1"}};
    trace.upstream.emplace();
    trace.upstream->headers = {
        {"Host", "localhost:3000"}, {"accept", "*/*"}, {"X-Twice", "1"}, {"X-Consumer-ID", "5b1f"}, {"X-Token", token}};
    trace.steps = {step({{HeaderChange::Kind::Added, "X-Consumer-ID", "", "5b1f", jwt},
                         {HeaderChange::Kind::Added, "X-Token", "", token, jwt},
                         {HeaderChange::Kind::Changed, "X-Twice", "1", "2", jwt},
                         {HeaderChange::Kind::Changed, "X-Twice", "2", "1", proxy}}),
                   step({{HeaderChange::Kind::Changed, "host", "127.0.0.1:8000", "localhost:3000", service},
                         {HeaderChange::Kind::Removed, "Connection", "close", "", proxy}})};
    return trace;
}

} // namespace

class TestHeaderDiff : public QObject
{
    Q_OBJECT

private slots:
    void groupsAndAttributes()
    {
        const auto rows = headerDifferences(proxied());
        std::string dump;
        for (const auto& row : rows) {
            dump += "~-+="[static_cast<int>(row.kind)];
            dump += row.name + "[" + row.sent + ">" + row.received + "]";
            for (const auto& author : row.by)
                dump += "<" + (author.name.empty() ? std::string("proxy") : author.name);
            dump += "\n";
        }
        QCOMPARE(dump, std::string("~Host[127.0.0.1:8000>localhost:3000]<api\n"
                                   "-connection[close>]<proxy\n"
                                   "+X-Consumer-ID[>5b1f]<jwt\n"
                                   "+X-Token[>") +
                           token +
                           "]<jwt\n"
                           "=accept[*/*>*/*]\n"
                           "=X-Twice[1>1]\n");
        QCOMPARE(countsOf(rows).total(), 4);
    }

    void whatPluginsAddedComesFirst()
    {
        gateway::Trace trace = proxied();
        trace.upstream = http::RequestHead{};
        trace.upstream->headers.add("Via", "1.1 kong");
        trace.upstream->headers.add("X-Consumer-ID", "5b1f");
        trace.steps = {step({{HeaderChange::Kind::Added, "Via", "", "1.1 kong", {Author::Kind::Proxy, ""}},
                             {HeaderChange::Kind::Added, "X-Consumer-ID", "", "5b1f", {Author::Kind::Plugin, "jwt"}}})};
        std::vector<std::string> added;
        for (const auto& row : headerDifferences(trace)) {
            if (row.kind == HeaderDifference::Kind::Added)
                added.push_back(row.name);
        }
        QCOMPARE(added, (std::vector<std::string>{"X-Consumer-ID", "Via"}));
    }

    void nothingLeftForTheUpstream()
    {
        auto trace = proxied();
        trace.upstream.reset();
        QVERIFY(headerDifferences(trace).empty());
    }

    void recognisesTokens_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("found");
        QTest::newRow("bare") << token << true;
        QTest::newRow("behind a scheme") << QString(QStringLiteral("Bearer ") + QLatin1String(token)) << true;
        QTest::newRow("encrypted") << "eyJhbGciOiJkaXIifQ.a.b.c.d" << true;
        QTest::newRow("version number") << "1.2.3" << false;
        QTest::newRow("host name") << "www.example.com" << false;
        QTest::newRow("empty") << "" << false;
    }

    void recognisesTokens()
    {
        QFETCH(QString, value);
        QFETCH(bool, found);
        QCOMPARE(!tokenInHeaderValue(value).isEmpty(), found);
    }

    void modelKeepsItsContract()
    {
        HeaderDiffModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDifferences(headerDifferences(proxied()));
        QCOMPARE(model.rowCount(), 4);
        model.setChangedOnly(false);
        QCOMPARE(model.rowCount(), 6);

        const auto tokenRow = model.index(3, 0);
        QCOMPARE(model.rowCount(tokenRow), 1);
        QVERIFY(HeaderDiffModel::isTokenChild(model.index(0, 0, tokenRow)));
        QCOMPARE(model.token(model.index(0, 0, tokenRow)), QString::fromLatin1(token));
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
        QCOMPARE(model.copyText(model.index(1, 0)), QStringLiteral("connection: close"));
        QCOMPARE(model.data(model.index(1, HeaderDiffModel::ReceivedColumn), Qt::DisplayRole).toString(),
                 QStringLiteral("removed"));
        QCOMPARE(model.data(model.index(2, 0), Qt::AccessibleTextRole).toString(),
                 QStringLiteral("X-Consumer-ID added by jwt: 5b1f"));
    }
};

QTEST_GUILESS_MAIN(TestHeaderDiff)
#include "tst_headerdiff.moc"
