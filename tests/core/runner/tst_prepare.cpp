// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/prepare.h"

#include "base/base64.h"
#include "support/testing.h"

#include <QFile>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::runner;

namespace {

class NoSecrets final : public workspace::SecretSource
{
public:
    std::optional<BytesView> findSecret(std::string_view) const override { return std::nullopt; }
};

/// A context that lives as long as the test needs it.
struct Bench
{
    workspace::Workspace workspace;
    workspace::Variables variables;
    NoSecrets secrets;
    std::string folder;
    std::string gateway = "127.0.0.1:8000";

    Result<Prepared> prepare(const workspace::Request& request)
    {
        return runner::prepare(request, {workspace, variables, secrets, nullptr, systemClock(), gateway, folder});
    }
};

workspace::Request get(std::string url)
{
    workspace::Request request;
    request.url = std::move(url);
    return request;
}

} // namespace

class PrepareTest final : public QObject
{
    Q_OBJECT

private slots:
    void putsTheUrlTogether_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("direct");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a path alone is the gateway's") << "/api?x=1" << false << "http://127.0.0.1:8000/api?x=1";
        QTest::newRow("a variable") << "{{base}}/api" << false << "http://127.0.0.1:8000/api";
        QTest::newRow("via gateway only the origin changes")
            << "https://api.example.test:9/p/q?a=%20b#f" << false << "http://127.0.0.1:8000/p/q?a=%20b";
        QTest::newRow("direct nothing changes")
            << "https://api.example.test:9/p?a=b" << true << "https://api.example.test:9/p?a=b";
        QTest::newRow("a scheme is supplied") << "api.example.test/p" << true << "http://api.example.test/p";
    }

    void putsTheUrlTogether()
    {
        QFETCH(QString, url);
        QFETCH(bool, direct);
        QFETCH(QString, expected);
        Bench bench;
        bench.variables.addBuiltIn("base", "http://localhost:3000");
        workspace::Request request = get(url.toStdString());
        request.via = direct ? workspace::Via::Direct : workspace::Via::Gateway;
        const auto prepared = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(prepared);
        QCOMPARE(prepared->head.target, expected.toStdString());
    }

    void addsEnabledParametersEncoded()
    {
        Bench bench;
        workspace::Request request = get("/api?a=1");
        request.params = {{true, "b c", "d&e", ""}, {false, "off", "1", ""}, {true, "", "nameless", ""}};
        const auto prepared = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(prepared);
        QCOMPARE(prepared->head.target, std::string("http://127.0.0.1:8000/api?a=1&b%20c=d%26e"));
    }

    void authenticates_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("value");
        QTest::newRow("bearer") << 0 << "Authorization"
                                << "Bearer abc";
        QTest::newRow("basic") << 1 << "Authorization"
                               << "Basic dXNlcjpwYXNz";
        QTest::newRow("key in a header") << 2 << "X-Key"
                                         << "k";
    }

    void authenticates()
    {
        QFETCH(int, kind);
        QFETCH(QString, header);
        QFETCH(QString, value);
        Bench bench;
        workspace::Request request = get("/");
        if (kind == 0)
            request.auth = workspace::BearerAuth{"abc", "Bearer"};
        else if (kind == 1)
            request.auth = workspace::BasicAuth{"user", "pass"};
        else
            request.auth = workspace::ApiKeyAuth{"X-Key", "k", false};
        const auto prepared = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(prepared);
        QCOMPARE(std::string(prepared->head.headers.value(header.toStdString())), value.toStdString());
    }

    void aHeaderOfTheUserWinsOverAnAutomaticOne()
    {
        Bench bench;
        workspace::Request request = get("/");
        request.auth = workspace::BearerAuth{"abc", "Bearer"};
        request.headers = {{true, "accept", "text/plain", ""}, {true, "host", "other.test", ""}};
        const auto prepared = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(prepared);
        QCOMPARE(prepared->head.headers.count("accept"), std::size_t(1));
        QCOMPARE(std::string(prepared->head.headers.value("Host")), std::string("other.test"));
        QCOMPARE(std::ranges::count(prepared->automaticHeaders, "Accept"), std::ptrdiff_t(0));
        QCOMPARE(std::ranges::count(prepared->automaticHeaders, "Authorization"), std::ptrdiff_t(1));
    }

    void encodesForms()
    {
        Bench bench;
        workspace::Request request = get("/");
        request.method = "POST";
        request.body.kind = workspace::BodyKind::Form;
        request.body.form = {{true, "a b", "c&d", ""}, {true, "e", "ü", ""}};
        const auto prepared = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(prepared);
        QCOMPARE(prepared->body, std::string("a+b=c%26d&e=%C3%BC"));
        QCOMPARE(std::string(prepared->head.headers.value("Content-Length")), std::string("18"));
    }

    void readsBodyFilesInsideTheWorkspaceOnly()
    {
        const QTemporaryDir outside;
        QVERIFY(QDir(outside.path()).mkdir(QStringLiteral("workspace")));
        Bench bench;
        bench.folder = outside.filePath(QStringLiteral("workspace")).toStdString();
        for (const QString& name : {QStringLiteral("secret.txt"), QStringLiteral("workspace/body.bin")}) {
            QFile file(outside.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("content");
        }
        QVERIFY(QFile::link(outside.filePath(QStringLiteral("secret.txt")),
                            outside.filePath(QStringLiteral("workspace/link.txt"))));
        workspace::Request request = get("/");
        request.body.kind = workspace::BodyKind::File;
        request.body.file = "body.bin";
        const auto inside = bench.prepare(request);
        CLAIMSMITH_VERIFY_RESULT(inside);
        QCOMPARE(inside->body, std::string("content"));
        for (const char* escape : {"../secret.txt", "link.txt", "missing.txt"}) {
            request.body.file = escape;
            const auto refused = bench.prepare(request);
            QVERIFY2(!refused, escape);
            QCOMPARE(refused.error().code, ErrorCode(PrepareErrorCode::BodyFileUnreadable));
        }
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("gateway");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        QTest::newRow("no URL") << "  "
                                << ""
                                << "127.0.0.1:1"
                                << "no-url"
                                << "url";
        QTest::newRow("unknown variable") << "{{nope}}/"
                                          << ""
                                          << "127.0.0.1:1"
                                          << "unresolved"
                                          << "url";
        QTest::newRow("unknown variable in the token") << "/"
                                                       << "{{nope}}"
                                                       << "127.0.0.1:1"
                                                       << "unresolved"
                                                       << "auth.token";
        QTest::newRow("unknown recipe") << "/"
                                        << "{{token.nope}}"
                                        << "127.0.0.1:1"
                                        << "unresolved"
                                        << "auth.token";
        QTest::newRow("gateway stopped") << "http://x.test/"
                                         << ""
                                         << ""
                                         << "gateway-stopped"
                                         << "url";
        QTest::newRow("gateway stopped, path alone") << "/x"
                                                     << ""
                                                     << ""
                                                     << "gateway-stopped"
                                                     << "url";
    }

    void saysWhatIsMissing()
    {
        QFETCH(QString, url);
        QFETCH(QString, token);
        QFETCH(QString, gateway);
        QFETCH(QString, code);
        QFETCH(QString, field);
        Bench bench;
        bench.gateway = gateway.toStdString();
        workspace::Request request = get(url.toStdString());
        if (!token.isEmpty())
            request.auth = workspace::BearerAuth{token.toStdString(), "Bearer"};
        const auto prepared = bench.prepare(request);
        QVERIFY(!prepared);
        QCOMPARE(std::string(prepared.error().code.name()), code.toStdString());
        QCOMPARE(prepared.error().place.pointer, field.toStdString());
    }
};

QTEST_GUILESS_MAIN(PrepareTest)
#include "tst_prepare.moc"
