// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/autopsytext.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;
using Cause = jose::AutopsyCause;
using Encoding = workspace::SecretEncoding;

namespace {

AutopsyFinding finding(Cause cause)
{
    AutopsyFinding made{{cause}, {}};
    made.autopsy.algorithm = jose::Algorithm::HS512;
    made.autopsy.token = "a.b.c";
    return made;
}

KeyEntry otherKey()
{
    KeyEntry entry;
    entry.name = QStringLiteral("bob");
    entry.choice.consumer = "bob";
    return entry;
}

const AutopsyMeans everything{true, true, {Encoding::Text, Encoding::Base64, Encoding::Base64Url, Encoding::Hex}};

} // namespace

class AutopsyTextTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyCauseHasAWordAndAFix_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<AutopsyFix>("fix");
        QTest::addColumn<QString>("says");
        const auto row = [](Cause cause, AutopsyFix fix, const char* says) {
            QTest::newRow(std::string(jose::toString(cause)).c_str()) << cause << fix << QString::fromLatin1(says);
        };
        row(Cause::TokenHasSpaces, AutopsyFix::CleanToken, "spaces and line breaks");
        row(Cause::TokenIsQuoted, AutopsyFix::CleanToken, "quotes");
        row(Cause::TokenHasScheme, AutopsyFix::CleanToken, "word in front");
        row(Cause::TokenIsUrlEncoded, AutopsyFix::CleanToken, "URL encoding");
        row(Cause::TokenIsPadded, AutopsyFix::CleanToken, "without padding");
        row(Cause::SecretIsText, AutopsyFix::SetEncoding, "as text");
        row(Cause::SecretIsBase64, AutopsyFix::SetEncoding, "decoded as base64.");
        row(Cause::SecretIsBase64Url, AutopsyFix::SetEncoding, "decoded as base64url.");
        row(Cause::SecretIsHex, AutopsyFix::SetEncoding, "hex");
        row(Cause::SecretLacksLineEnd, AutopsyFix::SignAgain, "line end is added");
        row(Cause::SecretHasLineEnd, AutopsyFix::SignAgain, "without the spaces or line end");
        row(Cause::SecretIsUtf16, AutopsyFix::SignAgain, "UTF-16");
        row(Cause::OtherKey, AutopsyFix::UseKey, "another key: bob.");
        row(Cause::OtherAlgorithm, AutopsyFix::SignAgain, "Signed with HS512");
        row(Cause::PublicKeyAsSecret, AutopsyFix::SignAgain, "algorithm confusion");
        row(Cause::SignatureIsDer, AutopsyFix::SignAgain, "DER");
        row(Cause::SaltLength, AutopsyFix::SignAgain, "salt length");
    }

    void everyCauseHasAWordAndAFix()
    {
        QFETCH(Cause, cause);
        QFETCH(QString, says);
        AutopsyFinding found = finding(cause);
        if (cause == Cause::OtherKey)
            found.otherKey = otherKey();
        const AutopsyAdvice advice = autopsyAdvice(found, everything);
        QVERIFY2(advice.sentence.contains(says), qPrintable(advice.sentence));
        QVERIFY2(advice.sentence.endsWith(QLatin1Char('.')), qPrintable(advice.sentence));
        QVERIFY2(!advice.sentence.contains(QLatin1Char('{')), qPrintable(advice.sentence));
        QTEST(advice.fix, "fix");
        QVERIFY(!advice.fixText.isEmpty());
        QVERIFY2(!advice.fixText.endsWith(QLatin1Char('.')), qPrintable(advice.fixText));
    }

    void noFixIsOfferedThatIsNotInHand_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<bool>("canSign");
        QTest::addColumn<AutopsyFix>("fix");
        QTest::newRow("another encoding, but the gateway decodes")
            << Cause::SecretIsHex << true << AutopsyFix::SignAgain;
        QTest::newRow("another encoding, nothing to sign with") << Cause::SecretIsHex << false << AutopsyFix::None;
        QTest::newRow("another key, but the gateway chooses") << Cause::OtherKey << true << AutopsyFix::SignAgain;
        QTest::newRow("another key, nothing to sign with") << Cause::OtherKey << false << AutopsyFix::None;
        QTest::newRow("a damaged token is always mended") << Cause::TokenIsQuoted << false << AutopsyFix::CleanToken;
        QTest::newRow("a wrong form, nothing to sign with") << Cause::SaltLength << false << AutopsyFix::None;
    }

    void noFixIsOfferedThatIsNotInHand()
    {
        QFETCH(Cause, cause);
        QFETCH(bool, canSign);
        const AutopsyAdvice advice = autopsyAdvice(finding(cause), {canSign, false, {}});
        QTEST(advice.fix, "fix");
        QCOMPARE(advice.fixText.isEmpty(), advice.fix == AutopsyFix::None);
        QVERIFY(!advice.sentence.isEmpty());
    }

    void aFixCarriesWhatItNeeds()
    {
        QCOMPARE(autopsyAdvice(finding(Cause::TokenIsPadded), {}).token, std::string("a.b.c"));
        QCOMPARE(autopsyAdvice(finding(Cause::SecretIsBase64Url), everything).encoding, Encoding::Base64Url);
        AutopsyFinding found = finding(Cause::OtherKey);
        found.otherKey = otherKey();
        QCOMPARE(autopsyAdvice(found, everything).key, otherKey().choice);
        QVERIFY(autopsyAdvice(finding(Cause::OtherKey), everything)
                    .sentence.contains(QLatin1String("one of the same set")));
    }

    void nothingFound()
    {
        const AutopsyAdvice advice = autopsyAdvice({}, {true, true, {}});
        QVERIFY(advice.sentence.contains(QLatin1String("No known key fits")));
        QCOMPARE(advice.fix, AutopsyFix::SignAgain);
        QCOMPARE(autopsyAdvice({}, {}).fix, AutopsyFix::None);
    }
};

QTEST_GUILESS_MAIN(AutopsyTextTest)
#include "tst_autopsytext.moc"
