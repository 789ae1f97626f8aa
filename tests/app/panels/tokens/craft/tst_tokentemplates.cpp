// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/craft/templatekey.h"

#include "document/json.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "support/testing.h"
#include "workspace/recipe.h"

#include <set>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

TokenTemplate templateOf(const std::string& id)
{
    for (const TokenTemplate& each : tokenTemplates()) {
        if (each.id == id)
            return each;
    }
    qFatal("no template %s", id.c_str());
}

KeyEntry credential(const std::string& key)
{
    KeyEntry entry;
    entry.choice.consumer = "ann";
    entry.choice.credential = key;
    entry.algorithm = "HS256";
    entry.isSecret = true;
    return entry;
}

} // namespace

class TestTokenTemplates final : public QObject
{
    Q_OBJECT

private slots:
    /// What the standard of each kind asks for is there, and every text is JSON that a recipe takes.
    void members_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<std::string>("type");
        QTest::addColumn<std::vector<std::string>>("claims");
        const auto row = [](const char* id, std::string type, std::vector<std::string> claims) {
            QTest::newRow(id) << std::string(id) << std::move(type) << std::move(claims);
        };
        row("kong", "JWT", {"iss", "exp"});
        row("id-token", "JWT", {"iss", "sub", "aud", "exp", "iat", "nonce", "auth_time"});
        row("access-token", "at+jwt", {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"});
        row("dpop", "dpop+jwt", {"jti", "htm", "htu", "iat"});
        row("client-assertion", "JWT", {"iss", "sub", "aud", "exp", "jti"});
        row("custom", "JWT", {});
    }
    void members()
    {
        QFETCH(std::string, id);
        QFETCH(std::string, type);
        QFETCH(std::vector<std::string>, claims);
        const auto recipe = recipeOf(templateOf(id), {});
        const auto payload = workspace::expandRelativeTimes(recipe.payload, 1'795'440'708);
        CLAIMSMITH_VERIFY_RESULT(payload);
        QVERIFY2(payload->find('{', 1) == std::string::npos, payload->c_str()); // every placeholder is filled
        const auto value = document::parseJson(*payload);
        CLAIMSMITH_VERIFY_RESULT(value);
        for (const std::string& claim : claims)
            QVERIFY2(value->find(claim), claim.c_str());
        const auto header = document::parseJson(recipe.header);
        CLAIMSMITH_VERIFY_RESULT(header);
        QCOMPARE(*header->findString("typ"), type);
        QCOMPARE(*header->findString("alg"), recipe.algorithm);
    }

    void everyTemplateIsCovered()
    {
        std::set<std::string_view> ids;
        for (const TokenTemplate& each : tokenTemplates())
            ids.insert(each.id);
        QCOMPARE(ids, (std::set<std::string_view>{"kong", "id-token", "access-token", "dpop", "client-assertion",
                                                  "custom"}));
    }

    void idsAreNewEachTime()
    {
        QVERIFY(recipeOf(templateOf("dpop"), {}).payload != recipeOf(templateOf("dpop"), {}).payload);
    }

    void theIssuerIsTheCredential()
    {
        const std::vector<KeyEntry> keys{credential("a \"quoted\" key")};
        const auto recipe = recipeOf(templateOf("kong"), keyFor(TokenTemplate::Key::Credential, keys, {}));
        const auto payload = document::parseJson(recipe.payload);
        CLAIMSMITH_VERIFY_RESULT(payload);
        QCOMPARE(*payload->findString("iss"), std::string("a \"quoted\" key"));
        QCOMPARE(std::get<workspace::CredentialKey>(recipe.key).consumer, std::string("ann"));
    }

    /// A DPoP proof takes a key pair when there is one, and carries its public half and nothing else.
    void dpopCarriesItsKey()
    {
        const auto pair = jose::generateKey(jose::Algorithm::ES256);
        CLAIMSMITH_VERIFY_RESULT(pair);
        workspace::Workspace workspace;
        workspace.keys.push_back(
            {pair->id(), document::toJson(jose::writeJwk(*pair, jose::KeyParts::Public)), "ES256", true});
        KeyEntry entry;
        entry.choice.kind = KeyKind::Keyring;
        entry.choice.kid = pair->id();
        entry.algorithm = "ES256";
        const TemplateKey key = keyFor(TokenTemplate::Key::Pair, {credential("k"), entry}, workspace);
        const auto header = document::parseJson(recipeOf(templateOf("dpop"), key).header);
        CLAIMSMITH_VERIFY_RESULT(header);
        QCOMPARE(*header->findString("alg"), std::string("ES256"));
        const auto* jwk = header->find("jwk");
        QVERIFY(jwk && jwk->asObject());
        QCOMPARE(jwk->asObject()->size(), std::size_t(4)); // kty, crv, x, y
        QVERIFY(!jwk->find("d"));
        QVERIFY(!header->find("kid"));
    }

    void withoutAnyKey()
    {
        const TemplateKey key = keyFor(TokenTemplate::Key::Pair, {}, {});
        QCOMPARE(key.algorithm, std::string("HS256"));
        QVERIFY(key.kid.empty() && key.jwk.empty());
    }
};

QTEST_GUILESS_MAIN(TestTokenTemplates)
#include "tst_tokentemplates.moc"
