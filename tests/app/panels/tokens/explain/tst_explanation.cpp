// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/explain/explanation.h"

#include "support/testing.h"
#include "text/claimnames.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

constexpr std::int64_t now = 1'795'440'727;

Explanation explained(const char* header, const char* payload)
{
    return explain(TokenDraft(header, payload), now, QTimeZone(3600));
}

} // namespace

class TestExplanation final : public QObject
{
    Q_OBJECT

private slots:
    void members_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<bool>("isTrouble");
        const auto row = [](const char* name, const char* header, const char* payload, const char* title,
                            const char* sentence, bool isTrouble) {
            QTest::newRow(name) << QByteArray(header) << QByteArray(payload) << QString::fromUtf8(title)
                                << QString::fromUtf8(sentence) << isTrouble;
        };
        row("algorithm", R"({"alg":"HS256"})", "{}", "Algorithm", "HMAC with SHA-256", false);
        row("no algorithm", R"({"alg":"none"})", "{}", "Algorithm", "anybody can make such a token", true);
        row("no standard knows it", R"({"colour":"red"})", "{}", "Unknown parameter", "unless crit lists it", false);
        row("an instant", "{}", R"({"exp":1795441308})", "Expires: 14:41:48, in 9 min 41 s", "is refused", false);
        row("an instant as text", "{}", R"({"exp":"soon"})", "Expires: Must be a number", "is refused", true);
        row("a claim that is one's own", "{}", R"({"plan":7})", "Custom claim", "agreed", false);
    }
    void members()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, payload);
        const Explanation explanation = explained(header.constData(), payload.constData());
        const auto& part = explanation.header.empty() ? explanation.claims : explanation.header;
        QCOMPARE(part.size(), std::size_t(1));
        QTEST(part.front().title, "title");
        QTEST(part.front().isTrouble, "isTrouble");
        QFETCH(QString, sentence);
        QVERIFY2(part.front().sentence.contains(sentence), qPrintable(part.front().sentence));
    }

    void markdown()
    {
        Verdict verdict;
        verdict.title = QStringLiteral("Route api will accept this token");
        verdict.sentence = QStringLiteral("as consumer ann");
        verdict.checks.push_back({CheckLine::State::Passed, QStringLiteral("Signature is valid"),
                                  QStringLiteral("HMAC-SHA256"), QStringLiteral("RFC 7515 §5.2")});
        const QString text =
            explanationMarkdown(QStringLiteral("t"), explained(R"({"alg":"HS256"})", R"({"sub":"a|b"})"), verdict);
        QVERIFY2(text.startsWith(QStringLiteral("### t\n\n**Route api will accept this token**, as consumer ann\n")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("| `sub` | `a\\|b` | Subject (RFC 7519 §4.1.2) |")), qPrintable(text));
        QVERIFY2(text.endsWith(QStringLiteral("- Signature is valid, HMAC-SHA256: passed (RFC 7515 §5.2)\n")),
                 qPrintable(text));
    }

    /// Every name has a title, a full sentence and a source.
    void namesAreComplete_data()
    {
        QTest::addColumn<bool>("isHeader");
        QTest::addColumn<std::string>("name");
        for (const char* name : {"iss", "exp", "scope", "cnf", "roles", "htu", "tid", "realm_access"})
            QTest::newRow(name) << false << std::string(name);
        for (const char* name : {"alg", "kid", "jku", "crit", "b64", "epk", "x5t#S256"})
            QTest::newRow(name) << true << std::string(name);
    }
    void namesAreComplete()
    {
        QFETCH(bool, isHeader);
        QFETCH(std::string, name);
        const auto meaning = isHeader ? headerNameMeaning(name) : claimNameMeaning(name);
        QVERIFY(meaning);
        QVERIFY(!meaning->title.isEmpty() && meaning->sentence.endsWith(u'.') && !meaning->standard.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
