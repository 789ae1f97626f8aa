// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Array;
using document::Object;
using document::Value;

class TestPreFunction : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void evaluates_data();
    void evaluates();
    void fails_data();
    void fails();
    void answersItself_data();
    void answersItself();
    void changesTheRequest();
    void changesTheResponse();
    void sharesWithTemplates();
    void keepsItsOwnTable();
    void makesItselfReadyOnce();
    void runsBeforeRouting();
};

namespace {

Value documentWith(const Object& config, bool isGlobal = false)
{
    Value document =
        json(R"({"_format_version": "3.0", "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}],
        "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": []}]}]})");
    const Value plugin = Object{{"name", "pre-function"}, {"config", config}};
    if (isGlobal)
        document.asObject()->set("plugins", Array{plugin});
    else
        document.at("/services/0/routes/0/plugins")->asArray()->push_back(plugin);
    return document;
}

Object inPhase(const char* phase, std::string code)
{
    return {{phase, Array{std::move(code)}}};
}

std::shared_ptr<const Snapshot> snapshotOfValue(const Value& document)
{
    return snapshotOf(document::toJson(document));
}

std::shared_ptr<const Snapshot> snapshotWith(const Object& config, bool isGlobal = false)
{
    return snapshotOfValue(documentWith(config, isGlobal));
}

} // namespace

void TestPreFunction::refusesConfigurations_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message"); // empty: accepted
    const auto row = [](const char* name, const char* phase, const char* code, const char* message) {
        QTest::newRow(name) << phase << code << message;
    };
    row("syntax", "access", "local x = = 1",
        "error parsing pre-function: [string \"local x = = 1\"]:1: unexpected symbol near '='");
    row("name that is not there", "access", "local c = kong.cache:get('x')",
        "error parsing pre-function: 'kong.cache' is not available to functions here");
    row("member that is not there", "log", "ngx.socket.tcp()",
        "error parsing pre-function: 'ngx.socket.tcp' is not available to functions here");
    row("names in comments and texts", "access",
        "-- kong.cache\nlocal s = 'kong.cache' --[[ ngx.socket ]] .. [[kong.db]]", "");
    row("members of other tables", "access", "local t = { kong = {} } return t.kong.cache", "");
    row("open tables", "log", "return kong.ctx.shared.any.thing or ngx.var.any_thing", "");
    row("certificate", "certificate", "return 1", "functions of the certificate phase can't run here");
    row("bytecode", "access", "\x1bLJ", "error parsing pre-function: attempt to load chunk with wrong mode");
}

void TestPreFunction::refusesConfigurations()
{
    QFETCH(QString, phase);
    QFETCH(QString, code);
    QFETCH(QString, message);
    ConfigurationReport report;
    const auto built =
        buildSnapshot(documentWith(inPhase(phase.toUtf8().constData(), code.toStdString())), {}, &report);
    QCOMPARE(built.hasValue(), message.isEmpty());
    if (!message.isEmpty())
        QCOMPARE(QString::fromStdString(report.problems.front().message), message);
}

/// What an expression gives, seen through a header of the upstream request.
void TestPreFunction::evaluates_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* expression, const char* expected) {
        QTest::newRow(expression) << expression << expected;
    };
    row("kong.request.get_method()", "GET");
    row("kong.request.get_path()", "/r/x");
    row("kong.request.get_raw_path()", "/r//x");
    row("kong.request.get_path_with_query()", "/r//x?a=1&b");
    row("kong.request.get_query_arg('a')", "1");
    row("kong.request.get_query().b", "true");
    row("kong.request.get_header('X-IN')", "in");
    row("kong.request.get_headers()['X_In']", "in");
    row("kong.request.get_host()", "gw.test");
    row("kong.request.get_scheme()", "http");
    row("#kong.request.get_uri_captures().unnamed", "0");
    row("select('#', kong.log('a line', 1))", "0");
    row("kong.client.get_ip()", "127.0.0.1");
    row("kong.client.get_consumer()", "nil");
    row("kong.router.get_route().name .. kong.router.get_service().name", "rs");
    row("kong.version .. kong.version_num", "3.9.13009001");
    row("ngx.var.http_x_in .. ngx.var.arg_a .. ngx.var.request_uri", "in1/r//x?a=1&b");
    row("ngx.var.nope", "nil");
    row("ngx.req.get_headers()['x-in']", "in");
    row("ngx.time()", "1795305600");
    row("ngx.encode_base64('a?b') .. ngx.decode_base64('YT9i')", "YT9ia?b");
    row("ngx.escape_uri('a b&') .. ngx.unescape_uri('a+b%26')", "a%20b%26a b&");
    row("os.time and not os.execute and not os.getenv", "true");
    row("_G._G == _G and _VERSION", "Lua 5.1");
    row("type(io) .. type(ffi) .. type(load) .. type(setmetatable) .. type(string.dump)", "nilnilnilnilnil");
    row("select(2, pcall(error, 'x'))", "x");
    row("select(2, xpcall(function() error('x', 0) end, function(e) return e .. 'y' end))", "xy");
    row("(function(k) return pcall(function() return k.cache end) end)(kong)", "false");
    row("pcall(require, 'cjson')", "false");
    row("pcall(kong.response.set_status, 200)", "false");
}

