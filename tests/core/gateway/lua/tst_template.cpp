// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/template.h"

#include "core/gateway/gatewaybench.h"
#include "gateway/lua/templatevalues.h"

#include <thread>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestTemplate : public QObject
{
    Q_OBJECT

private slots:
    void renders_data();
    void renders();
    void fails_data();
    void fails();
    void looksUpAsLuaDoes_data();
    void looksUpAsLuaDoes();
    void readsEachTableOnce();
    void forgetsAssignments();
    void findsSyntaxErrors_data();
    void findsSyntaxErrors();
    void survivesItsStates();
};

namespace {

/// A request on a route with captures, as templates see it.
class Request final
{
public:
    Request() : passage(snapshot(), {.target = "/u/abc/42?name=n%20m&flag&two=1&two=2", .headers = headers()}) {}

    Result<std::string> render(const std::string& text)
    {
        lua::TemplateValues values(passage.exchange);
        return lua::Template(text).render(values);
    }

    Passage passage;

private:
    static std::shared_ptr<const Snapshot> snapshot()
    {
        static const auto shared = snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a",
            "routes": [{"name": "r", "paths": ["~/u/(?<x>[a-z]+)/(\\d+)$"]}]}]})");
        return shared;
    }

    static std::vector<std::pair<std::string, std::string>> headers()
    {
        return {{"X-In", "abc"}, {"X-Two", "p"}, {"x-two", "q"}, {"X-Number", "7"}, {"x_under", "u"}};
    }
};

} // namespace

void TestTemplate::renders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) { QTest::newRow(text) << text << expected; };
    row("plain # text", "plain # text");
    row("$(headers['x-in'])", "abc");
    row("$(headers.X_In)-$(headers[\"X-IN\"])", "abc-abc");
    row("$(headers.host)", "gw.test");
    row("$(headers.nope)", "");
    row("$(headers.nope or 'd')", "d");
    row("a$(query_params.flag)b", "atrueb");
    row("$(query_params.name)", "n m");
    row("$(query_params.two[2])", "2");
    row("$(headers['x-two'][1])", "p");
    row("$(uri_captures[0]) $(uri_captures[1]) $(uri_captures.x) $(uri_captures['x']) $(uri_captures[2])",
        "/u/abc/42 abc abc abc 42");
    row("$(uri_captures[9])", "");
    row("$(uri_captures['1'])", "");
    row("$(#(query_params.name or ''))", "3");
    row("$(10 / 4)", "2.5");
    row("$(10)", "10");
    row("$(1e20)", "1e+20");
    row("$(headers['x-number'] + 1)", "8");
    row("$(true)$(false)$(nil)", "true");
    row("$(shared and 'has' or 'no')", "has");
    row("$(type(headers['x-two']))", "table");
    row("$(consumer)", "");
    row("$(string)$(tostring)$(pcall)$(_G)$(kong)$(ngx)$(os)$(io)$(ffi)$(load)$(loadstring)$(getfenv)", "");
    row("$$(headers['x-in'])", "$abc");
    row("$('$(headers.x)')", "$(headers.x)");
    row("$(unbalanced", "$(unbalanced");
    row("$(( then $(1 + 1)", "$(( then 2");
    row("$((function() local x = headers['x-in'] return x .. x end)())", "abcabc");
    row("$(headers['x-in']:upper():sub(2))", "BC");
    row("$(headers['x-in']:gsub('b', '%0%0'))", "abbc");
    row("$(headers['x-in']:match('^(.)(.)'))", "a");
    row("$(('k=v; w=x'):match('w=(%w+)'))", "x");
    row("$(('THE (quick) fox'):find('%((%a+)%)'))", "5");
    row("$(('a,b'):gsub(',', {[','] = ';'}))", "a;b");
    row("$(('x'):rep(3))", "xxx");
    row("two\nlines $(1)\n", "two\nlines 1\n");
    row("quote \" backslash \\ $(1)", "quote \" backslash \\ 1");
}

void TestTemplate::renders()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto rendered = Request().render(text.toStdString());
    QVERIFY2(rendered, rendered ? "" : rendered.error().detail.c_str());
    QCOMPARE(QString::fromStdString(*rendered), expected);
}

