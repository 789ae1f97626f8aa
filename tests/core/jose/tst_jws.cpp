// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jws.h"

#include "base/base64.h"
#include "jose/compact.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

/// A token with this header and payload and a signature of three octets.
std::string tokenWith(std::string_view header, std::string_view payload = "{}")
{
    return toBase64Url(header) + '.' + toBase64Url(payload) + ".AAAA";
}

/// "code@offset" or "code/pointer"; "" for none.
std::string summaryOf(const Error* error)
{
    if (error == nullptr)
        return "";
    std::string text(error->code.name());
    if (error->place.offset != Place::npos)
        text += '@' + std::to_string(error->place.offset);
    return text + error->place.pointer;
}

std::string firstProblemOf(std::string_view token, const ReadOptions& options = {})
{
    const auto jws = readJws(token, options);
    return summaryOf(jws ? jws->firstProblem() : &jws.error());
}

} // namespace

class TestJws : public QObject
{
    Q_OBJECT

private slots:
    void splitsWithoutJudging_data();
    void splitsWithoutJudging();
    void readsACompactToken();
    void readsWhatIsLeftOfABrokenToken();
    void refusesTheShape_data();
    void refusesTheShape();
    void takesLenientBase64WhenTold();
    void refusesTheSerialization_data();
    void refusesTheSerialization();
    void checksCritical_data();
    void checksCritical();
    void readsDetachedPayloads();
};

void TestJws::splitsWithoutJudging_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("parts");
    QTest::newRow("three parts") << std::string("a.b.c") << std::string("a|b|c|a.b");
    QTest::newRow("all empty") << std::string("..") << std::string("|||.");
    QTest::newRow("dots in the third") << std::string("a.b.c.d") << std::string("a|b|c.d|a.b");
    QTest::newRow("two parts") << std::string("a.b") << std::string("none");
    QTest::newRow("nothing") << std::string() << std::string("none");
}

void TestJws::splitsWithoutJudging()
{
    QFETCH(std::string, token);
    QFETCH(std::string, parts);
    const auto split = splitCompact(token);
    const auto text = [&] {
        return std::string(split->header) + '|' + std::string(split->payload) + '|' + std::string(split->signature) +
               '|' + std::string(split->signingInput);
    };
    QCOMPARE(split ? text() : "none", parts);
}

void TestJws::readsACompactToken()
{
    const auto jws = readJws(tokenWith(R"({"alg":"HS256","kid":"k"})", "text"));
    CLAIMSMITH_VERIFY_RESULT(jws);
    QVERIFY(jws->firstProblem() == nullptr);
    QVERIFY(jws->serialization == Serialization::Compact);
    QCOMPARE(jws->payload.octets, std::string("text"));
    const JwsSignature& signature = jws->signatures.front();
    QCOMPARE(*signature.keyId(), std::string("k"));
    QCOMPARE(signature.signature.octets, std::string(3, '\0'));
    QCOMPARE(jws->signingInput(signature), signature.protectedHeader.text + '.' + jws->payload.text);
}

void TestJws::readsWhatIsLeftOfABrokenToken()
{
    const auto jws = readJws("!!!." + toBase64Url("text") + ".=");
    CLAIMSMITH_VERIFY_RESULT(jws);
    QCOMPARE(jws->payload.octets, std::string("text"));
    QCOMPARE(summaryOf(&*jws->signatures.front().protectedHeader.problem), std::string("invalid-character@0"));
    QCOMPARE(summaryOf(&*jws->signatures.front().signature.problem), std::string("padded-base64@11"));
}