void TestPreFunction::evaluates()
{
    QFETCH(QString, expression);
    QFETCH(QString, expected);
    const std::string code = "kong.service.request.set_header('X-Out', tostring((" + expression.toStdString() + ")))";
    const Passage passage(snapshotWith(inPhase("access", code)),
                          {.target = "/r//x?a=1&b", .headers = {{"X-In", "in"}}});
    QVERIFY(passage.isProxied());
    QCOMPARE(QString::fromStdString(passage.sentUpstream("X-Out")), expected);
}

void TestPreFunction::fails_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("error") << "error('no', 0)"
                           << "no";
    QTest::newRow("endless") << "while true do pcall(function() while true do end end) end"
                             << "too many instructions";
    QTest::newRow("endless handler") << "xpcall(function() while true do end end, function() while true do end end)"
                                     << "too many instructions";
    QTest::newRow("endless coroutines") << "while true do coroutine.wrap(function() while true do end end)() end"
                                        << "too many instructions";
    QTest::newRow("memory") << "local t = {} for i = 1, 1e9 do t[i] = {} end"
                            << "not enough memory";
    QTest::newRow("header that would break the message") << "kong.service.request.set_header('X', 'a\\r\\nb')"
                                                         << "invalid value of header 'X'";
    QTest::newRow("status") << "kong.response.exit(99)"
                            << "code must be a number between 100 and 599";
}

void TestPreFunction::fails()
{
    QFETCH(QString, code);
    QFETCH(QString, message);
    const Passage passage(snapshotWith(inPhase("access", code.toStdString())), {.target = "/r"}, true);
    QCOMPARE(passage.status(), 500);
    const Explanation explanation = explain(*passage.exchange.trace, *passage.exchange.snapshot);
    QCOMPARE(explanation.title.id, std::string("pre-function.failed.title"));
    const Step* step = passage.exchange.trace->decisive();
    QCOMPARE(QString::fromStdString(step->findings.front().found), message);
}

void TestPreFunction::answersItself_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::newRow("table") << "return kong.response.exit(403, { message = 'a/b' })" << 403 << R"({"message":"a\/b"})";
    QTest::newRow("text") << "kong.response.exit(200, 'plain', { ['Content-Type'] = 'text/plain' })" << 200 << "plain";
    QTest::newRow("nothing") << "kong.response.exit(204)" << 204 << "";
    QTest::newRow("error")
        << "kong.response.error(429, 'slow down')" << 429
        << "{\n  \"message\":\"slow down\",\n  \"request_id\":\"0123456789abcdef0123456789abcdef\"\n}";
    QTest::newRow("pcall does not catch it") << "pcall(kong.response.exit, 401) while true do end" << 401 << "";
}

void TestPreFunction::answersItself()
{
    QFETCH(QString, code);
    QFETCH(int, status);
    QFETCH(QString, body);
    Object config = inPhase("access", code.toStdString());
    config.find("access")->asArray()->push_back("error('not reached')");
    const Passage passage(snapshotWith(config), {.target = "/r"});
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.body()), body);
}

