// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/palettesearch.h"
#include "support/testing.h"

using namespace claimsmith::app;

namespace {

using Group = PaletteEntry::Group;

std::vector<PaletteEntry> entries()
{
    const auto entry = [](Group group, const char* title, const char* detail = "") {
        PaletteEntry made;
        made.group = group;
        made.title = QString::fromLatin1(title);
        made.detail = QString::fromLatin1(detail);
        return made;
    };
    return {
        entry(Group::Requests, "Call /api", "my-api-service"),
        entry(Group::Actions, "Send", "Requests"),
        entry(Group::Actions, "Re-sign token for api with exp +10 min", "login_server_issuer"),
        entry(Group::Gateway, "jwt on route api", "claims_to_verify exp"),
        entry(Group::Gateway, "Route api", "my-api-service, /api"),
        entry(Group::Gateway, "Service my-api-service"),
        entry(Group::Consumers, "login_server_issuer"),
        entry(Group::Traffic, "17 x 401 token expired on api", "last 15 min"),
    };
}

QStringList titles(const std::vector<PaletteHit>& hits)
{
    QStringList result;
    for (const PaletteHit& hit : hits)
        result.append(hit.entry->title);
    return result;
}

} // namespace

class TestPaletteSearch final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void marksTheWords();
    void limitsEachGroup();
};

void TestPaletteSearch::finds_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const char* query, const QStringList& expected) {
        QTest::newRow(name) << QString::fromLatin1(query) << expected;
    };
    const QString resign = QStringLiteral("Re-sign token for api with exp +10 min");
    const QString jwt = QStringLiteral("jwt on route api");
    const QString route = QStringLiteral("Route api");
    const QString issuer = QStringLiteral("login_server_issuer");
    row("every word, in title or detail", "api exp", {resign, jwt, QStringLiteral("17 x 401 token expired on api")});
    row("case does not matter", "SEND", {QStringLiteral("Send")});
    row("a title that starts so comes first", "route", {route, jwt});
    row("commands only", "> api", {resign});
    row("entities and consumers", "#issuer", {issuer});
    row("consumers only", "@", {issuer});
    row("no hit", "nothing such", {});
}

void TestPaletteSearch::finds()
{
    QFETCH(QString, query);
    QFETCH(QStringList, expected);
    const auto all = entries();
    QCOMPARE(titles(searchPalette(all, query)), expected);
}

void TestPaletteSearch::marksTheWords()
{
    const auto all = entries();
    const auto hits = searchPalette(all, QStringLiteral("exp api"));
    const QList<TextRange> inTitle{{18, 3}, {27, 3}};
    QCOMPARE(hits.at(0).inTitle, inTitle);
    const QList<TextRange> inDetail{{17, 3}};
    QCOMPARE(hits.at(1).inDetail, inDetail);
}

void TestPaletteSearch::limitsEachGroup()
{
    const auto all = entries();
    const QStringList expected{QStringLiteral("Send"), QStringLiteral("Call /api"), QStringLiteral("jwt on route api"),
                               QStringLiteral("login_server_issuer"), QStringLiteral("17 x 401 token expired on api")};
    QCOMPARE(titles(searchPalette(all, {}, 1)), expected);
}

QTEST_GUILESS_MAIN(TestPaletteSearch)
#include "tst_palettesearch.moc"
