// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "gateway/plugins/all.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Value;

class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void isForTheEnterpriseEdition();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void refusesWhatItCannotCheck_data();
    void refusesWhatItCannotCheck();
    void hasDefaults_data();
    void hasDefaults();
    void takesOldNames_data();
    void takesOldNames();
    void describesEveryField();
    void takesAnExportOfAKonnectPlane();
};

namespace {

std::string documentWith(const std::string& config)
{
    return documentOf(R"({"name": "openid-connect", "config": {)" + config + "}}");
}

std::shared_ptr<const Snapshot> built(const std::string& document)
{
    auto snapshot = buildSnapshot(json(document), {});
    if (!snapshot)
        qFatal("test configuration: %s", snapshot.error().toString().c_str());
    return *snapshot;
}

Value configOf(const std::string& config)
{
    const auto snapshot = built(documentWith(config));
    return *snapshot->entities().all("plugins").front()->fields.find("config");
}

constexpr const char* issuer = R"("issuer": "https://idp.test")";

} // namespace

void TestSchema::isForTheEnterpriseEdition()
{
    BuildOptions options;
    options.edition = Edition::OpenSource;
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(documentWith(issuer)), options, &report));
    QCOMPARE(report.problems.front().message,
             std::string("plugin 'openid-connect' not enabled; add it to the 'plugins' configuration property"));
}

void TestSchema::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    const QString valid = QString(issuer) + ", ";
    const char* const methods = "expected one of: password, client_credentials, authorization_code, bearer, "
                                "introspection, userinfo, kong_oauth2, refresh_token, session";
    QTest::newRow("no issuer") << R"("client_id": ["a"])"
                               << "config.issuer: required field missing";
    QTest::newRow("nothing but the issuer") << issuer << "";
    QTest::newRow("method") << valid + R"("auth_methods": ["token"])" << methods;
    QTest::newRow("list as text") << valid + R"("scopes": "openid")"
                                  << "config.scopes: expected an array";
    QTest::newRow("client authentication")
        << valid + R"("client_auth": ["basic"])"
        << "expected one of: client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt, "
           "tls_client_auth, self_signed_tls_client_auth, none";
    QTest::newRow("path of a cookie") << valid + R"("session_cookie_path": "a")"
                                      << "should start with: /";
    QTest::newRow("path with empty parts") << valid + R"("session_cookie_path": "/a//b")"
                                           << "must not have empty segments";
    QTest::newRow("redirect that is no URL") << valid + R"("redirect_uri": ["here"])"
                                             << "missing host in url";
    QTest::newRow("cookie for passwords") << valid + R"("password_param_type": ["cookie"])"
                                          << "expected one of: header, query, body";
    QTest::newRow("unknown field") << valid + R"("issuers": [])"
                                   << "config.issuers: unknown field";
    QTest::newRow("time as text") << valid + R"("leeway": "5")"
                                  << "config.leeway: expected a number";
    QTest::newRow("Redis without a port") << valid + R"("redis": {"port": null})"
                                          << "all or none of these fields must be set: 'host', 'port'";
}

void TestSchema::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(documentWith(config.toStdString())));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

void TestSchema::refusesWhatItCannotCheck_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("certificate") << R"("proof_of_possession_mtls": "strict")"
                                 << "proof_of_possession_mtls can't be honoured here";
    QTest::newRow("certificate that some tokens name") << R"("proof_of_possession_mtls": "optional")"
                                                       << "proof_of_possession_mtls can't be honoured here";
    QTest::newRow("key") << R"("proof_of_possession_dpop": "strict")"
                         << "proof_of_possession_dpop can't be honoured here";
    QTest::newRow("nothing of it") << R"("proof_of_possession_mtls": "off", "proof_of_possession_dpop": "off")"
                                   << "";
    QTest::newRow("store that is not there") << R"("session_storage": "redis")"
                                             << "";
}

/// Better no gateway than one that lets in whom Kong keeps out.
void TestSchema::refusesWhatItCannotCheck()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto snapshot = buildSnapshot(json(documentWith(std::string(issuer) + ", " + config.toStdString())), {});
    QCOMPARE(snapshot.hasValue(), problem.isEmpty());
    if (!snapshot)
        QVERIFY2(snapshot.error().toString().find(problem.toStdString()) != std::string::npos,
                 snapshot.error().toString().c_str());
}

