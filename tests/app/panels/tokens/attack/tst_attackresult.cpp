// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackresult.h"

#include "jose/sign.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

using State = AttackCell::State;

namespace {

std::string genuineToken()
{
    const auto token =
        jose::signCompact(R"({"alg":"HS256","typ":"JWT"})", R"({"iss":"k","exp":4102444800,"nbf":1})",
                          jose::Key::fromSecret(SecretBytes(BytesView("0123456789abcdef0123456789abcdef"))));
    if (!token)
        qFatal("no token");
    return *token;
}

std::vector<AttackRow> rows()
{
    jose::forge::Knowledge knowledge;
    knowledge.signer = jose::Key::fromSecret(SecretBytes(BytesView("0123456789abcdef0123456789abcdef")));
    knowledge.now = 1'795'440'708;
    auto result = attackRows(genuineToken(), knowledge);
    if (!result)
        qFatal("no rows");
    return std::move(result).value();
}

} // namespace

class TestAttackResult final : public QObject
{
    Q_OBJECT

private slots:
    void judging_data()
    {
        QTest::addColumn<bool>("isGenuine");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("genuine");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, bool isGenuine, int status, int genuine, State state) {
            QTest::newRow(name) << isGenuine << status << genuine << static_cast<int>(state);
        };
        row("the genuine one is let in", true, 200, 0, State::Expected);
        row("the genuine one is refused", true, 401, 0, State::Refused);
        row("forged and refused", false, 401, 200, State::Refused);
        row("forged and let in", false, 200, 200, State::Accepted);
        row("the upstream's own refusal", false, 404, 404, State::Accepted);
        row("an upstream that is down lets in all the same", false, 502, 502, State::Accepted);
        row("the target breaks down", false, 500, 200, State::Failed);
        row("no answer", false, 0, 200, State::Failed);
        row("too long for the target", false, 414, 200, State::Refused);
        row("all are refused here", false, 401, 401, State::Refused);
    }
    void judging()
    {
        QFETCH(bool, isGenuine);
        QFETCH(int, status);
        QFETCH(int, genuine);
        QTEST(static_cast<int>(judge(isGenuine, status, {}, genuine).state), "state");
    }

    void reasons_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("reason");
        QTest::newRow("Kong's message") << QStringLiteral("{\"message\":\"Invalid signature\"}")
                                        << QStringLiteral("invalid signature");
        QTest::newRow("Kong's claims") << QStringLiteral("{\"exp\":\"token expired\"}")
                                       << QStringLiteral("exp token expired");
        QTest::newRow("text") << QStringLiteral("Jwt issuer is not configured\nmore")
                              << QStringLiteral("jwt issuer is not configured");
        QTest::newRow("HTML") << QStringLiteral("<html>") << QString();
    }
    void reasons()
    {
        QFETCH(QString, body);
        QTEST(reasonIn(body), "reason");
    }

    void theWorstFormIsShown()
    {
        AttackCell cell;
        AttackCell refused = judge(false, 401, QStringLiteral("no"), 200);
        AttackCell accepted = judge(false, 200, {}, 200);
        accepted.label = QStringLiteral("nOnE");
        add(cell, refused);
        add(cell, accepted);
        add(cell, refused);
        QCOMPARE(cell.state, State::Accepted);
        QCOMPARE(cell.label, QStringLiteral("nOnE"));
        QCOMPARE(cell.tried, std::size_t(3));
    }

    void theGenuineTokenComesFirst()
    {
        const auto all = rows();
        QVERIFY(all.size() > 20);
        QVERIFY(all.front().isGenuine());
        QCOMPARE(all.front().forgeries.front().token, genuineToken());
        std::vector<QString> groups;
        for (const AttackRow& row : all) { // a heading stands once
            if (groups.empty() || groups.back() != row.group()) {
                QVERIFY2(std::find(groups.begin(), groups.end(), row.group()) == groups.end(), qPrintable(row.group()));
                groups.push_back(row.group());
            }
        }
        QVERIFY(groups.size() >= 5);
    }

    void requests()
    {
        AttackTarget target = urlTarget("http://127.0.0.1:1/api?x=1");
        QCOMPARE(target.places.size(), std::size_t(3));
        const jose::forge::Forgery forgery{.label = {}, .token = "a.b.c", .beside = std::string("d.e.f")};
        const auto header = attackRequest(target, target.places[0], forgery);
        QCOMPARE(header.headers.value("Authorization"), std::string_view("Bearer a.b.c"));
        QCOMPARE(header.url, std::string("http://127.0.0.1:1/api?x=1&jwt=d.e.f"));
        const auto query = attackRequest(target, target.places[1], {.label = {}, .token = "a.b.c"});
        QCOMPARE(query.url, std::string("http://127.0.0.1:1/api?x=1&jwt=a.b.c"));
        const auto cookie = attackRequest(target, target.places[2], {.label = {}, .token = "a.b.c"});
        QCOMPARE(cookie.headers.value("Cookie"), std::string_view("jwt=a.b.c"));
    }

    void loopback_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<bool>("isLoopback");
        QTest::newRow("address") << std::string("http://127.0.0.1:8000/") << true;
        QTest::newRow("another of the block") << std::string("http://127.8.0.1/") << true;
        QTest::newRow("version 6") << std::string("http://[::1]:8000/") << true;
        QTest::newRow("name") << std::string("https://localhost/x") << true;
        QTest::newRow("below the name") << std::string("http://api.localhost/x") << true;
        QTest::newRow("a server") << std::string("https://example.com/") << false;
        QTest::newRow("a name that begins like it") << std::string("http://localhost.example.com/") << false;
        QTest::newRow("user info that looks like it") << std::string("http://127.0.0.1@example.com/") << false;
    }
    void loopback()
    {
        QFETCH(std::string, url);
        QTEST(isLoopback(url), "isLoopback");
    }

    void report()
    {
        AttackMatrix matrix;
        matrix.target = urlTarget("http://127.0.0.1:1/");
        matrix.rows = rows();
        matrix.cells.assign(matrix.rows.size(), std::vector<AttackCell>(matrix.target.places.size()));
        for (std::size_t row = 0; row < matrix.rows.size(); ++row)
            matrix.cells[row][0] = judge(row == 0, row == 0 || row == 3 ? 200 : 401, {}, 200);
        const auto report = attackReport(matrix);
        QVERIFY(report.baseline.outcome == jose::forge::Outcome::Accepted);
        QCOMPARE(report.count(jose::forge::Outcome::Accepted), std::size_t(1));
        QCOMPARE(report.cells.size(), (matrix.rows.size() - 1) * 3);
        QVERIFY(report.hasFindings());
        QVERIFY2(report.cells.front().forgery.label.starts_with("Authorization header"),
                 report.cells.front().forgery.label.c_str());
    }
};

QTEST_GUILESS_MAIN(TestAttackResult)
#include "tst_attackresult.moc"