void TestJws::refusesTheShape_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("problem");
    const auto row = [](const char* name, const std::string& token, const char* problem) {
        QTest::newRow(name) << token << std::string(problem);
    };
    const std::string good = tokenWith(R"({"alg":"HS256"})");
    row("nothing wrong", good, "");
    row("empty", "", "empty-token");
    row("one part", "abc", "wrong-part-count");
    row("two parts", "abc.def", "wrong-part-count");
    row("four parts", good + ".AAAA", "wrong-part-count");
    row("five parts, a JWE", "a.b.c.d.e", "encrypted-token");
    row("a space in front", ' ' + good, "invalid-character@0");
    row("a line end behind", good + '\n', "invalid-character@29");
    row("a plus in the header", "ab+d.e30.AAAA", "invalid-character@2");
    row("a slash in the payload", "e30.ab/d.AAAA", "invalid-character@6");
    row("a padded header", "e30=.e30.AAAA", "padded-base64@3");
    row("an octet above ASCII", "e30.\xc3\xa9.AAAA", "invalid-character@4");
    row("an impossible length", "e30.e30.AAAAA", "invalid-base64-length@12");
    row("unused bits that are set", "e30.e31.AAAA", "non-canonical-base64@6");
    row("an empty header", ".e30.AAAA", "header-empty");
    row("a header that is no JSON", tokenWith("alg=HS256"), "header-not-json@0");
    row("a header that ends early", tokenWith(R"({"alg":)"), "header-not-json@7");
    row("a header that is an array", tokenWith("[]"), "header-not-object");
    row("a header that is a number", tokenWith("1"), "header-not-object");
    row("a header with NaN", tokenWith(R"({"a":NaN})"), "header-not-json@5");
    row("a header in UTF-16", tokenWith(std::string("{\0}\0", 4)), "header-not-json@1");
    row("a header with a byte order mark", tokenWith("\xef\xbb\xbf{}"), "header-not-json@0");
    row("a header that is not UTF-8", tokenWith("{\"a\":\"\xff\"}"), "header-not-json@6");
    row("alg twice", tokenWith(R"({"alg":"HS256","alg":"none"})"), "header-duplicate-member@15");
}

void TestJws::refusesTheShape()
{
    QFETCH(std::string, token);
    QFETCH(std::string, problem);
    QCOMPARE(firstProblemOf(token), problem);
}

void TestJws::takesLenientBase64WhenTold()
{
    const ReadOptions lenient{.base64 = Base64Rule::Lenient};
    QCOMPARE(firstProblemOf("e30=.e31.AAAA", lenient), std::string());
    QCOMPARE(firstProblemOf("e30.ab/d.AAAA", lenient), std::string("invalid-character@6"));
}

void TestJws::refusesTheSerialization_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("problem");
    const auto row = [](const char* name, const char* token, const char* problem) {
        QTest::newRow(name) << std::string(token) << std::string(problem);
    };
    row("flattened", R"({"payload":"e30","protected":"e30","signature":"AAAA"})", "");
    row("flattened, header unprotected", R"({"payload":"e30","header":{"alg":"HS256"},"signature":"AAAA"})", "");
    row("general", R"({"payload":"e30","signatures":[{"protected":"e30","signature":"AAAA"}]})", "");
    row("unknown members are ignored", R"({"payload":"e30","protected":"e30","signature":"AAAA","x":1})", "");
    row("no JSON", R"({"payload":)", "serialization-invalid@11/payload");
    row("payload twice", R"({"payload":"e30","payload":"e30","protected":"e30","signature":"AAAA"})",
        "serialization-invalid@17");
    row("no payload", R"({"protected":"e30","signature":"AAAA"})", "payload-missing/payload");
    row("payload that is an object", R"({"payload":{},"protected":"e30","signature":"AAAA"})",
        "serialization-member/payload");
    row("no signature", R"({"payload":"e30","protected":"e30"})", "serialization-member/signature");
    row("neither header", R"({"payload":"e30","signature":"AAAA"})", "header-empty");
    row("protected that is an object", R"({"payload":"e30","protected":{},"signature":"AAAA"})",
        "serialization-member/protected");
    row("header that is a string", R"({"payload":"e30","header":"e30","signature":"AAAA"})",
        "serialization-member/header");
    row("both forms", R"({"payload":"e30","signature":"AAAA","signatures":[]})", "serialization-mixed/signature");
    row("no signatures", R"({"payload":"e30","signatures":[]})", "no-signatures/signatures");
    row("signatures that is an object", R"({"payload":"e30","signatures":{}})", "serialization-member/signatures");
    row("a signature that is a string", R"({"payload":"e30","signatures":["AAAA"]})",
        "serialization-member/signatures/0");
    row("the second lacks its signature",
        R"({"payload":"e30","signatures":[{"protected":"e30","signature":"AAAA"},{"protected":"e30"}]})",
        "serialization-member/signatures/1/signature");
    // eyJhbGciOiJIUzI1NiJ9 is {"alg":"HS256"}
    row("alg in both headers",
        R"({"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","header":{"alg":"none"},"signature":"AAAA"})",
        "header-not-disjoint/alg");
    row("a bad character in the payload", R"({"payload":"e3!","protected":"e30","signature":"AAAA"})",
        "invalid-character@14");
    row("a JWE", R"({"ciphertext":"AAAA","iv":"AAAA","tag":"AAAA"})", "encrypted-token");
}

