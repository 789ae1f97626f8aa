// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/publishedjwks.h"

#include "document/json.h"
#include "jose/generate.h"
#include "jose/keytext.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

jose::Key newKey(jose::Algorithm algorithm = jose::Algorithm::ES256)
{
    auto key = jose::generateKey(algorithm);
    if (!key)
        qFatal("no key");
    return *key;
}

ConfigAnalysis after(const std::string& text, const std::vector<ConfigEdit>& edits)
{
    const auto changed = applyEdits(text, edits);
    if (!changed)
        qFatal("%s", changed.error().toString().c_str());
    return analyse(*changed, {});
}

} // namespace

class TestPublishedJwks final : public QObject
{
    Q_OBJECT

private slots:
    /// The gateway takes the route, and what it answers is the public half and nothing more.
    void publishing_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::newRow("an empty file") << std::string();
        QTest::newRow("beside other routes") << std::string("_format_version: \"3.0\"\nroutes:\n- name: api\n"
                                                            "  paths: [/api]\n");
        QTest::newRow("a route that has the name")
            << std::string("_format_version: \"3.0\"\nroutes:\n- name: jwks\n  paths: [/keys]\n  plugins:\n"
                           "  - name: request-termination\n    config: {status_code: 200, body: '{\"keys\":[]}'}\n");
    }
    void publishing()
    {
        QFETCH(std::string, text);
        const jose::Key pair = newKey();
        const jose::Key secret = newKey(jose::Algorithm::HS256);
        const auto config = after(text, publishEdits(analyse(text, {}), "jwks", "/jwks.json", {pair, secret}));
        QVERIFY2(config.snapshot, config.problems.empty() ? "" : config.problems.front().problem.message.c_str());
        const auto sets = publishedSets(config);
        QCOMPARE(sets.size(), std::size_t(1));
        QCOMPARE(sets.front().route, std::string("jwks"));
        QVERIFY(sets.front().path == "/jwks.json" || sets.front().path == "/keys");
        const auto read = jose::readKeys(sets.front().body);
        CLAIMSMITH_VERIFY_RESULT(read);
        QCOMPARE(read->set.keys.size(), std::size_t(1));
        QCOMPARE(read->set.keys.front().thumbprint(), pair.thumbprint());
        QVERIFY(sets.front().body.find("\"d\"") == std::string::npos);
        QVERIFY(config.text.find("name: cors") != std::string::npos);
    }

    void addingToASet()
    {
        const jose::Key old = newKey();
        const jose::Key fresh = newKey();
        const auto before = after({}, publishEdits(analyse({}, {}), "jwks", "/jwks.json", {old}));
        const auto set = publishedSets(before).front();
        QVERIFY(!addToSetEdit(before, set, old)); // is in it
        QVERIFY(!addToSetEdit(before, set, newKey(jose::Algorithm::HS256)));
        const auto edit = addToSetEdit(before, set, fresh);
        QVERIFY(edit);
        const auto read = jose::readKeys(publishedSets(after(before.text, {*edit})).front().body);
        CLAIMSMITH_VERIFY_RESULT(read);
        QCOMPARE(read->set.keys.size(), std::size_t(2));
        QCOMPARE(read->set.keys.front().thumbprint(), fresh.thumbprint());
    }

    void answersThatAreNoSet()
    {
        const auto config = analyse("_format_version: \"3.0\"\nroutes:\n- name: a\n  paths: [/a]\n  plugins:\n"
                                    "  - name: request-termination\n    config: {body: hello}\n"
                                    "- name: b\n  paths: [/b]\n",
                                    {});
        QVERIFY(publishedSets(config).empty());
    }
};

QTEST_GUILESS_MAIN(TestPublishedJwks)
#include "tst_publishedjwks.moc"