void TestTemplate::fails_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) { QTest::newRow(text) << text << message; };
    row("$(consumer.username)", "[string \"TMP\"]:1: attempt to index global 'consumer' (a nil value)");
    row("$(headers.a.b)", "[string \"TMP\"]:1: attempt to index field 'a' (a nil value)");
    row("a\nb$(headers.nope .. 'x')", "[string \"TMP\"]:2: attempt to concatenate field 'nope' (a nil value)");
    row("$(string.upper('x'))", "[string \"TMP\"]:1: attempt to index global 'string' (a nil value)");
    row("$(require 'ffi')", "[string \"TMP\"]:1: require 'ffi' not allowed within sandbox");
    row("$(foo bar)", "[string \"TMP\"]:1: ')' expected near 'bar'");
    row("$(shared.x = 1)", "[string \"TMP\"]:1: ')' expected near '='");
    row("$(('x'):dump())", "[string \"TMP\"]:1: attempt to call method 'dump' (a nil value)");
    row("$(('a'):match('%'))", "[string \"TMP\"]:1: malformed pattern (ends with '%')");
    row("$((function() while true do end end)())", "too many instructions");
    row("$((function() local t = {} while true do t[#t + 1] = ('x'):rep(1e5) .. #t end end)())", "not enough memory");
    row("$(('x'):rep(1e9))", "not enough memory");
    row("$(('a'):rep(40):match(('a*'):rep(30) .. 'b'))", "too many instructions");
}

void TestTemplate::fails()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    Request request;
    const auto rendered = request.render(text.toStdString());
    QVERIFY(!rendered);
    QCOMPARE(QString::fromStdString(rendered.error().detail), message);
    QCOMPARE(*request.render("$(1 + 1)"), std::string("2")); // the state is as good as before
}

/// The way without Lua gives what Lua would: "(x)" instead of "x" keeps a look-up from being recognised.
void TestTemplate::looksUpAsLuaDoes_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression :
         {"headers['x-in']",      "headers.x_in",       "headers['X-In']",   "headers.X_IN",      "headers.x_under",
          "headers.X_UNDER",      "headers['x-under']", "headers['nope']",   "headers['']",       "query_params.name",
          "query_params['name']", "query_params.NAME",  "query_params.flag", "query_params.nope", "uri_captures[0]",
          "uri_captures[2]",      "uri_captures[3]",    "uri_captures['1']", "uri_captures.x",    "uri_captures.y"})
        QTest::newRow(expression) << expression;
}

void TestTemplate::looksUpAsLuaDoes()
{
    QFETCH(QString, expression);
    Request request;
    const std::string text = expression.toStdString();
    QCOMPARE(*request.render("<$(" + text + ")>"), *request.render("<$((" + text + "))>"));
}

void TestTemplate::readsEachTableOnce()
{
    Request request;
    Exchange& exchange = request.passage.exchange;
    lua::TemplateValues values(exchange);
    const lua::Template plain("$(headers['x-in'])");
    const lua::Template inLua("$((headers['x-in']))");
    QCOMPARE(*plain.render(values), std::string("abc"));
    exchange.upstream.headers.set("X-In", "changed");
    QCOMPARE(*plain.render(values), std::string("abc"));
    QCOMPARE(*inLua.render(values), std::string("abc"));
    lua::TemplateValues later(exchange);
    QCOMPARE(*inLua.render(later), std::string("changed"));
}

void TestTemplate::forgetsAssignments()
{
    Request request;
    lua::TemplateValues values(request.passage.exchange);
    const lua::Template counter("$((function() n = (n or 0) + 1 headers.seen = n return n end)())");
    QCOMPARE(*counter.render(values), std::string("1"));
    QCOMPARE(*counter.render(values), std::string("1"));
    lua::TemplateValues next(request.passage.exchange);
    QCOMPARE(*lua::Template("$(headers.seen)$((n))").render(next), std::string());
}

void TestTemplate::findsSyntaxErrors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("two names") << "x$(user1 user2)"
                               << "[string \"TMP\"]:1: ')' expected near 'user2'";
    QTest::newRow("unfinished string") << "$('x)"
                                       << "[string \"TMP\"]:1: unfinished string near '<eof>'";
    QTest::newRow("good") << "$(a)$(b.c)"
                          << "";
    QTest::newRow("literal") << "#$("
                             << "";
}

void TestTemplate::findsSyntaxErrors()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(lua::Template(text.toStdString()).syntaxError().value_or("")), message);
}

/// Templates and values may outlive the thread that ran them.
void TestTemplate::survivesItsStates()
{
    Request request;
    const lua::Template text("$((headers['x-in']))");
    lua::TemplateValues values(request.passage.exchange);
    std::thread([&] { QCOMPARE(*text.render(values), std::string("abc")); }).join();
    QCOMPARE(*text.render(values), std::string("abc"));
    for (int i = 0; i < 200; ++i)
        QCOMPARE(*request.render("$((" + std::to_string(i) + "))"), std::to_string(i));
}

QTEST_APPLESS_MAIN(TestTemplate)
#include "tst_template.moc"