void TestJws::refusesTheSerialization()
{
    QFETCH(std::string, token);
    QFETCH(std::string, problem);
    QCOMPARE(firstProblemOf(token), problem);
}

void TestJws::checksCritical_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("problems");
    const auto row = [](const char* name, const char* header, const char* problems) {
        QTest::newRow(name) << std::string(header) << std::string(problems);
    };
    row("absent", R"({"alg":"HS256"})", "");
    row("b64", R"({"b64":false,"crit":["b64"]})", "");
    row("b64 true", R"({"b64":true,"crit":["b64"]})", "");
    row("empty", R"({"crit":[]})", "critical-not-list/crit");
    row("a string", R"({"crit":"b64","b64":true})", "critical-not-list/crit unencoded-not-critical/b64");
    row("not only strings", R"({"crit":["exp",1],"exp":1})", "critical-not-list/crit");
    row("unknown", R"({"crit":["exp"],"exp":1})", "critical-unknown/exp");
    row("listed but absent", R"({"crit":["exp"]})", "critical-absent/exp");
    row("twice", R"({"crit":["b64","b64"],"b64":true})", "critical-duplicate/b64");
    row("a standard name", R"({"alg":"HS256","crit":["alg"]})", "critical-standard/alg");
    row("several problems", R"({"alg":"HS256","crit":["alg","x","y"],"y":1})",
        "critical-standard/alg critical-absent/x critical-unknown/y");
    row("b64 without crit", R"({"b64":false})", "unencoded-not-critical/b64");
    row("b64 that is no boolean", R"({"b64":"false","crit":["b64"]})", "unencoded-not-boolean/b64");
}

void TestJws::checksCritical()
{
    QFETCH(std::string, header);
    QFETCH(std::string, problems);
    const auto jws = readJws(tokenWith(header));
    CLAIMSMITH_VERIFY_RESULT(jws);
    std::string found;
    for (const Error& problem : checkCritical(jws->signatures.front()))
        found += (found.empty() ? "" : " ") + summaryOf(&problem);
    QCOMPARE(found, problems);
}

void TestJws::readsDetachedPayloads()
{
    const std::string header = toBase64Url(R"({"alg":"HS256"})");
    const auto jws = readJws(header + "..AAAA", {.detachedPayload = "text"});
    CLAIMSMITH_VERIFY_RESULT(jws);
    QVERIFY(jws->isDetached);
    QCOMPARE(jws->payload.octets, std::string("text"));
    QCOMPARE(jws->signingInput(jws->signatures.front()), header + '.' + toBase64Url("text"));
    QCOMPARE(firstProblemOf(header + ".e30.AAAA", {.detachedPayload = "text"}), std::string("payload-not-detached@21"));
    // Without one an empty payload is a payload.
    QCOMPARE(firstProblemOf(header + "..AAAA"), std::string());
}

QTEST_APPLESS_MAIN(TestJws)
#include "tst_jws.moc"