void TestPreFunction::changesTheRequest()
{
    const Passage passage(snapshotWith(inPhase("access", R"lua(
        kong.service.request.set_path('/other')
        kong.service.request.set_method('POST')
        kong.service.request.set_query({ b = { 2, 1 }, a = true, c = 'x y' })
        kong.service.request.set_headers({ ['X-List'] = { 'p', 'q' }, })
        kong.service.request.add_header('X-List', 'r')
        kong.service.request.clear_header('X-Gone')
        kong.service.request.set_header('Host', 'virtual.test')
        kong.service.request.set_raw_body(string.upper(kong.request.get_raw_body()))
        kong.service.set_target('elsewhere', 8080))lua")),
                          {.target = "/r", .headers = {{"X-Gone", "1"}}, .body = "body"});
    const UpstreamRequest& upstream = passage.exchange.upstream;
    QCOMPARE(upstream.path, std::string("/other"));
    QCOMPARE(upstream.method, std::string("POST"));
    QCOMPARE(*upstream.query, std::string("a&b=2&b=1&c=x%20y"));
    QCOMPARE(upstream.headers.joined("X-List"), std::string("p, q, r"));
    QVERIFY(!upstream.headers.contains("X-Gone"));
    QCOMPARE(*upstream.hostHeader, std::string("virtual.test"));
    QCOMPARE(*upstream.body, std::string("BODY"));
    QCOMPARE(upstream.host + ":" + std::to_string(upstream.port), std::string("elsewhere:8080"));
}

void TestPreFunction::changesTheResponse()
{
    Passage passage(
        snapshotWith({{"header_filter", Array{"kong.response.set_header('X-Added', kong.response.get_status()) "
                                              "ngx.header['X-Ngx'] = 'y' kong.response.set_status(201)"}},
                      {"body_filter", Array{"kong.response.set_raw_body(kong.response.get_raw_body() .. '!')"}}}),
        {.target = "/r"});
    QCOMPARE(passage.exchange.response.status, 201);
    QCOMPARE(passage.exchange.response.headers.value("X-Added"), std::string_view("200"));
    QCOMPARE(passage.exchange.response.headers.value("X-Ngx"), std::string_view("y"));
    BodyPiece piece("body", true);
    Pipeline::bodyFilter(passage.exchange, piece);
    QCOMPARE(piece.bytes(), BytesView("body!"));
}

void TestPreFunction::sharesWithTemplates()
{
    Value document = documentWith(inPhase("access", "kong.ctx.shared.tenant = { name = 'acme', n = 2 }"));
    document.at("/services/0/routes/0/plugins")
        ->asArray()
        ->push_back(json(
            R"J({"name": "request-transformer", "config": {"add": {"headers": ["X-T:$(shared.tenant.name .. shared.tenant.n)"]}}})J"));
    const Passage passage(snapshotOfValue(document), {.target = "/r"});
    QCOMPARE(passage.sentUpstream("X-T"), std::string("acme2"));
}

void TestPreFunction::keepsItsOwnTable()
{
    const Passage passage(
        snapshotWith({{"access", Array{"kong.ctx.plugin.f = function() return 'kept' end"}},
                      {"header_filter", Array{"kong.response.set_header('X', kong.ctx.plugin.f())"}}}),
        {.target = "/r"});
    QCOMPARE(passage.exchange.response.headers.value("X"), std::string_view("kept"));
}

void TestPreFunction::makesItselfReadyOnce()
{
    const auto snapshot = snapshotWith(inPhase("access", "local n = 0 return function() n = n + 1 "
                                                         "kong.service.request.set_header('X-N', n) end"));
    QCOMPARE(Passage(snapshot, {.target = "/r"}).sentUpstream("X-N"), std::string("1"));
    QCOMPARE(Passage(snapshot, {.target = "/r"}).sentUpstream("X-N"), std::string("2"));
}

void TestPreFunction::runsBeforeRouting()
{
    const auto snapshot =
        snapshotWith(inPhase("rewrite", "kong.service.request.set_method('POST') "
                                        "if kong.request.get_header('stop') then kong.response.exit(418) end"),
                     true);
    QCOMPARE(Passage(snapshot, {.target = "/r"}).exchange.upstream.method, std::string("POST"));
    QCOMPARE(Passage(snapshot, {.target = "/nowhere", .headers = {{"stop", "1"}}}).status(), 418);
}

QTEST_APPLESS_MAIN(TestPreFunction)
#include "tst_pre_function.moc"
