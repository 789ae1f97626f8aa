// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/openid_connect/guarded.h"

#include "base/base64.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Object;
using document::Value;

class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void explainsTokens_data();
    void explainsTokens();
    void explainsRequests_data();
    void explainsRequests();
    void explainsAnswers_data();
    void explainsAnswers();
    void explainsLogins_data();
    void explainsLogins();
    void explainsAProviderThatIsDown();
    void repairsLeadToThePlugin_data();
    void repairsLeadToThePlugin();
    void showsTimesOnARuler();
    void tellsNoSecrets();
};

namespace {

QString causeOf(const Explanation& explanation)
{
    QString id = QString::fromStdString(explanation.title.id);
    return id.remove("openid-connect.").remove(".title");
}

std::string withConfig(const QString& config)
{
    return R"("auth_methods": ["bearer"])" + (config.isEmpty() ? std::string() : ", " + config.toStdString());
}

Object parsed(const QString& text)
{
    const Value value = json(text.toStdString());
    return *value.asObject();
}

} // namespace

void TestExplain::explainsTokens_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("labels");
    const auto row = [](const char* cause, const char* config, const QString& claims, const char* header,
                        const char* labels) { QTest::newRow(cause) << config << claims << header << cause << labels; };
    const auto at = [](const char* claim, std::int64_t time) { return QString("{\"%1\": %2}").arg(claim).arg(time); };
    row("expired", "", at("exp", testNow - 60), "{}", "*shift-clock set-field open-plugin");
    row("not-yet-valid", "", at("nbf", testNow + 60), "{}", "*shift-clock set-field open-plugin");
    row("from-the-future", "", at("iat", testNow + 60), "{}", "*shift-clock set-field open-plugin");
    row("time-type", "", R"({"exp": "soon"})", "{}", "*open-token open-plugin");
    row("other-issuer", "", R"({"iss": "https://other.test"})", "{}", "*allow-value open-plugin");
    row("unknown-key", "", "{}", R"({"kid": "x"})", "*open-token open-plugin");
    row("unsigned", "", "{}", R"({"alg": "none"})", "*open-token open-plugin");
    row("critical-header", "", "{}", R"({"crit": ["b64"]})", "*open-token open-plugin");
    row("other-session", R"("jwt_session_cookie": "sid")", R"({"sid": "7"})", "{}", "*open-plugin");
    row("old-login", R"("max_age": 60)", at("auth_time", testNow - 100), "{}", "*stop-verifying open-plugin");
    row("other-domain", R"("domains": ["a.test"])", R"({"hd": "b.test"})", "{}", "*allow-value open-plugin");
    row("lacking", R"("scopes_required": ["admin"])", R"({"scope": "user"})", "{}",
        "*allow-value stop-verifying open-plugin");
    row("forbidden-claim", R"("claims_forbidden": ["test"])", R"({"test": 1})", "{}", "*allow-value open-plugin");
    row("unknown-consumer", R"("consumer_claim": ["sub"])", "{}", "{}", "*create-consumer set-field open-plugin");
    row("no-consumer-claim", R"("consumer_claim": ["name"])", "{}", "{}", "*set-field open-plugin");
}

void TestExplain::explainsTokens()
{
    QFETCH(QString, config);
    QFETCH(QString, claims);
    QFETCH(QString, header);
    QFETCH(QString, cause);
    QFETCH(QString, labels);
    const Guarded gateway(withConfig(config));
    std::string token;
    if (header.contains("none") || header.contains("crit")) {
        const std::string good = gateway.token();
        const auto payload = good.substr(good.find('.'));
        const Object head{{"alg", header.contains("none") ? "none" : "ES256"}};
        Object all = head;
        for (const auto& [name, value] : parsed(header))
            all.set(name, value);
        token = toBase64Url(document::toJson(all)) + payload;
    } else {
        token = gateway.token(parsed(claims), parsed(header));
    }
    const auto passage = gateway.bearer(token, true);
    QVERIFY(!passage->isProxied());
    const Explanation explanation = explanationOf(*passage, "openid-connect");
    QCOMPARE(causeOf(explanation), cause);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), labels);
}

