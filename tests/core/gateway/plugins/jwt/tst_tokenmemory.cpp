// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/tokenmemory.h"

#include "base/base64.h"
#include "core/gateway/gatewaybench.h"
#include "gateway/plugins/jwt/credentials.h"
#include "jose/signature.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::jwt;
using namespace claimsmith::gateway::testing;

class TestTokenMemory final : public QObject
{
    Q_OBJECT

private slots:
    void letsTheSameTokenInAgain();
    void knowsATokenByItsExactText_data();
    void knowsATokenByItsExactText();
    void knowsItForTheKeyThatVerifiedIt();
    void forgetsWithTheConfiguration();
    void checksTimesEachTime();
    void keepsNothingPastItsExpiry();
    void isBounded();
    void leavesLongTokensAlone();
};

namespace {

std::shared_ptr<const Snapshot> configured(const std::string& secret)
{
    return snapshotOf(R"({"_format_version": "3.0", "services": [{"name": "s", "url": "http://up.test", "routes": [
        {"name": "plain", "paths": ["/plain"], "plugins": [{"name": "jwt"}]},
        {"name": "base64", "paths": ["/base64"], "plugins": [{"name": "jwt", "config": {"secret_is_base64": true}}]},
        {"name": "times", "paths": ["/times"], "plugins": [{"name": "jwt", "config": {"claims_to_verify": ["exp"]}}]}
        ]}], "consumers": [{"username": "c", "jwt_secrets": [{"key": "k", "secret": ")" +
                      secret + R"("}]}]})");
}

std::string sign(const std::string& payload, const std::string& secret)
{
    const std::string input = toBase64Url(R"({"alg":"HS256"})") + "." + toBase64Url(payload);
    const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256, SecretBytes(BytesView(secret)));
    return input + "." + toBase64Url(*maker->sign(input));
}

int answerTo(const std::shared_ptr<const Snapshot>& snapshot, const std::string& path, const std::string& token,
             std::int64_t now = testNow)
{
    const Sent sent{.target = path, .headers = {{"Authorization", "Bearer " + token}}};
    return Passage(snapshot, sent, std::make_shared<SharedState>(), now).status();
}

Token tokenOf(const std::string& text)
{
    auto decoded = decodeToken(text, Conduct::Kong);
    return std::move(*std::get_if<Token>(&decoded));
}

} // namespace

void TestTokenMemory::letsTheSameTokenInAgain()
{
    const auto snapshot = configured("open sesame");
    const std::string token = sign(R"({"iss":"k"})", "open sesame");
    QCOMPARE(answerTo(snapshot, "/plain", token), 200);
    QCOMPARE(answerTo(snapshot, "/plain", token), 200);
}

void TestTokenMemory::knowsATokenByItsExactText_data()
{
    QTest::addColumn<QString>("last");
    for (const char* last : {"", "AA", "A"})
        QTest::newRow(last) << QString::fromLatin1(last);
}

void TestTokenMemory::knowsATokenByItsExactText()
{
    QFETCH(QString, last);
    const auto snapshot = configured("open sesame");
    const std::string token = sign(R"({"iss":"k"})", "open sesame");
    QCOMPARE(answerTo(snapshot, "/plain", token), 200);
    const std::string other = token.substr(0, token.size() - 4) + last.toStdString();
    QCOMPARE(answerTo(snapshot, "/plain", other), 401);
}

void TestTokenMemory::knowsItForTheKeyThatVerifiedIt()
{
    const auto snapshot = configured("b3BlbiBzZXNhbWU");
    const std::string token = sign(R"({"iss":"k"})", "b3BlbiBzZXNhbWU");
    QCOMPARE(answerTo(snapshot, "/plain", token), 200);
    QCOMPARE(answerTo(snapshot, "/base64", token), 401); // there the secret is what it decodes to
}

void TestTokenMemory::forgetsWithTheConfiguration()
{
    const std::string token = sign(R"({"iss":"k"})", "before");
    QCOMPARE(answerTo(configured("before"), "/plain", token), 200);
    QCOMPARE(answerTo(configured("after"), "/plain", token), 401);
}

void TestTokenMemory::checksTimesEachTime()
{
    const auto snapshot = configured("open sesame");
    const std::string token = sign(R"({"iss":"k","exp":)" + std::to_string(testNow + 10) + "}", "open sesame");
    QCOMPARE(answerTo(snapshot, "/times", token), 200);
    QCOMPARE(answerTo(snapshot, "/times", token, testNow + 9), 200);
    QCOMPARE(answerTo(snapshot, "/times", token, testNow + 10), 401);
    QCOMPARE(answerTo(snapshot, "/times", token, testNow + 9), 200);
}

void TestTokenMemory::keepsNothingPastItsExpiry()
{
    const auto snapshot = configured("open sesame");
    const JwtCredentials credentials(*snapshot);
    TokenMemory& memory = TokenMemory::ofThread(credentials);
    const std::string text = sign(R"({"iss":"k","exp":100})", "open sesame");
    memory.keep(tokenOf(text), credentials.find("k")->plain);
    QVERIFY(memory.find(text, 99));
    QVERIFY(!memory.find(text, 100));
    QCOMPARE(memory.size(), std::size_t{0});
}

void TestTokenMemory::isBounded()
{
    const auto snapshot = configured("open sesame");
    const JwtCredentials credentials(*snapshot);
    TokenMemory& memory = TokenMemory::ofThread(credentials);
    QCOMPARE(memory.size(), std::size_t{0});
    const std::string first = sign(R"({"iss":"k"})", "open sesame");
    const auto& key = credentials.find("k")->plain;
    memory.keep(tokenOf(first), key);
    for (std::size_t n = 0; n < 5 * TokenMemory::capacity; ++n) {
        memory.keep(tokenOf(sign(R"({"iss":"k","n":)" + std::to_string(n) + "}", "open sesame")), key);
        QVERIFY(memory.size() <= 2 * TokenMemory::capacity);
        QVERIFY(memory.find(first, testNow)); // one that is used stays
    }
}

void TestTokenMemory::leavesLongTokensAlone()
{
    const auto snapshot = configured("open sesame");
    const JwtCredentials credentials(*snapshot);
    TokenMemory& memory = TokenMemory::ofThread(credentials);
    const std::string text =
        sign(R"({"iss":"k","x":")" + std::string(TokenMemory::longestToken, 'x') + R"("})", "open sesame");
    memory.keep(tokenOf(text), credentials.find("k")->plain);
    QVERIFY(!memory.find(text, testNow));
}

QTEST_GUILESS_MAIN(TestTokenMemory)
#include "tst_tokenmemory.moc"
