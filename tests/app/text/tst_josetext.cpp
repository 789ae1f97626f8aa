// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/error.h"
#include "document/json.h"
#include "jose/error.h"
#include "support/testing.h"
#include "text/josetext.h"

using namespace claimsmith;
using namespace claimsmith::app;

Q_DECLARE_METATYPE(claimsmith::Error)

class TestJoseText final : public QObject
{
    Q_OBJECT

private slots:
    void sentences_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("remedy");
        const auto row = [](const char* title, Error error, const char* sentence, const char* remedy) {
            QTest::newRow(title) << std::move(error) << QString::fromUtf8(sentence) << QString::fromUtf8(remedy);
        };
        using jose::JoseErrorCode;
        row("without parameters", {.code = JoseErrorCode::EmptyToken}, "There is no token.",
            "Paste one, or type header and payload.");
        row("one parameter", {.code = JoseErrorCode::PaddedBase64, .parameters = {{"part", "payload"}}},
            "The payload ends with \"=\", which tokens leave out.", "Remove it.");
        row("two parameters",
            {.code = JoseErrorCode::KeyTooShort, .parameters = {{"expected", "256"}, {"found", "128"}}},
            "The key has 128 bits, the standard asks for 256.", "");
        row("a length of time", {.code = JoseErrorCode::TokenExpired, .parameters = {{"distance", "192"}}},
            "The token expired 3 min 12 s ago.", "");
        row("a parameter in the remedy",
            {.code = JoseErrorCode::AlgorithmNotAllowed,
             .parameters = {{"algorithm", "HS256"}, {"allowed", "RS256, ES256"}}},
            "HS256 is not allowed here.", "Allowed: RS256, ES256.");
        row("a value that looks like a parameter",
            {.code = JoseErrorCode::CriticalUnknown, .parameters = {{"member", "{x}"}}},
            "The header demands the extension \"{x}\", which is not known here.", "");
        row("JSON", {.code = document::JsonErrorCode::DuplicateKey}, "The same name stands here twice.", "");
        row("key text", {.code = crypto::CryptoErrorCode::PassphraseNeeded}, "The key is encrypted.",
            "Paste it decrypted.");
    }
    void sentences()
    {
        QFETCH(Error, error);
        QTEST(joseErrorText(error), "sentence");
        QTEST(joseRemedyText(error), "remedy");
    }

    /// Whoever adds a code adds its sentence.
    void everyCodeHasASentence_data()
    {
        QTest::addColumn<Error>("error");
        const auto rows = [](auto last) {
            using Code = decltype(last);
            for (int value = 0; value <= static_cast<int>(last); ++value) {
                const ErrorCode code(static_cast<Code>(value));
                QTest::newRow(std::string(code.name()).c_str()) << Error{.code = code};
            }
        };
        rows(jose::JoseErrorCode::ClaimMismatch);
        rows(document::JsonErrorCode::TrailingContent);
        rows(crypto::CryptoErrorCode::LibraryFailure);
    }
    void everyCodeHasASentence()
    {
        QFETCH(Error, error);
        const QString sentence = joseErrorText(error);
        QVERIFY(sentence != QString::fromStdString(error.toString()));
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
        QVERIFY(joseRemedyText(error).isEmpty() || joseRemedyText(error).endsWith(u'.'));
    }

    void anotherFamilyGivesItsDetail()
    {
        Error error{.code = crypto::CryptoErrorCode::NotAKey};
        QVERIFY(!joseErrorText(error).isEmpty());
        error = Error{.code = TestCode::Odd, .detail = "something odd"};
        QCOMPARE(joseErrorText(error), QStringLiteral("something odd"));
        QCOMPARE(joseRemedyText(error), QString());
    }

    void places()
    {
        Place place;
        QCOMPARE(placeText(place), QString());
        place.line = 3;
        place.column = 9;
        QCOMPARE(placeText(place), QStringLiteral("line 3, column 9"));
    }

private:
    enum class TestCode { Odd };
    friend const ErrorDomain& errorDomain(TestCode) noexcept
    {
        static constexpr ErrorDomain domain{"test", [](int) noexcept -> std::string_view { return "odd"; }};
        return domain;
    }
};

QTEST_GUILESS_MAIN(TestJoseText)
#include "tst_josetext.moc"