void TestExplain::explainsRequests_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("labels");
    QTest::newRow("nothing") << ""
                             << "/r"
                             << ""
                             << "no-credential"
                             << "*open-plugin";
    QTest::newRow("in the query, where nobody looks") << R"("bearer_token_param_type": ["header"])"
                                                      << "/r?access_token=a.b.c"
                                                      << ""
                                                      << "no-credential"
                                                      << "*add-place open-plugin";
    QTest::newRow("in the header, where nobody looks") << R"("bearer_token_param_type": ["query"])"
                                                       << "/r"
                                                       << "a.b.c"
                                                       << "no-credential"
                                                       << "*add-place open-plugin";
    QTest::newRow("broken") << ""
                            << "/r"
                            << "a.b.c"
                            << "unreadable"
                            << "*open-token open-plugin";
    QTest::newRow("algorithm") << ""
                               << "/r"
                               << "eyJhbGciOiJYUzI1NiJ9.e30.AA"
                               << "unknown-algorithm"
                               << "*open-token open-plugin";
    QTest::newRow("secret") << R"("client_id": ["gw"], "client_secret": ["s3"])"
                            << "/r"
                            << "eyJhbGciOiJIUzI1NiJ9.e30.AA"
                            << "secret-disabled"
                            << "*set-field open-token open-plugin";
    QTest::newRow("signature") << ""
                               << "/r"
                               << "eyJhbGciOiJFUzI1NiJ9.e30.AA"
                               << "signature"
                               << "*open-token open-plugin";
}

void TestExplain::explainsRequests()
{
    QFETCH(QString, config);
    QFETCH(QString, target);
    QFETCH(QString, token);
    QFETCH(QString, cause);
    QFETCH(QString, labels);
    const Guarded gateway(withConfig(config));
    Sent sent{.target = target.toStdString()};
    if (!token.isEmpty())
        sent.headers.emplace_back("Authorization", "Bearer " + token.toStdString());
    const auto passage = gateway.send(sent, true);
    QCOMPARE(passage->status(), 401);
    const Explanation explanation = explanationOf(*passage, "openid-connect");
    QCOMPARE(causeOf(explanation), cause);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), labels);
}

void TestExplain::explainsAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("cause");
    QTest::newRow("inactive") << 200 << R"({"active": false})"
                              << "inactive";
    QTest::newRow("refused") << 401 << R"({"error": "invalid_client"})"
                             << "endpoint-refused";
    QTest::newRow("in trouble") << 503 << "{}"
                                << "endpoint-refused";
}

void TestExplain::explainsAnswers()
{
    QFETCH(int, status);
    QFETCH(QString, body);
    QFETCH(QString, cause);
    Guarded gateway(R"("auth_methods": ["introspection"])");
    gateway.provider.on("/introspection", status, json(body.toStdString()));
    const auto passage = gateway.bearer("opaque", true);
    QCOMPARE(causeOf(explanationOf(*passage, "openid-connect")), cause);
}

void TestExplain::explainsLogins_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("idToken");
    QTest::addColumn<QString>("cause");
    QTest::newRow("state") << "code=c&state=other"
                           << "{}"
                           << "unknown-login";
    QTest::newRow("error") << "error=access_denied&state=STATE"
                           << "{}"
                           << "login-refused";
    QTest::newRow("issuer") << "code=c&iss=x&state=STATE"
                            << "{}"
                            << "login-at-other-issuer";
    QTest::newRow("code") << "state=STATE"
                          << "{}"
                          << "login-without-code";
    QTest::newRow("ID token") << "code=c&state=STATE"
                              << ""
                              << "no-id-token";
    QTest::newRow("nonce") << "code=c&state=STATE"
                           << R"({"aud": "gw", "nonce": "other"})"
                           << "nonce";
    QTest::newRow("audience") << "code=c&state=STATE"
                              << R"({"aud": "other"})"
                              << "other-client";
}

void TestExplain::explainsLogins()
{
    QFETCH(QString, query);
    QFETCH(QString, idToken);
    QFETCH(QString, cause);
    Guarded gateway(R"("client_id": ["gw"], "auth_methods": ["authorization_code"])");
    const auto redirect = gateway.send({});
    const auto arguments = http::parseQuery(redirect->received("Location"));
    Object answer{{"access_token", gateway.token()}};
    if (!idToken.isEmpty())
        answer.set("id_token", gateway.token(parsed(idToken)));
    gateway.provider.on("/token", 200, answer);
    query.replace("STATE", QString::fromStdString(*arguments.find("state")->value));
    const auto passage =
        gateway.send({.target = "/r?" + query.toStdString(), .headers = {{"Cookie", cookiesOf(*redirect)}}}, true);
    QCOMPARE(passage->status(), 401);
    QCOMPARE(causeOf(explanationOf(*passage, "openid-connect")), cause);
}

