// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"
#include "jose/generate.h"
#include "panels/tokens/tokenlint.h"
#include "support/testing.h"

#include <set>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

struct Case
{
    const char* id;
    std::string header = R"({"alg":"HS256","typ":"JWT"})";
    std::string payload = R"({"iss":"a","aud":"b","jti":"c","iat":1795440708,"exp":1795441308})";
    std::string secret = {};
    LintAction action;
    std::string target = {};
};

/// One token for each kind of note that a header, a payload or a secret can bring about.
std::vector<Case> cases()
{
    using Action = LintAction;
    const auto payload = [](const char* members) { return std::string("{") + members + "}"; };
    return {
        {.id = "algorithm-none", .header = R"({"alg":"none","typ":"JWT"})", .action = Action::ChooseAlgorithm},
        {.id = "secret-short", .secret = std::string(31, '\x01'), .action = Action::RotateSecret},
        {.id = "secret-guessable", .secret = "0123456789abcdef0123456789abcdef", .action = Action::RotateSecret},
        {.id = "key-in-header",
         .header = R"({"alg":"HS256","typ":"JWT","jwk":{}})",
         .action = Action::RemoveHeader,
         .target = "jwk"},
        {.id = "url-in-header",
         .header = R"({"alg":"HS256","typ":"JWT","jku":"https://x"})",
         .action = Action::RemoveHeader,
         .target = "jku"},
        {.id = "no-type", .header = R"({"alg":"HS256"})", .action = Action::AddType},
        {.id = "no-expiration",
         .payload = payload(R"("iss":"a","iat":1)"),
         .action = Action::AddClaim,
         .target = "exp"},
        {.id = "no-issued-at", .payload = payload(R"("iss":"a")"), .action = Action::AddClaim, .target = "iat"},
        {.id = "no-issuer", .payload = payload(R"("iat":1)"), .action = Action::AddClaim, .target = "iss"},
        {.id = "no-audience", .payload = payload(R"("iat":1)"), .action = Action::AddClaim, .target = "aud"},
        {.id = "no-token-id", .payload = payload(R"("iat":1)"), .action = Action::AddClaim, .target = "jti"},
        {.id = "time-in-milliseconds",
         .payload = payload(R"("exp":1795441308000)"),
         .action = Action::TimeToSeconds,
         .target = "exp"},
        {.id = "time-as-text",
         .payload = payload(R"("exp":"1795441308")"),
         .action = Action::TimeToSeconds,
         .target = "exp"},
        {.id = "expires-before-start",
         .payload = payload(R"("iat":1795441308,"exp":1795440708)"),
         .action = Action::ShortenLife},
        {.id = "long-lifetime",
         .payload = payload(R"("iat":1795440708,"exp":1895440708)"),
         .action = Action::ShortenLife},
        {.id = "secret-in-payload",
         .payload = payload(R"("password":"x")"),
         .action = Action::RemoveClaim,
         .target = "password"},
    };
}

std::vector<LintNote> notesOf(const Case& each)
{
    ChosenKeys keys;
    if (!each.secret.empty())
        keys.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(each.secret))));
    return lintNotes(TokenDraft(each.header, each.payload), keys);
}

const LintNote* find(const std::vector<LintNote>& notes, const QString& id)
{
    const auto found = std::find_if(notes.begin(), notes.end(), [&](const LintNote& note) { return note.id == id; });
    return found == notes.end() ? nullptr : &*found;
}

} // namespace

class TestTokenLint final : public QObject
{
    Q_OBJECT

private slots:
    void notes_data()
    {
        QTest::addColumn<int>("index");
        const auto all = cases();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].id) << static_cast<int>(i);
    }
    void notes()
    {
        QFETCH(int, index);
        const Case each = cases()[static_cast<std::size_t>(index)];
        const auto all = notesOf(each);
        const LintNote* note = find(all, QString::fromLatin1(each.id));
        QVERIFY(note);
        QVERIFY(note->title != note->id); // it has words
        QVERIFY(!note->title.contains(u'{'));
        QVERIFY2(note->sentence.endsWith(u'.') && !note->sentence.contains(u'{'), qPrintable(note->sentence));
        QCOMPARE(note->action, each.action);
        QVERIFY(!note->actionText.isEmpty());
        QCOMPARE(note->target, each.target);
    }

    void aSoundTokenHasNoNotes()
    {
        const auto key = jose::generateKey(jose::Algorithm::ES256);
        CLAIMSMITH_VERIFY_RESULT(key);
        ChosenKeys keys;
        keys.keys.push_back(*key);
        const TokenDraft draft(R"({"alg":"ES256","typ":"JWT","kid":"k"})",
                               R"({"iss":"a","aud":"b","jti":"c","iat":1795440708,"exp":1795441308})");
        QStringList ids;
        for (const LintNote& note : lintNotes(draft, keys))
            ids += note.id;
        QCOMPARE(ids, QStringList());
    }

    void aKeyWithAnIdWantsAKid()
    {
        const auto key = jose::generateKey(jose::Algorithm::ES256);
        CLAIMSMITH_VERIFY_RESULT(key);
        ChosenKeys keys;
        keys.keys.push_back(*key);
        const auto notes = lintNotes(TokenDraft(R"({"alg":"ES256","typ":"JWT"})", "{}"), keys);
        const LintNote* note = find(notes, QStringLiteral("no-key-id"));
        QVERIFY(note);
        QCOMPARE(note->action, LintAction::AddKeyId);
    }

    void aShortRsaKeyIsReplaced()
    {
        const auto key = jose::generateKey(jose::Algorithm::RS256, {.bits = 1024});
        CLAIMSMITH_VERIFY_RESULT(key);
        ChosenKeys keys;
        keys.keys.push_back(*key);
        const auto notes = lintNotes(TokenDraft(R"({"alg":"RS256","typ":"JWT"})", "{}"), keys);
        const LintNote* note = find(notes, QStringLiteral("key-short"));
        QVERIFY(note);
        QCOMPARE(note->title, QStringLiteral("Key has 1024 bits"));
        QCOMPARE(note->action, LintAction::GenerateKey);
    }

    void valuesStandInTheWords()
    {
        const auto notes = notesOf({.id = "", .secret = std::string(31, '\x01'), .action = LintAction::None});
        const LintNote* note = find(notes, QStringLiteral("secret-short"));
        QVERIFY(note);
        QCOMPARE(note->title, QStringLiteral("Secret has 248 bits"));
        QCOMPARE(note->sentence, QStringLiteral("RFC 7518 asks HS256 secrets for 256 bits at least."));
    }
};

QTEST_GUILESS_MAIN(TestTokenLint)
#include "tst_tokenlint.moc"
