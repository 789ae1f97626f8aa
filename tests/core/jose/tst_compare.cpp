// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/compare.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/lintadvice.h"
#include "jose/registry.h"
#include "support/testing.h"

#include <set>

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

std::string tokenOf(std::string_view claims, std::string_view signature = "AA")
{
    return toBase64Url(R"({"alg":"HS256"})") + '.' + toBase64Url(claims) + '.' + std::string(signature);
}

std::string summaryOf(const std::vector<MemberDifference>& differences)
{
    std::string text;
    for (const MemberDifference& each : differences) {
        text += (text.empty() ? "" : " ") + each.pointer + ':' + std::string(toString(each.change));
        if (each.shift)
            text += std::to_string(*each.shift);
        if (each.isReordered)
            text += "*";
    }
    return text;
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void tellsEqualTokens();
    void namesTheBrokenToken();
    void advisesOnEveryFinding();
    void knowsTheRegistries();
};

void TestCompare::compares_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<std::string>("differences");
    const auto row = [](const char* name, const char* before, const char* after, const char* differences) {
        QTest::newRow(name) << std::string(before) << std::string(after) << std::string(differences);
    };
    row("equal", R"({"a":1})", R"({"a":1})", "/a:same");
    row("another value", R"({"a":1})", R"({"a":2})", "/a:changed");
    row("other digits", R"({"a":1.0})", R"({"a":1})", "/a:changed");
    row("another type", R"({"a":1})", R"({"a":"1"})", "/a:changed");
    row("removed and added", R"({"a":1,"b":2})", R"({"b":2,"c":3})", "/a:removed /b:same /c:added");
    row("a later time", R"({"exp":100})", R"({"exp":160})", "/exp:changed60");
    row("the same time", R"({"iat":100})", R"({"iat":100})", "/iat:same0");
    row("times that are none", R"({"exp":"100"})", R"({"exp":160})", "/exp:changed");
    row("times beyond reason", R"({"exp":-9223372036854775808})", R"({"exp":9223372036854775807})", "/exp:changed");
    row("an object is entered", R"({"o":{"x":1,"y":{"z":1}}})", R"({"o":{"x":1,"y":{"z":2}}})",
        "/o/x:same /o/y/z:changed");
    row("an equal object is one row", R"({"o":{"x":1}})", R"({"o":{"x":1}})", "/o:same");
    row("a list in another order", R"({"roles":["a","b"]})", R"({"roles":["b","a"]})", "/roles:same*");
    row("another list", R"({"roles":["a"]})", R"({"roles":["a","b"]})", "/roles:changed");
    row("a name with a slash", R"({"https://x/y":1})", R"({})", "/https:~1~1x~1y:removed");
}

void TestCompare::compares()
{
    QFETCH(const std::string, before);
    QFETCH(const std::string, after);
    const auto comparison = compareTokens(tokenOf(before), tokenOf(after));
    CLAIMSMITH_VERIFY_RESULT(comparison);
    QTEST(summaryOf(comparison->claims), "differences");
    QCOMPARE(summaryOf(comparison->header), std::string("/alg:same"));
}

void TestCompare::tellsEqualTokens()
{
    const auto same = compareTokens(tokenOf("{}"), tokenOf("{}"));
    QVERIFY(same->samePayload && same->sameSignature);
    const auto resigned = compareTokens(tokenOf("{}"), tokenOf("{}", "AQ"));
    QVERIFY(resigned->samePayload && !resigned->sameSignature);
    const auto opaque = compareTokens(tokenOf("text"), tokenOf("{}"));
    QVERIFY(opaque->claims.empty() && !opaque->samePayload);
}

void TestCompare::namesTheBrokenToken()
{
    const auto comparison = compareTokens(tokenOf("{}"), "x");
    QVERIFY(!comparison);
    QCOMPARE(comparison.error().parameters.back(), (std::pair<std::string, std::string>{"token", "2"}));
}

void TestCompare::advisesOnEveryFinding()
{
    const auto header = document::parseJson(R"({"alg":"none","jku":"https://x","jwk":{}})");
    const auto claims = document::parseJson(R"({"exp":"1","nbf":99999999999999,"password":"x"})");
    const Key key = Key::fromSecret(SecretBytes(BytesView("secret")));
    const std::vector<LintFinding> findings =
        lint({.header = header->asObject(), .claims = claims->asObject(), .key = &key});
    QVERIFY(findings.size() > 8);
    for (const LintFinding& finding : findings) {
        const LintAdvice& advice = adviceOn(finding.code);
        for (const std::string_view sentence : {advice.problem, advice.fix}) {
            const std::string text = filled(sentence, finding);
            QVERIFY2(text.ends_with('.') && text.find('{') == std::string::npos, text.c_str());
        }
    }
}

void TestCompare::knowsTheRegistries()
{
    QVERIFY(findClaim("exp")->isTime);
    QVERIFY(!findClaim("iss")->isTime);
    QCOMPARE(findHeaderParameter("p2c")->standard, std::string_view("RFC 7518 §4.8.1.2"));
    QVERIFY(findClaim("EXP") == nullptr);
    for (const auto& table : {registeredHeaderParameters(), registeredClaims()}) {
        std::set<std::string_view> names;
        for (const RegisteredMember& member : table) {
            QVERIFY2(names.insert(member.name).second, member.name.data());
            QVERIFY(member.meaning.ends_with('.') && !member.standard.empty() && !member.title.empty());
        }
    }
}

QTEST_APPLESS_MAIN(TestCompare)
#include "tst_compare.moc"