void TestSchema::hasDefaults_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    const std::pair<const char*, const char*> rows[] = {
        {"ssl_verify", "false"},
        {"scopes", R"(["openid"])"},
        {"consumer_by", R"(["username","custom_id"])"},
        {"credential_claim", R"(["sub"])"},
        {"upstream_access_token_header", R"("authorization:bearer")"},
        {"downstream_access_token_header", "null"},
        {"bearer_token_param_type", R"(["header","query","body"])"},
        {"session_cookie_same_site", R"("Lax")"},
        {"authorization_cookie_same_site", R"("Default")"},
        {"session_rolling_timeout", "3600"},
        {"timeout", "10000"},
        {"rediscovery_lifetime", "30"},
        {"logout_methods", R"(["POST","DELETE"])"},
        {"login_action", R"("upstream")"},
        {"ignore_signature", "[]"},
        {"expose_error_code", "true"},
        {"verify_parameters", "false"},
        {"anonymous", "null"},
    };
    for (const auto& [field, value] : rows)
        QTest::newRow(field) << field << value;
}

void TestSchema::hasDefaults()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    const Value config = configOf(issuer);
    const Value* found = config.find(field.toStdString());
    QVERIFY(found);
    QCOMPARE(QString::fromStdString(document::toJson(*found)), value);
}

void TestSchema::takesOldNames_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::newRow("lifetime of the session") << R"("session_cookie_lifetime": 60)"
                                             << "/session_rolling_timeout"
                                             << "60";
    QTest::newRow("host of Redis") << R"("session_redis_host": "redis.test")"
                                   << "/redis/host"
                                   << R"("redis.test")";
    QTest::newRow("name without a successor") << R"("session_compressor": "none")"
                                              << "/session_compressor"
                                              << "";
}

void TestSchema::takesOldNames()
{
    QFETCH(QString, config);
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    const Value whole = configOf(std::string(issuer) + ", " + config.toStdString());
    const Value* found = whole.at(pointer.toStdString());
    QCOMPARE(found ? QString::fromStdString(document::toJson(*found)) : QString(), value);
}

void TestSchema::describesEveryField()
{
    const PluginDescriptor* plugin = findPlugin("openid-connect");
    QVERIFY(plugin);
    const Field* config = plugin->schema().find("config");
    QVERIFY(config);
    QCOMPARE(config->fields.size(), std::size_t(221)); // as many as Kong 3.9 has
    for (const Field& field : config->fields)
        QVERIFY2(!field.help.empty(), field.name.c_str());
}

/// An export carries every field, null ones and old names among them.
void TestSchema::takesAnExportOfAKonnectPlane()
{
    const std::string config = R"("issuer": "https://sso.test:8443/auth/realms/R/.well-known/openid-configuration",
        "auth_methods": ["client_credentials", "introspection"], "anonymous": null, "audience_claim": ["aud"],
        "client_id": ["{vault://env/sso-clientid}"], "client_secret": ["{vault://env/sso-clientsecret}"],
        "cache_tokens_salt": "0123456789abcdef0123456789abcdef", "consumer_claim": ["clientId"],
        "consumer_by": ["username", "custom_id"], "http_version": 1.1, "proof_of_possession_mtls": "off",
        "session_compressor": "none", "session_cookie_maxsize": 4000, "session_cookie_renew": 600,
        "session_strategy": "default", "session_redis_cluster_max_redirections": null,
        "session_redis_cluster_nodes": null, "session_redis_connect_timeout": null,
        "session_redis_host": "127.0.0.1", "session_redis_password": null, "session_redis_port": 6379,
        "session_redis_prefix": null, "session_redis_read_timeout": null, "session_redis_send_timeout": null,
        "session_redis_server_name": null, "session_redis_socket": null, "session_redis_ssl": false,
        "session_redis_ssl_verify": false, "session_redis_username": null, "session_secret": null,
        "upstream_headers_claims": null, "upstream_headers_names": null)";
    QCOMPARE(QString::fromStdString(problemWith(documentWith(config))), QString());
}

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
