// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"
#include "jose/signature.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// What the desktop shows for every way in which a request is refused, and what the repairs say.
class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void explainsJwt_data();
    void explainsJwt();
    void comparesTimes();
    void signsWithinTheLimit();
    void resignsWithTheCredential();
    void findsNearestKey();
    void readsTokenFromWhereItIs();
    void keepsOneToken();
    void setsFields();
    void explainsKeyAuth_data();
    void explainsKeyAuth();
    void explainsOtherEnds_data();
    void explainsOtherEnds();
    void survivesAnotherConfiguration();
};

namespace {

std::shared_ptr<const Snapshot> snapshot()
{
    static const auto made = snapshotOf(R"({"_format_version": "3.0",
      "services": [{"name": "s", "url": "http://up.test", "routes": [
        {"name": "api", "paths": ["/api"], "plugins": [{"name": "jwt", "config": {"claims_to_verify": ["exp", "nbf"], "maximum_expiration": 300}}]},
        {"name": "exp", "paths": ["/exp"], "plugins": [{"name": "jwt", "config": {"claims_to_verify": ["exp"]}}]},
        {"name": "kid", "paths": ["/kid"], "plugins": [{"name": "jwt", "config": {"key_claim_name": "kid"}}]},
        {"name": "base64", "paths": ["/base64"], "plugins": [{"name": "jwt", "config": {"secret_is_base64": true}}]},
        {"name": "anonymous", "paths": ["/anonymous"], "plugins": [{"name": "jwt", "config": {"anonymous": "guest"}}]},
        {"name": "key", "paths": ["/key"], "plugins": [{"name": "key-auth"}]},
        {"name": "stop", "paths": ["/stop"], "plugins": [{"name": "request-termination"}]},
        {"name": "tls", "paths": ["/tls"], "protocols": ["https"]},
        {"name": "open", "paths": ["/open"]}]}],
      "routes": [{"name": "bare", "paths": ["/bare"]}],
      "consumers": [{"username": "issuer", "jwt_secrets": [{"key": "https://issuer.test/", "secret": "top!"}],
                     "keyauth_credentials": [{"key": "opensesame"}]},
                    {"username": "guest"}]})");
    return made;
}

std::string sign(const std::string& header, const std::string& payload, const std::string& secret = "top!")
{
    const std::string input = toBase64Url(header) + "." + toBase64Url(payload);
    const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256, SecretBytes(BytesView(secret)));
    return input + "." + toBase64Url(*maker->sign(input));
}

std::string token(const std::string& claims)
{
    return sign(R"({"alg":"HS256","typ":"JWT"})", R"({"iss":"https://issuer.test/")" + claims + "}");
}

std::string at(std::int64_t seconds)
{
    return std::to_string(testNow + seconds);
}

Explanation explainSent(const Sent& sent)
{
    const Passage passage(snapshot(), sent, true);
    return explain(*passage.exchange.trace, *snapshot());
}

Explanation explainToken(const std::string& path, const std::string& text)
{
    return explainSent({.target = path, .headers = {{"Authorization", "Bearer " + text}}});
}

std::string labels(const Explanation& explanation)
{
    std::string list;
    for (const Repair& repair : explanation.repairs)
        list += (list.empty() ? "" : " ") + std::string(repair.primary ? "*" : "") + repair.label.id.substr(7);
    return list;
}

std::string parameter(const Text& text, std::string_view name)
{
    for (const auto& [key, value] : text.parameters)
        if (key == name)
            return value;
    return {};
}

template <class T>
const T* find(const Explanation& explanation)
{
    for (const Repair& repair : explanation.repairs)
        if (const auto* action = std::get_if<T>(&repair.action))
            return action;
    return nullptr;
}

} // namespace

