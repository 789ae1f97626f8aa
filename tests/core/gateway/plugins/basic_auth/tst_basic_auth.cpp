// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "base/base64.h"
#include "gateway/plugins/basic_auth/checks.h"

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestBasicAuth : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void keepsADigest();
    void digestIsOfTheConsumersId_data();
    void digestIsOfTheConsumersId();
    void lets_data();
    void lets();
    void readsProxyAuthorizationFirst_data();
    void readsProxyAuthorizationFirst();
    void hides_data();
    void hides();
    void explains_data();
    void explains();
    void offersNoUnknownPassword();
};

namespace {

constexpr const char* consumerId = "8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77";
constexpr const char* consumers = R"([{"username": "kim", "id": "8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77",
    "basicauth_credentials": [{"username": "kim", "password": "kong"}]}, {"username": "guest"}])";

std::string documentWith(const std::string& config)
{
    return documentOf(R"({"name": "basic-auth", "config": )" + config + "}",
                      "\"consumers\": " + std::string(consumers));
}

std::string basic(const std::string& pair)
{
    return "Basic " + toBase64(pair);
}

const Entity& credentialOf(const Snapshot& snapshot)
{
    return *snapshot.entities().all("basicauth_credentials").front();
}

} // namespace

void TestBasicAuth::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("message");
    QTest::newRow("no realm") << R"({"realm": null})"
                              << "config.realm"
                              << "required field missing";
    QTest::newRow("empty realm") << R"({"realm": ""})"
                                 << "config.realm"
                                 << "length must be at least 1";
    QTest::newRow("hide is text") << R"({"hide_credentials": "yes"})"
                                  << "config.hide_credentials"
                                  << "expected a boolean";
    QTest::newRow("preflight switch of other plugins") << R"({"run_on_preflight": true})"
                                                       << "config.run_on_preflight"
                                                       << "unknown field";
}

void TestBasicAuth::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, field);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(problemWith(documentWith(config.toStdString()))), field + ": " + message);
}

void TestBasicAuth::keepsADigest()
{
    const auto snapshot = snapshotOf(documentWith("{}"));
    QCOMPARE(credentialOf(*snapshot).text("password"), std::string_view("2c6f018df3e3a7e0a66d05d440e7e848b74a1de2"));
    const auto kept =
        snapshotOf(R"({"_format_version": "3.0", "_transform": false, "consumers": )" + std::string(consumers) + "}");
    QCOMPARE(credentialOf(*kept).text("password"), std::string_view("kong"));
}

void TestBasicAuth::digestIsOfTheConsumersId_data()
{
    QTest::addColumn<QString>("consumer");
    QTest::newRow("by name") << R"("kim")";
    QTest::newRow("by id") << R"({"id": "8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77"})";
}

void TestBasicAuth::digestIsOfTheConsumersId()
{
    QFETCH(QString, consumer);
    const auto snapshot =
        snapshotOf(R"({"_format_version": "3.0", "consumers": [{"username": "kim", "id": ")" + std::string(consumerId) +
                   R"("}], "basicauth_credentials": [{"username": "k", "password": "kong", "consumer": )" +
                   consumer.toStdString() + "}]}");
    QCOMPARE(credentialOf(*snapshot).text("password"), std::string_view("2c6f018df3e3a7e0a66d05d440e7e848b74a1de2"));
}

void TestBasicAuth::lets_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("kong");
    QTest::addColumn<int>("strict");
    QTest::addColumn<QString>("quirk");
    const auto right = QString::fromStdString(basic("kim:kong"));
    const QString lax = "basic-auth.quirk.lax-header";
    QTest::newRow("right") << right << 200 << 200 << "";
    QTest::newRow("lower case") << QString("basic " + right.mid(6)) << 200 << 200 << "";
    QTest::newRow("capitals") << QString("BASIC " + right.mid(6)) << 401 << 200 << "basic-auth.quirk.scheme-case";
    QTest::newRow("no space") << QString("Basic" + right.mid(6)) << 200 << 401 << lax;
    QTest::newRow("inside another scheme") << QString("Bearer x, " + right) << 200 << 401 << lax;
    QTest::newRow("more behind") << QString(right + ", Bearer x") << 200 << 401 << lax;
    QTest::newRow("no padding") << right.chopped(1) << (right.endsWith("=") ? 200 : 401) << 401 << lax;
    QTest::newRow("colons first") << QString::fromStdString(basic("::kim:kong")) << 200 << 401 << lax;
    QTest::newRow("a line more") << QString::fromStdString(basic("kim:kong\nx")) << 200 << 401 << lax;
    QTest::newRow("password with colon") << QString::fromStdString(basic("kim:kong:")) << 401 << 401 << "";
    QTest::newRow("other user") << QString::fromStdString(basic("KIM:kong")) << 401 << 401 << "";
    QTest::newRow("stored digest as password")
        << QString::fromStdString(basic("kim:2c6f018df3e3a7e0a66d05d440e7e848b74a1de2")) << 401 << 401 << "";
    QTest::newRow("empty password") << QString::fromStdString(basic("kim:")) << 401 << 401 << "";
    QTest::newRow("not base64") << "Basic !" << 401 << 401 << "";
    QTest::newRow("nothing") << "Basic" << 401 << 401 << "";
}

