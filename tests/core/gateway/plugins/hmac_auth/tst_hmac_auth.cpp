// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestHmacAuth : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void signs_data();
    void signs();
    void readsFields_data();
    void readsFields();
    void looksAtTheClock_data();
    void looksAtTheClock();
    void comparesTheBody_data();
    void comparesTheBody();
    void hidesTheSignature();
    void explains_data();
    void explains();
};

namespace {

/// testNow as a date.
constexpr const char* today = "Sun, 22 Nov 2026 00:00:00 GMT";
constexpr const char* people =
    R"("consumers": [{"username": "omar-c", "hmacauth_credentials": [{"username": "omar", "secret": "secret"}]}])";

std::string withHmac(const std::string& config)
{
    return documentOf(R"({"name": "hmac-auth", "config": )" + config + "}", people);
}

std::string codeOf(const std::string& text, const std::string& secret = "secret")
{
    return toBase64(crypto::Hmac(crypto::DigestKind::Sha256, SecretBytes(BytesView(secret))).sign(text));
}

std::string fields(const std::string& names, const std::string& code, const std::string& algorithm = "hmac-sha256",
                   const std::string& user = "omar")
{
    return "hmac username=\"" + user + "\", algorithm=\"" + algorithm + "\", headers=\"" + names + "\", signature=\"" +
           code + "\"";
}

std::string signedDate()
{
    return fields("date", codeOf("date: " + std::string(today)));
}

Sent sentWith(const std::string& authorization, std::vector<std::pair<std::string, std::string>> headers = {})
{
    Sent sent{.target = "/r/a%20b?c=d", .headers = {{"Date", today}}};
    sent.headers.emplace_back("Authorization", authorization);
    sent.headers.insert(sent.headers.end(), headers.begin(), headers.end());
    return sent;
}

std::string messageOf(const Passage& passage)
{
    return passage.answer ? *json(passage.body()).findString("message") : std::string();
}

std::string digestOf(const std::string& body)
{
    return "SHA-256=" + toBase64(crypto::digest(crypto::DigestKind::Sha256, body));
}

} // namespace

void TestHmacAuth::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("algorithm") << R"({"algorithms": ["hmac-sha224"]})"
                               << "expected one of: hmac-sha1, hmac-sha256, hmac-sha384, hmac-sha512";
    QTest::newRow("no skew") << R"({"clock_skew": 0})"
                             << "value must be greater than 0";
    QTest::newRow("other plugin's switch") << R"({"run_on_preflight": true})"
                                           << "unknown field";
    QTest::newRow("defaults") << "{}"
                              << "";
}

void TestHmacAuth::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(withHmac(config.toStdString())));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

/// kong-plugins.md B4: the line of each name.
void TestHmacAuth::signs_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("text");
    QTest::newRow("a header") << "date"
                              << "date: Sun, 22 Nov 2026 00:00:00 GMT";
    QTest::newRow("name as written") << "Date"
                                     << "Date: Sun, 22 Nov 2026 00:00:00 GMT";
    QTest::newRow("request line") << "date request-line"
                                  << "date: Sun, 22 Nov 2026 00:00:00 GMT\nGET /r/a%20b?c=d HTTP/1.1";
    QTest::newRow("request target") << "@request-target"
                                    << "@request-target: get /r/a%20b?c=d";
    QTest::newRow("missing header") << "x-custom date"
                                    << "x-custom:\ndate: Sun, 22 Nov 2026 00:00:00 GMT";
    QTest::newRow("header given twice") << "x-two"
                                        << "x-two: 1";
}

void TestHmacAuth::signs()
{
    QFETCH(QString, names);
    QFETCH(QString, text);
    const Sent sent =
        sentWith(fields(names.toStdString(), codeOf(text.toStdString())), {{"X-Two", "1"}, {"X-Two", "2"}});
    const Passage passage(snapshotOf(withHmac("{}")), sent);
    QCOMPARE(messageOf(passage), std::string());
    QCOMPARE(passage.sentUpstream("X-Credential-Identifier"), std::string("omar"));
    QCOMPARE(passage.sentUpstream("X-Consumer-Username"), std::string("omar-c"));
}

