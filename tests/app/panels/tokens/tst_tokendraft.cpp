// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokendraft.h"

#include "base/base64.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

using Pane = TokenDraft::Pane;

namespace {

/// RFC 7515 appendix A.1: header and payload hold white space and line ends.
const std::string rfcToken =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

std::string payloadOctets(const TokenDraft& draft)
{
    const std::string token = draft.token();
    const auto begin = token.find('.') + 1;
    return fromBase64Url(token.substr(begin, token.rfind('.') - begin)).value_or("?");
}

} // namespace

class TestTokenDraft final : public QObject
{
    Q_OBJECT

private slots:
    void aPastedTokenKeepsItsOctets()
    {
        TokenDraft draft;
        draft.typeEncoded(rfcToken);
        QVERIFY(draft.isWhole());
        QCOMPARE(draft.token(), rfcToken);
        QCOMPARE(draft.algorithm(), std::string_view("HS256"));
        QCOMPARE(draft.text(Pane::Header), std::string("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"));
        QVERIFY(draft.signsSpaces(Pane::Header));
        QCOMPARE(draft.claims().size(), std::size_t(3));
    }

    void whiteSpace_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("signs");
        QTest::addColumn<std::string>("shown");
        const auto row = [](const char* title, std::string text, bool signs, std::string shown) {
            QTest::newRow(title) << std::move(text) << signs << std::move(shown);
        };
        row("compact is laid out for reading", R"({"a":"b c"})", false, "{\n  \"a\": \"b c\"\n}");
        row("one blank", R"({"a": 1})", true, R"({"a": 1})");
        row("lines", "{\n \"a\":1 }\n", true, "{\n \"a\":1 }\n");
        row("no JSON", "{ \"a\"", false, "{ \"a\"");
    }
    void whiteSpace()
    {
        QFETCH(std::string, text);
        TokenDraft draft;
        draft.takeText(Pane::Payload, text);
        QTEST(draft.signsSpaces(Pane::Payload), "signs");
        QTEST(draft.text(Pane::Payload), "shown");
        if (!draft.error(Pane::Payload))
            QCOMPARE(payloadOctets(draft), text);
    }

    void whiteSpaceIsSignedOnRequest()
    {
        TokenDraft draft;
        draft.typePayload("{ \"a\": 1 }");
        QCOMPARE(payloadOctets(draft), std::string("{\"a\":1}"));
        draft.setSignsSpaces(Pane::Payload, true);
        QCOMPARE(payloadOctets(draft), std::string("{ \"a\": 1 }"));
        QVERIFY(draft.setClaim("a", "2"));
        QCOMPARE(payloadOctets(draft), std::string("{ \"a\": 2 }"));
        draft.setSignsSpaces(Pane::Payload, false);
        QCOMPARE(payloadOctets(draft), std::string("{\"a\":2}"));
        QCOMPARE(draft.text(Pane::Payload), std::string("{ \"a\": 2 }"));
    }

    void wrappings_data()
    {
        QTest::addColumn<std::string>("text");
        const auto dot = rfcToken.find('.');
        const auto last = rfcToken.rfind('.');
        QTest::newRow("bearer") << "Bearer " + rfcToken;
        QTest::newRow("header line") << "authorization: bearer  " + rfcToken + "\r\n";
        QTest::newRow("bearer twice") << "Bearer Bearer " + rfcToken;
        QTest::newRow("quotes") << "\"" + rfcToken + "\"";
        QTest::newRow("flattened JSON") << "{\"payload\":\"" + rfcToken.substr(dot + 1, last - dot - 1) +
                                               "\",\"protected\":\"" + rfcToken.substr(0, dot) + "\",\"signature\":\"" +
                                               rfcToken.substr(last + 1) + "\"}";
    }
    void wrappings()
    {
        QFETCH(std::string, text);
        TokenDraft draft;
        draft.typeEncoded(text);
        QVERIFY2(draft.isWhole(), draft.error(Pane::Encoded) ? draft.error(Pane::Encoded)->toString().c_str() : "");
        QCOMPARE(draft.token(), rfcToken);
        QCOMPARE(draft.text(Pane::Encoded), rfcToken);
    }

    /// RFC 7515 §7.2 and appendix F: the same parts, written down in other ways.
    void forms_data()
    {
        QTest::addColumn<TokenForm>("form");
        QTest::addColumn<std::string>("written");
        const auto dot = rfcToken.find('.');
        const auto last = rfcToken.rfind('.');
        const std::string header = rfcToken.substr(0, dot);
        const std::string payload = rfcToken.substr(dot + 1, last - dot - 1);
        const std::string signature = rfcToken.substr(last + 1);
        const std::string parts = "\"protected\":\"" + header + "\",\"signature\":\"" + signature + "\"";
        const std::string carried = "{\"payload\":\"" + payload + "\",";
        using jose::Serialization;
        QTest::newRow("compact") << TokenForm{} << rfcToken;
        QTest::newRow("compact, detached") << TokenForm{Serialization::Compact, true} << header + ".." + signature;
        QTest::newRow("flattened") << TokenForm{Serialization::Flattened, false} << carried + parts + "}";
        QTest::newRow("general") << TokenForm{Serialization::General, false}
                                 << carried + "\"signatures\":[{" + parts + "}]}";
        QTest::newRow("flattened, detached") << TokenForm{Serialization::Flattened, true} << "{" + parts + "}";
    }
    void forms()
    {
        QFETCH(TokenForm, form);
        QFETCH(std::string, written);
        TokenDraft draft;
        draft.typeEncoded(rfcToken);
        draft.setForm(form);
        QCOMPARE(draft.token(), written);
        QCOMPARE(draft.text(Pane::Encoded), written);
        QCOMPARE(draft.detachedPayload().has_value(), form.detached);
        draft.typeEncoded(written); // read back, it says the same
        QVERIFY2(draft.isWhole(), draft.error(Pane::Encoded) ? draft.error(Pane::Encoded)->toString().c_str() : "");
        QCOMPARE(draft.token(), written);
        QCOMPARE(draft.claims().size(), std::size_t(3));
    }

    /// RFC 7797: the octets of the payload are signed themselves, and follow the header's word.
    void anUnencodedPayload()
    {
        TokenDraft draft(R"({"alg":"HS256"})", R"({"iss":"joe"})");
        const std::string encoded = draft.signingInput();
        draft.typeHeader(R"({"alg":"HS256","b64":false,"crit":["b64"]})");
        QVERIFY(draft.isUnencoded());
        QVERIFY(draft.signingInput().ends_with(R"(.{"iss":"joe"})"));
        QCOMPARE(draft.signedText(Pane::Payload), std::string(R"({"iss":"joe"})"));
        draft.typePayload(R"({"iss":"ann"})");
        QVERIFY(draft.signingInput().ends_with(R"(.{"iss":"ann"})"));
        draft.typeHeader(R"({"alg":"HS256","b64":false})"); // not critical: does not count
        QVERIFY(!draft.isUnencoded());
        draft.typePayload(R"({"iss":"joe"})");
        draft.typeHeader(R"({"alg":"HS256"})");
        QCOMPARE(draft.signingInput(), encoded);
    }

    /// With cty the payload is what it is: another token, or any text (RFC 7519 §5.2).
    void aNestedToken()
    {
        TokenDraft draft(R"({"alg":"HS256"})", "{}");
        draft.typePayload(rfcToken);
        QVERIFY(draft.error(Pane::Payload).has_value());
        draft.typeHeader(R"({"alg":"HS256","cty":"JWT"})");
        QVERIFY(draft.isWhole());
        QVERIFY(draft.claims().empty());
        QCOMPARE(payloadOctets(draft), rfcToken);
        QVERIFY(!draft.setClaim("iss", "1"));
        TokenDraft other;
        draft.setSignature("x");
        other.typeEncoded(draft.token());
        QVERIFY(other.isWhole());
        QCOMPARE(other.text(Pane::Payload), rfcToken);
        draft.typeHeader(R"({"alg":"HS256"})");
        QVERIFY(draft.error(Pane::Payload).has_value());
    }

    void editsPropagate()
    {
        TokenDraft draft;
        draft.typeEncoded(rfcToken);
        draft.typePayload("{ \"iss\": \"ann\" }");
        QCOMPARE(payloadOctets(draft), std::string("{ \"iss\": \"ann\" }"));
        QCOMPARE(draft.text(Pane::Encoded), draft.token());
        QCOMPARE(draft.text(Pane::Payload), std::string("{ \"iss\": \"ann\" }"));
        QVERIFY(draft.token().starts_with(rfcToken.substr(0, rfcToken.find('.'))));
        QVERIFY(draft.hasSignature());
    }

    void digitsOrderAndEscapesStay()
    {
        TokenDraft draft;
        draft.typePayload(
            "{\n \"z\": 1.0,\n \"a\": 9007199254740993,\n \"e\": 1E+2, \"u\": \"\\u00e9\\/\", \"z\": 2\n}");
        QVERIFY(draft.isWhole());
        const std::string expected = "{\"z\":1.0,\"a\":9007199254740993,\"e\":1E+2,\"u\":\"\\u00e9\\/\",\"z\":2}";
        QCOMPARE(payloadOctets(draft), expected);
        TokenDraft other;
        other.typeEncoded(draft.token());
        QCOMPARE(payloadOctets(other), expected);
        QVERIFY(other.setClaim("a", "7"));
        QCOMPARE(payloadOctets(other), std::string("{\"z\":1.0,\"a\":7,\"e\":1E+2,\"u\":\"\\u00e9\\/\",\"z\":2}"));
    }

    void aBrokenPaneKeepsTheOthers()
    {
        TokenDraft draft;
        draft.typeEncoded(rfcToken);
        draft.typePayload("{\n  \"iss\": \"joe\",\n  \"exp\": 12x\n}");
        QVERIFY(draft.error(Pane::Payload).has_value());
        QCOMPARE(draft.error(Pane::Payload)->place.line, std::size_t(3));
        QCOMPARE(draft.token(), rfcToken);
        QCOMPARE(draft.claims().size(), std::size_t(3));
        QVERIFY(!draft.setClaim("iss", "\"ann\""));
        QCOMPARE(draft.text(Pane::Payload), std::string("{\n  \"iss\": \"joe\",\n  \"exp\": 12x\n}"));
        draft.typePayload("{}");
        QVERIFY(draft.isWhole());
    }

    void aHeaderEditKeepsABrokenPayloadText()
    {
        TokenDraft draft;
        draft.typePayload("{\"a\":");
        draft.typeHeader("{\"alg\":\"HS512\"}");
        QCOMPARE(draft.algorithm(), std::string_view("HS512"));
        QCOMPARE(draft.text(Pane::Payload), std::string("{\"a\":"));
        QVERIFY(draft.error(Pane::Payload).has_value());
    }

    void garbage_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("code");
        QTest::addColumn<int>("offset");
        const auto row = [](const char* title, std::string text, std::string code, int offset) {
            QTest::newRow(title) << text << code << offset;
        };
        row("empty", "", "empty-token", -2);
        row("a word", "hello", "wrong-part-count", -2);
        row("two parts", "eyJhbGciOiJIUzI1NiJ9.e30", "wrong-part-count", -2);
        row("encrypted", "eyJhbGciOiJkaXIifQ..a.b.c", "encrypted-token", -2);
        row("foreign character", "eyJhbGciOiJIUzI1NiJ9.e3*.x", "invalid-character", 23);
        row("foreign character behind a scheme", "Bearer eyJhbGciOiJIUzI1NiJ9.e3*.x", "invalid-character", 30);
        row("header is no JSON", "aGVsbG8.e30.", "header-not-json", 0);
        row("header is a list", "W10.e30.", "header-not-json", 0);
        row("JSON that is no token", "{\"a\":1}", "serialization-member", -2);
        row("broken JSON", "{\"payload\":", "serialization-invalid", -2);
    }
    void garbage()
    {
        QFETCH(std::string, text);
        QFETCH(int, offset);
        TokenDraft draft;
        draft.typeEncoded(rfcToken);
        draft.typeEncoded(text);
        const auto& error = draft.error(Pane::Encoded);
        QVERIFY(error.has_value());
        QTEST(std::string(error->code.name()), "code");
        if (offset >= 0)
            QCOMPARE(error->place.offset, std::size_t(offset));
        QCOMPARE(draft.text(Pane::Encoded), text);
        QCOMPARE(draft.token(), rfcToken);
    }

    void aPayloadThatIsNoObjectIsShown()
    {
        TokenDraft draft;
        draft.typeEncoded("eyJhbGciOiJIUzI1NiJ9.aGVsbG8.eA");
        QVERIFY(!draft.error(Pane::Encoded));
        QCOMPARE(draft.text(Pane::Payload), std::string("hello"));
        QVERIFY(draft.error(Pane::Payload).has_value());
        QVERIFY(draft.claims().empty());
    }

    void claims()
    {
        TokenDraft draft;
        QVERIFY(draft.setClaim("sub", "\"u\""));
        QVERIFY(draft.setClaim("exp", "1795441308"));
        QVERIFY(draft.renameClaim("sub", "jti"));
        QCOMPARE(payloadOctets(draft), std::string("{\"jti\":\"u\",\"exp\":1795441308}"));
        QVERIFY(draft.removeClaim("jti"));
        QCOMPARE(draft.text(Pane::Payload), std::string("{\n  \"exp\": 1795441308\n}"));
    }
};

QTEST_GUILESS_MAIN(TestTokenDraft)
#include "tst_tokendraft.moc"