void TestExplain::explainsAProviderThatIsDown()
{
    Guarded gateway(withConfig({}));
    gateway.provider.on("/.well-known/openid-configuration", 404, Object());
    const auto passage = gateway.bearer(gateway.token(), true);
    QCOMPARE(passage->status(), 500);
    const Explanation explanation = explanationOf(*passage, "openid-connect");
    QCOMPARE(causeOf(explanation), QString("provider-unknown"));
    const Guarded silent(R"("auth_methods": ["introspection"], "introspection_endpoint": "http://127.0.0.1:1/none")");
    QCOMPARE(causeOf(explanationOf(*silent.bearer("opaque", true), "openid-connect")), QString("endpoint-silent"));
}

void TestExplain::repairsLeadToThePlugin_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("claims");
    const std::int64_t past = testNow - 60;
    QTest::newRow("leeway") << "" << QString("{\"exp\": %1}").arg(past);
    QTest::newRow("issuer") << ""
                            << R"({"iss": "https://other.test"})";
    QTest::newRow("scope") << R"("scopes_required": ["admin"])"
                           << R"({"scope": "user"})";
    QTest::newRow("domain") << R"("domains": ["a.test"])"
                            << R"({"hd": "b.test"})";
    QTest::newRow("forbidden claim") << R"("claims_forbidden": ["test"])"
                                     << R"({"test": 1})";
    QTest::newRow("age") << R"("max_age": 60)" << QString("{\"auth_time\": %1}").arg(past - 60);
    QTest::newRow("consumer") << R"("consumer_claim": ["sub"])"
                              << "{}";
}

/// The configuration that a repair makes lets the same request pass.
void TestExplain::repairsLeadToThePlugin()
{
    QFETCH(QString, config);
    QFETCH(QString, claims);
    Guarded gateway(withConfig(config));
    const std::string token = gateway.token(parsed(claims));
    const Explanation explanation = explanationOf(*gateway.bearer(token, true), "openid-connect");
    const SetField* repair = findRepair<SetField>(explanation);
    QVERIFY(repair);
    Value document = gateway.snapshot->document();
    const std::size_t end = repair->pointer.rfind('/');
    const std::string last = repair->pointer.substr(end + 1);
    Value* parent = document.at(repair->pointer.substr(0, end));
    QVERIFY(parent);
    if (last == "-")
        parent->asArray()->push_back(repair->value);
    else
        parent->asObject()->set(last, repair->value);
    auto repaired = buildSnapshot(document, {});
    QVERIFY(repaired);
    gateway.snapshot = *std::move(repaired);
    QCOMPARE(gateway.bearer(token)->status(), 200);
}

void TestExplain::showsTimesOnARuler()
{
    const Guarded gateway(withConfig(R"("leeway": 5)"));
    const Explanation explanation =
        explanationOf(*gateway.bearer(gateway.token({{"exp", testNow - 60}}), true), "openid-connect");
    QCOMPARE(explanation.ruler, (std::vector<RulerMark>{{"exp", testNow - 60}, {"now", testNow}}));
    QCOMPARE(explanation.comparison.size(), std::size_t(3));
    QCOMPARE(explanation.comparison.back().value, std::string("5 s"));
    QCOMPARE(findRepair<ShiftClock>(explanation)->seconds, std::int64_t(-61));
}

/// What a trace holds of the configuration: no secret of a client, no password.
void TestExplain::tellsNoSecrets()
{
    Guarded gateway(R"("client_id": ["gw"], "client_secret": ["top-secret-1"], "session_secret": "top-secret-2",
        "auth_methods": ["password", "session"])");
    gateway.provider.on("/token", 400, Object{{"error", "invalid_grant"}});
    const auto passage = gateway.send({.headers = {{"Authorization", "Basic " + toBase64("bob:top-secret-3")}}}, true);
    QCOMPARE(passage->status(), 401);
    const std::string trace = document::toJson(toValue(*passage->exchange.trace));
    QVERIFY(trace.find("top-secret") == std::string::npos);
    QVERIFY(passage->exchange.response.headers.joined("Set-Cookie").empty());
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