void TestHmacAuth::readsFields_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("kong");
    QTest::addColumn<int>("strict");
    const auto whole = QString::fromStdString(signedDate());
    const auto code = QString::fromStdString(codeOf("date: " + std::string(today)));
    QTest::newRow("as Kong writes it") << whole << 200 << 200;
    QTest::newRow("capital") << "H" + whole.mid(1) << 200 << 200;
    QTest::newRow("capitals") << "HMAC" + whole.mid(4) << 401 << 200;
    QTest::newRow("other scheme") << "Signature" + whole.mid(4) << 401 << 401;
    QTest::newRow("another field behind") << whole + ", extra=\"1\"" << 200 << 200;
    QTest::newRow("behind another scheme") << "Basic x, " + whole << 200 << 401;
    QTest::newRow("other order")
        << "hmac algorithm=\"hmac-sha256\", username=\"omar\", headers=\"date\", signature=\"" + code + "\"" << 401
        << 200;
    QTest::newRow("a field twice") << whole + ", username=\"omar\"" << 200 << 401;
    QTest::newRow("signature without padding")
        << QString::fromStdString(fields("date", code.chopped(1).toStdString())) << 200 << 401;
    QTest::newRow("no signature") << QString(whole).remove(code) << 401 << 401;
}

void TestHmacAuth::readsFields()
{
    QFETCH(QString, value);
    QFETCH(int, kong);
    QFETCH(int, strict);
    const Sent sent = sentWith(value.toStdString());
    QCOMPARE(Passage(snapshotOf(withHmac("{}")), sent).status(), kong);
    QCOMPARE(Passage(snapshotOf(withHmac("{}"), Conduct::Strict), sent).status(), strict);
}

void TestHmacAuth::looksAtTheClock_data()
{
    QTest::addColumn<QString>("xDate");
    QTest::addColumn<QString>("date");
    QTest::addColumn<bool>("isNear");
    QTest::newRow("now") << "" << today << true;
    QTest::newRow("at the edge") << ""
                                 << "Sat, 21 Nov 2026 23:55:00 GMT" << true;
    QTest::newRow("beyond") << ""
                            << "Sat, 21 Nov 2026 23:54:59 GMT" << false;
    QTest::newRow("ahead") << ""
                           << "Sun, 22 Nov 2026 00:05:01 GMT" << false;
    QTest::newRow("no date") << ""
                             << "yesterday" << false;
    QTest::newRow("X-Date will do") << today << "Mon, 01 Jan 2001 00:00:00 GMT" << true;
    QTest::newRow("Date will do") << "yesterday" << today << true;
    QTest::newRow("RFC 850") << ""
                             << "Sunday, 22-Nov-26 00:00:00 GMT" << true;
}

void TestHmacAuth::looksAtTheClock()
{
    QFETCH(QString, xDate);
    QFETCH(QString, date);
    QFETCH(bool, isNear);
    Sent sent{.target = "/r",
              .headers = {{"Date", date.toStdString()}, {"Authorization", fields("host", codeOf("host: gw.test"))}}};
    if (!xDate.isEmpty())
        sent.headers.emplace_back("X-Date", xDate.toStdString());
    const Passage passage(snapshotOf(withHmac("{}")), sent);
    QCOMPARE(QString::fromStdString(messageOf(passage)),
             isNear ? QString()
                    : QString("HMAC signature cannot be verified, a valid date or x-date header is required for HMAC "
                              "Authentication"));
}