void TestBasicAuth::lets()
{
    QFETCH(QString, value);
    QFETCH(int, kong);
    QFETCH(int, strict);
    QFETCH(QString, quirk);
    const Sent sent{.target = "/r", .headers = {{"Authorization", value.toStdString()}}};
    const Passage leniently(snapshotOf(documentWith("{}")), sent, true);
    QCOMPARE(leniently.status(), kong);
    const Passage strictly(snapshotOf(documentWith("{}"), Conduct::Strict), sent);
    QCOMPARE(strictly.status(), strict);
    const Step& step = leniently.exchange.trace->steps[2];
    const auto reads = std::ranges::find(step.findings, basicauth::headerReads, &Finding::check);
    QCOMPARE(QString::fromStdString(reads->quirk), quirk);
    if (kong == 200) {
        QCOMPARE(leniently.sentUpstream("X-Credential-Identifier"), std::string("kim"));
        QCOMPARE(leniently.sentUpstream("X-Consumer-ID"), std::string(consumerId));
    } else {
        QCOMPARE(leniently.answer->headers.value("WWW-Authenticate"), std::string_view("Basic realm=\"service\""));
    }
}

void TestBasicAuth::readsProxyAuthorizationFirst_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("own");
    QTest::addColumn<int>("status");
    const auto right = QString::fromStdString(basic("kim:kong"));
    const auto wrong = QString::fromStdString(basic("kim:no"));
    const auto nobody = QString::fromStdString(basic("zz:kong"));
    QTest::newRow("right there") << right << wrong << 200;
    QTest::newRow("nobody there") << nobody << right << 200;
    QTest::newRow("unreadable there") << "x" << right << 200;
    QTest::newRow("wrong password there") << wrong << right << 401;
    QTest::newRow("only there") << right << "" << 200;
    QTest::newRow("nobody, and no other") << nobody << "" << 401;
}

void TestBasicAuth::readsProxyAuthorizationFirst()
{
    QFETCH(QString, proxy);
    QFETCH(QString, own);
    QFETCH(int, status);
    Sent sent{.target = "/r", .headers = {{"Proxy-Authorization", proxy.toStdString()}}};
    if (!own.isEmpty())
        sent.headers.emplace_back("Authorization", own.toStdString());
    QCOMPARE(Passage(snapshotOf(documentWith("{}")), sent).status(), status);
}

void TestBasicAuth::hides_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isHidden");
    QTest::newRow("right") << QString::fromStdString(basic("kim:kong")) << true;
    QTest::newRow("wrong") << QString::fromStdString(basic("kim:no")) << true;
    QTest::newRow("another scheme") << "Bearer x" << true;
    QTest::newRow("no user in it") << QString::fromStdString(basic("kim")) << false;
}

void TestBasicAuth::hides()
{
    QFETCH(QString, value);
    QFETCH(bool, isHidden);
    const Passage passage(snapshotOf(documentWith(R"({"hide_credentials": true, "anonymous": "guest"})")),
                          {.target = "/r", .headers = {{"Authorization", value.toStdString()}}});
    QVERIFY(passage.isProxied());
    QCOMPARE(!passage.exchange.upstream.headers.contains("Authorization"), isHidden);
}

void TestBasicAuth::explains_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    QTest::newRow("nothing sent") << ""
                                  << "basic-auth.no-header.title"
                                  << "*attach-basic open-plugin";
    QTest::newRow("bearer") << "Bearer x"
                            << "basic-auth.other-scheme.title"
                            << "*attach-basic open-plugin";
    QTest::newRow("not base64") << "Basic !"
                                << "basic-auth.not-base64.title"
                                << "*attach-basic open-plugin";
    QTest::newRow("no user") << QString::fromStdString(basic("kim")) << "basic-auth.no-user.title"
                             << "*attach-basic open-plugin";
    QTest::newRow("unknown user") << QString::fromStdString(basic("zz:kong")) << "basic-auth.unknown-user.title"
                                  << "*attach-basic open-plugin";
    QTest::newRow("wrong password") << QString::fromStdString(basic("kim:sesame")) << "basic-auth.wrong-password.title"
                                    << "*attach-basic open-credential open-plugin";
}

void TestBasicAuth::explains()
{
    QFETCH(QString, value);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    Sent sent{.target = "/r"};
    if (!value.isEmpty())
        sent.headers.emplace_back("Authorization", value.toStdString());
    const auto snapshot = snapshotOf(documentWith("{}"));
    const Passage passage(snapshot, sent, true);
    const Explanation explanation = explain(*passage.exchange.trace, *snapshot);
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), repairs);
    QCOMPARE(std::get<AttachBasic>(explanation.repairs[0].action).consumer, std::string("kim"));
    QCOMPARE(explanation.checks.size(), std::size(basicauth::all));
    for (const Finding& finding : explanation.checks)
        QVERIFY(finding.found.find("sesame") == std::string::npos);
}

void TestBasicAuth::offersNoUnknownPassword()
{
    auto document = json(documentWith("{}"));
    document.asObject()->set("_transform", false);
    const auto snapshot = snapshotOf(document::toJson(document));
    const Passage passage(snapshot, {.target = "/r"}, true);
    QCOMPARE(labelsOf(explain(*passage.exchange.trace, *snapshot)), std::string("*open-plugin"));
}

QTEST_APPLESS_MAIN(TestBasicAuth)
#include "tst_basic_auth.moc"