void TestExplain::explainsJwt_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    const auto row = [](const char* name, const char* path, const std::string& text, const char* title,
                        const char* repairs) {
        QTest::newRow(name) << QString(path) << QString::fromStdString(text) << QString(title) << QString(repairs);
    };
    row("no token", "/api", "", "jwt.no-token.title", "*sign-token open-plugin");
    row("several tokens", "/api?jwt=x", token(""), "jwt.several-tokens.title", "*keep-one keep-one");
    row("flag for a token", "/api?jwt", "", "jwt.not-text.title", "*sign-token");
    row("broken payload", "/api", toBase64Url(R"({"alg":"HS256"})") + ".!.x", "jwt.bad-token.title",
        "*open-token sign-token");
    row("unknown algorithm", "/api", sign(R"({"alg":"none"})", "{}"), "jwt.unknown-algorithm.title",
        "*sign-token open-token");
    row("no key claim", "/api", sign(R"({"alg":"HS256"})", R"({"aud":"https://issuer.test/"})"), "jwt.no-key.title",
        "*add-claim set-field open-plugin");
    row("empty key claim", "/api", sign(R"({"alg":"HS256"})", R"({"iss":""})"), "jwt.empty-key.title",
        "*add-claim open-plugin");
    row("key claim a number", "/api", sign(R"({"alg":"HS256"})", R"({"iss":5})"), "jwt.key-type.title",
        "*add-claim open-plugin");
    row("unknown key", "/api", sign(R"({"alg":"HS256"})", R"({"iss":"zzz"})"), "jwt.unknown-key.title",
        "*create-credential sign-token");
    row("nearly a key", "/api", sign(R"({"alg":"HS256"})", R"({"iss":"https://issuer.test"})"), "jwt.unknown-key.title",
        "*create-credential use-key sign-token");
    row("other algorithm", "/api", sign(R"({"alg":"HS512"})", R"({"iss":"https://issuer.test/"})"),
        "jwt.algorithm.title", "*resign-algorithm set-field open-credential");
    row("secret no base64", "/base64", token(""), "jwt.bad-key.title", "*set-field open-credential");
    row("wrong secret", "/api", sign(R"({"alg":"HS256"})", R"({"iss":"https://issuer.test/"})", "other"),
        "jwt.signature.title", "*resign-credential compare-keys open-credential");
    row("expired", "/exp", token(",\"exp\":" + at(-192)), "jwt.expired.title",
        "*resign-exp open-credential sign-token shift-clock open-plugin");
    row("no exp", "/exp", token(""), "jwt.claim-missing.title", "*resign-exp stop-verifying open-plugin");
    row("exp a text", "/exp", token(",\"exp\":\"soon\""), "jwt.claim-type.title",
        "*resign-exp stop-verifying open-plugin");
    row("not yet valid", "/api", token(",\"exp\":" + at(100) + ",\"nbf\":" + at(60)), "jwt.not-yet-valid.title",
        "*resign-nbf open-token shift-clock");
    row("lives too long", "/api", token(",\"nbf\":0,\"exp\":" + at(900)), "jwt.lives-too-long.title",
        "*resign-exp set-field open-plugin");
}

void TestExplain::explainsJwt()
{
    QFETCH(QString, path);
    QFETCH(QString, token);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    const Explanation explanation = token.isEmpty() ? explainSent({.target = path.toStdString()})
                                                    : explainToken(path.toStdString(), token.toStdString());
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labels(explanation)), repairs);
    QVERIFY(!explanation.checks.empty());
    QVERIFY(parameter(explanation.title, "scope").starts_with("route "));
}

void TestExplain::comparesTimes()
{
    const Explanation explanation = explainToken("/exp", token(",\"iat\":" + at(-792) + ",\"exp\":" + at(-192)));
    QCOMPARE(parameter(explanation.title, "seconds"), std::string("192"));
    QCOMPARE(explanation.comparison.size(), std::size_t(3));
    QCOMPARE(explanation.comparison[0].value, at(-192));
    QVERIFY(explanation.comparison[0].offending);
    QCOMPARE(*explanation.comparison[1].time, testNow);
    QCOMPARE(explanation.comparison[2].note.id, std::string("compare.fixed-by-plugin"));
    QCOMPARE(explanation.ruler,
             (std::vector<RulerMark>{{"iat", testNow - 792}, {"exp", testNow - 192}, {"now", testNow}}));
    QCOMPARE(explanation.consumer->name, std::string("issuer"));
    QCOMPARE(*explanation.algorithm, std::string("HS256"));
    QCOMPARE(find<ShiftClock>(explanation)->seconds, std::int64_t(-193));
}

void TestExplain::signsWithinTheLimit()
{
    const Explanation explanation = explainSent({.target = "/api"});
    const auto* action = find<SignToken>(explanation);
    QVERIFY(action);
    QCOMPARE(action->consumer, std::string("issuer"));
    QCOMPARE(action->keyClaim, std::string("iss"));
    QCOMPARE(*document::Value(action->claims).findInteger("exp"), testNow + 300);
    QCOMPARE(*document::Value(action->claims).findInteger("nbf"), testNow);
    const Explanation byHeader = explainSent({.target = "/kid"});
    QVERIFY(find<SignToken>(byHeader)->keyInHeader);
}

void TestExplain::resignsWithTheCredential()
{
    const Explanation explanation = explainToken("/exp", token(",\"exp\":" + at(-5)));
    const auto* action = find<Resign>(explanation);
    QCOMPARE(action->credentialId, snapshot()->entities().all("jwt_secrets").front()->id);
    QCOMPARE(*document::Value(action->claims).findInteger("exp"), testNow + 600);
}

void TestExplain::findsNearestKey()
{
    const Explanation explanation =
        explainToken("/exp", sign(R"({"alg":"HS256"})", R"({"iss":"https://issuer.test"})"));
    QCOMPARE(explanation.comparison.back().value, std::string("https://issuer.test/"));
    QCOMPARE(*document::Value(find<Resign>(explanation)->claims).findString("iss"),
             std::string("https://issuer.test/"));
    QCOMPARE(find<CreateCredential>(explanation)->key, std::string("https://issuer.test"));
}

void TestExplain::readsTokenFromWhereItIs()
{
    const Explanation explanation = explainSent({.target = "/api", .headers = {{"X-Token", token("")}}});
    const auto* action = find<SetPluginField>(explanation);
    QVERIFY(action);
    QCOMPARE(action->pointer, std::string("/services/0/routes/0/plugins/0/config/header_names"));
    QCOMPARE(action->value, json(R"(["authorization", "X-Token"])"));
}

void TestExplain::keepsOneToken()
{
    const Explanation explanation = explainToken("/api?jwt=x", token(""));
    QCOMPARE(find<KeepOneToken>(explanation)->place, std::string("header authorization"));
}

void TestExplain::setsFields()
{
    const Explanation tooLong = explainToken("/api", token(",\"nbf\":0,\"exp\":" + at(900)));
    QVERIFY(find<SetPluginField>(tooLong)->pointer.ends_with("/config/maximum_expiration"));
    QCOMPARE(find<SetPluginField>(tooLong)->value, document::Value(900));
    const Explanation listed = explainToken("/exp", token(""));
    QVERIFY(find<SetPluginField>(listed)->value.isNull());
    QVERIFY(find<SetPluginField>(listed)->pointer.ends_with("/config/claims_to_verify"));
}

void TestExplain::explainsKeyAuth_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("title");
    QTest::newRow("no key") << ""
                            << "key-auth.no-key.title";
    QTest::newRow("unknown key") << "nope"
                                 << "key-auth.unknown-key.title";
}

void TestExplain::explainsKeyAuth()
{
    QFETCH(QString, header);
    QFETCH(QString, title);
    Sent sent{.target = "/key"};
    if (!header.isEmpty())
        sent.headers.emplace_back("apikey", header.toStdString());
    const Explanation explanation = explainSent(sent);
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(labels(explanation), std::string("*attach-key open-plugin"));
    QCOMPARE(find<AttachKey>(explanation)->name, std::string("apikey"));
    for (const Finding& finding : explanation.checks)
        QVERIFY(finding.found.find("nope") == std::string::npos);
}

void TestExplain::explainsOtherEnds_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("title");
    QTest::newRow("no route") << "/lost"
                              << "route.none.title";
    QTest::newRow("needs TLS") << "/tls"
                               << "route.protocol.title";
    QTest::newRow("no service") << "/bare"
                                << "service.none.title";
    QTest::newRow("terminated") << "/stop"
                                << "plugin.answered.title";
    QTest::newRow("anonymous") << "/anonymous"
                               << "jwt.no-token.title";
    QTest::newRow("proxied") << "/open"
                             << "response.title";
}

void TestExplain::explainsOtherEnds()
{
    QFETCH(QString, target);
    QFETCH(QString, title);
    const Explanation explanation = explainSent({.target = target.toStdString()});
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    if (target == "/anonymous")
        QCOMPARE(parameter(explanation.sentence, "consumer"), std::string("guest"));
}

/// The configuration may have changed since: what is gone is not offered, and nothing breaks.
void TestExplain::survivesAnotherConfiguration()
{
    const Passage passage(snapshot(),
                          {.target = "/exp", .headers = {{"Authorization", "Bearer " + token(",\"exp\":1")}}}, true);
    const auto empty = snapshotOf(R"({"_format_version": "3.0"})");
    const Explanation explanation = explain(*passage.exchange.trace, *empty);
    QCOMPARE(explanation.title.id, std::string("jwt.expired.title"));
    QVERIFY(!find<OpenEntity>(explanation));
    QVERIFY(!find<SignToken>(explanation));
}

QTEST_APPLESS_MAIN(TestExplain)
#include "tst_explain.moc"