void TestHmacAuth::comparesTheBody_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("digest");
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<int>("kong");
    QTest::addColumn<int>("strict");
    const auto right = [](int size) {
        return QString::fromStdString(digestOf(std::string(static_cast<std::size_t>(size), 'z')));
    };
    QTest::newRow("right") << 7 << right(7) << true << 200 << 200;
    QTest::newRow("wrong") << 7 << right(8) << true << 401 << 401;
    QTest::newRow("no digest") << 7 << "" << false << 401 << 401;
    QTest::newRow("no body") << 0 << "" << false << 200 << 200;
    QTest::newRow("digest of nothing") << 0 << "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" << true << 200
                                       << 200;
    QTest::newRow("digest not signed") << 7 << right(7) << false << 200 << 401;
    QTest::newRow("large") << 20000 << right(20000) << true << 401 << 200;
}

void TestHmacAuth::comparesTheBody()
{
    QFETCH(int, size);
    QFETCH(QString, digest);
    QFETCH(bool, isSigned);
    QFETCH(int, kong);
    QFETCH(int, strict);
    std::string text = "date: " + std::string(today);
    if (isSigned)
        text += "\ndigest: " + digest.toStdString();
    Sent sent = sentWith(fields(isSigned ? "date digest" : "date", codeOf(text)));
    if (!digest.isEmpty())
        sent.headers.emplace_back("Digest", digest.toStdString());
    sent.body = std::string(static_cast<std::size_t>(size), 'z');
    const std::string document = withHmac(R"({"validate_request_body": true})");
    QCOMPARE(Passage(snapshotOf(document), sent).status(), kong);
    QCOMPARE(Passage(snapshotOf(document, Conduct::Strict), sent).status(), strict);
}

void TestHmacAuth::hidesTheSignature()
{
    const Passage passage(snapshotOf(withHmac(R"({"hide_credentials": true})")), sentWith(signedDate()));
    QVERIFY(passage.isProxied());
    QVERIFY(!passage.exchange.upstream.headers.contains("Authorization"));
}

void TestHmacAuth::explains_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    const std::string code = codeOf("date: " + std::string(today));
    const auto row = [](const char* name, const std::string& value, const char* title, const char* repairs) {
        QTest::newRow(name) << QString::fromStdString(value) << title << repairs;
    };
    row("other form", "Basic x", "hmac-auth.other-form.title", "*open-plugin");
    row("not signed", fields("host", code), "hmac-auth.not-signed.title", "*stop-enforcing open-plugin");
    row("other algorithm", fields("date", code, "hmac-sha1"), "hmac-auth.other-algorithm.title",
        "*allow-value open-plugin");
    row("unknown algorithm", fields("date", code, "rot13"), "hmac-auth.other-algorithm.title", "*open-plugin");
    row("unknown user", fields("date", code, "hmac-sha256", "zz"), "hmac-auth.unknown-user.title", "*open-plugin");
    row("wrong secret", fields("date", codeOf("date: " + std::string(today), "no")), "hmac-auth.wrong-signature.title",
        "*open-credential open-plugin");
    row("no digest", signedDate(), "hmac-auth.wrong-digest.title", "*set-header open-plugin");
}

void TestHmacAuth::explains()
{
    QFETCH(QString, value);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    Sent sent = sentWith(value.toStdString());
    sent.body = "hello";
    const Passage passage(
        snapshotOf(
            withHmac(R"({"enforce_headers": ["date"], "algorithms": ["hmac-sha256"], "validate_request_body": true})")),
        sent, true);
    const Explanation explanation = explanationOf(passage, "hmac-auth");
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), repairs);
    if (const auto* set = findRepair<SetHeader>(explanation))
        QCOMPARE(*set->value, digestOf("hello"));
    for (const Finding& finding : explanation.checks) // no right signature leaks
        QVERIFY(finding.expected.find(codeOf("date: " + std::string(today))) == std::string::npos);
}

QTEST_APPLESS_MAIN(TestHmacAuth)
#include "tst_hmac_auth.moc"
