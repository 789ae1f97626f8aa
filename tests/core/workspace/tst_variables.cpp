// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/variables.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::workspace;

namespace {

class OneSecret final : public SecretSource
{
public:
    std::optional<BytesView> findSecret(std::string_view name) const override
    {
        return name == "api-key" ? std::optional<BytesView>("s3cret") : std::nullopt;
    }
};

class TokenOfName final : public TokenSource
{
public:
    Result<std::string> makeToken(std::string_view recipe) const override
    {
        if (recipe == "broken")
            return Error{VariableErrorCode::NotAnObject, {}, "the payload is no object"};
        return "token-of-" + std::string(recipe);
    }
};

Environment environment(std::string name, std::string text, std::string parent = {})
{
    Environment result;
    result.name = std::move(name);
    result.parent = std::move(parent);
    result.text = std::move(text);
    return result;
}

Workspace sample()
{
    Workspace workspace;
    workspace.environments = {
        environment("base", R"({"host": "example.test", "port": 8000, "api": {"version": "v1"}, // comment
            "url": "http://{{host}}:{{ port }}", "a": "{{b}}", "b": "{{a}}", "key": "{{secret:api-key}}"})"),
        environment("local", R"({"host": "localhost"})", "base"),
        environment("loop", "{}", "pool"),
        environment("pool", "{}", "loop"),
        environment("list", "[1]"),
        environment("broken", "{\n  \"a\": tru\n}"),
    };
    return workspace;
}

} // namespace

class VariablesTest final : public QObject
{
    Q_OBJECT

private slots:
    void resolves_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no reference") << "plain {text}"
                                      << "plain {text}";
        QTest::newRow("a variable of the environment itself") << "{{host}}"
                                                              << "localhost";
        QTest::newRow("a number keeps its digits") << "{{port}}"
                                                   << "8000";
        QTest::newRow("a member of an object") << "/{{api.version}}/x"
                                               << "/v1/x";
        QTest::newRow("a value that refers to an overridden variable") << "{{url}}/p"
                                                                       << "http://localhost:8000/p";
        QTest::newRow("blanks around the name") << "{{ host }}"
                                                << "localhost";
        QTest::newRow("built in") << "{{gateway}}"
                                  << "http://127.0.0.1:1";
        QTest::newRow("a secret by name") << "{{secret:api-key}}"
                                          << "s3cret";
        QTest::newRow("a secret behind a variable") << "{{key}}"
                                                    << "s3cret";
        QTest::newRow("a token recipe") << "Bearer {{token.admin}}"
                                        << "Bearer token-of-admin";
        QTest::newRow("an unknown name stays as written") << "a{{nope}}b"
                                                          << "a{{nope}}b";
        QTest::newRow("an opening without an end") << "{{host"
                                                   << "{{host";
        QTest::newRow("the inner of two openings") << "{{x{{host}}"
                                                   << "{{xlocalhost";
        QTest::newRow("an empty name") << "{{ }}"
                                       << "{{ }}";
    }

    void resolves()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        auto variables = Variables::of(sample(), "local");
        CLAIMSMITH_VERIFY_RESULT(variables);
        variables->addBuiltIn("gateway", "http://127.0.0.1:1");
        const OneSecret secrets;
        const TokenOfName tokens;
        QCOMPARE(resolve(text.toStdString(), *variables, {&secrets, &tokens}).text, expected.toStdString());
    }

    void saysWhyAReferenceDoesNotResolve_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, const char* text, Reference::State state) {
            QTest::newRow(name) << text << static_cast<int>(state);
        };
        row("unknown variable", "{{nope}}", Reference::State::Unknown);
        row("cycle", "{{a}}", Reference::State::Cyclic);
        row("missing secret", "{{secret:other}}", Reference::State::SecretMissing);
        row("recipe that can't be signed", "{{token.broken}}", Reference::State::TokenFailed);
    }

    void saysWhyAReferenceDoesNotResolve()
    {
        QFETCH(QString, text);
        QFETCH(int, state);
        const auto variables = Variables::of(sample(), "base");
        CLAIMSMITH_VERIFY_RESULT(variables);
        const OneSecret secrets;
        const TokenOfName tokens;
        const Resolution resolution = resolve("x" + text.toStdString(), *variables, {&secrets, &tokens});
        QVERIFY(!resolution.isComplete());
        QCOMPARE(static_cast<int>(resolution.firstProblem()->state), state);
        QCOMPARE(resolution.firstProblem()->begin, std::size_t(1));
        QCOMPARE(resolution.text, "x" + text.toStdString());
    }

    void tellsWhereAValueComesFromAndHidesSecrets()
    {
        const auto variables = Variables::of(sample(), "local");
        CLAIMSMITH_VERIFY_RESULT(variables);
        const OneSecret secrets;
        const Resolution resolution =
            resolve("{{host}} {{port}} {{key}} {{secret:api-key}}", *variables, {&secrets, nullptr});
        QCOMPARE(resolution.references.size(), std::size_t(4));
        QCOMPARE(resolution.references[0].origin, std::string("local"));
        QCOMPARE(resolution.references[1].origin, std::string("base"));
        QCOMPARE(resolution.references[2].value, std::string());
        QCOMPARE(resolution.references[3].value, std::string());
    }

    void refusesEnvironmentsWithTheirPlace()
    {
        const auto unknown = Variables::of(sample(), "missing");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode(VariableErrorCode::UnknownEnvironment));
        const auto cycle = Variables::of(sample(), "loop");
        QVERIFY(!cycle);
        QCOMPARE(cycle.error().code, ErrorCode(VariableErrorCode::EnvironmentCycle));
        const auto list = Variables::of(sample(), "list");
        QVERIFY(!list);
        QCOMPARE(list.error().code, ErrorCode(VariableErrorCode::NotAnObject));
        const auto broken = Variables::of(sample(), "broken");
        QVERIFY(!broken);
        QCOMPARE(broken.error().place.file, std::string("environments/broken.json"));
        QCOMPARE(broken.error().place.line, std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(VariablesTest)
#include "tst_variables.moc"
