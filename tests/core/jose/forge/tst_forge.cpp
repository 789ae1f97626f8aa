// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/forge/attack.h"
#include "jose/forge/report.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "jose/autopsy.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "jose/sign.h"
#include "support/testing.h"

#include <QXmlStreamReader>

#include <algorithm>
#include <set>

using namespace claimsmith;
using namespace claimsmith::jose;
using namespace claimsmith::jose::forge;

namespace {

constexpr std::int64_t now = 1'790'000'000;
const FixedClock fixedClock(now);

/// A key for an algorithm, made once.
const Key& keyFor(Algorithm algorithm)
{
    static std::map<Algorithm, Key> keys;
    const auto found = keys.find(algorithm);
    return found != keys.end() ? found->second : keys.emplace(algorithm, *generateKey(algorithm)).first->second;
}

std::string validToken(const Key& key, Algorithm algorithm)
{
    const document::Object claims{{"iss", "https://issuer.example/oidc"},
                                  {"sub", "alice"},
                                  {"aud", "orders"},
                                  {"iat", now - 60},
                                  {"exp", now + 600}};
    return *signCompact(defaultHeader(key, algorithm), claims, key);
}

Knowledge knowledgeOf(const Key& key, bool withSigner)
{
    Knowledge knowledge{.now = now};
    if (auto open = key.publicPart())
        knowledge.publicKeys.push_back(*open);
    if (withSigner)
        knowledge.signer = key;
    return knowledge;
}

std::vector<Forgery> forgeriesOf(std::string_view id, const std::string& token, const Knowledge& knowledge)
{
    return std::move(forge::forge(token, knowledge, {findVariant(id)})->front().forgeries);
}

document::Object headerOf(const std::string& token)
{
    return *document::parseJson(*fromBase64Url(token.substr(0, token.find('.'))))->asObject();
}

/// Accepts what `accepts` says, beside the valid token.
AttackReport attackWith(const std::function<bool(const Forgery&)>& accepts, std::string_view id = {})
{
    const Key& key = keyFor(Algorithm::ES256);
    const std::string token = validToken(key, Algorithm::ES256);
    const auto chosen = id.empty() ? variants() : std::vector<const Variant*>{findVariant(id)};
    const auto forged = forge::forge(token, knowledgeOf(key, true), chosen);
    return attack("a <b> & \"c\" | d", token, *forged, [&](const Forgery& forgery) {
        return Answer{.outcome = forgery.token == token || accepts(forgery) ? Outcome::Accepted : Outcome::Refused,
                      .detail = "told so"};
    });
}

} // namespace

class TestForge : public QObject
{
    Q_OBJECT

private slots:
    void describesEveryVariant();
    void isRefusedByAStrictVerifier_data();
    void isRefusedByAStrictVerifier();
    void makesWhatKnowledgeAllows();
    void spellsNone();
    void keysHmacWithThePublicPem();
    void bringsItsOwnKey();
    void signsWhatTheTesterMay();
    void freshensTimes();
    void leavesNoForgeryValid();
    void findsALaxVerifier_data();
    void findsALaxVerifier();
    void stopsWhenTold();
    void refusesWhatIsNoToken();
    void writesJunit();
    void writesMarkdown();
    void writesJson();
};

void TestForge::describesEveryVariant()
{
    std::set<std::string_view> ids;
    for (const Variant* variant : variants()) {
        QVERIFY2(ids.insert(variant->id).second, "an id stands twice");
        QVERIFY(findVariant(variant->id) == variant);
        QVERIFY(!variant->title.empty() && !variant->title.ends_with('.'));
        QVERIFY(variant->proves.ends_with('.'));
        QVERIFY2(variant->standard.starts_with("RFC "), variant->id.data());
    }
    QVERIFY(ids.size() >= 50);
    QCOMPARE(std::string(findVariant("alg-none")->group), std::string("signature"));
    QVERIFY(findVariant("nothing") == nullptr);
}

void TestForge::isRefusedByAStrictVerifier_data()
{
    QTest::addColumn<int>("algorithm");
    for (const Algorithm algorithm :
         {Algorithm::HS256, Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::ES512, Algorithm::EdDSA})
        QTest::newRow(std::string(toString(algorithm)).c_str()) << static_cast<int>(algorithm);
}

void TestForge::isRefusedByAStrictVerifier()
{
    QFETCH(const int, algorithm);
    const Key& key = keyFor(static_cast<Algorithm>(algorithm));
    const std::string token = validToken(key, static_cast<Algorithm>(algorithm));
    const auto forged = forge::forge(token, knowledgeOf(key, true));
    CLAIMSMITH_VERIFY_RESULT(forged);
    const AttackReport report =
        attack("offline", token, *forged, offlineVerifier(strictOptionsFor(token, {key}, fixedClock)));
    QVERIFY(report.baseline.outcome == Outcome::Accepted);
    QVERIFY(report.cells.size() > 200);
    for (const Cell& cell : report.cells) {
        // What typ a service wants is its own affair: the verifier is not told.
        const bool isOpen = cell.variant->id == "typ-other" && cell.forgery.label != "no text";
        const std::string name = std::string(cell.variant->id) + ", " + cell.forgery.label;
        QVERIFY2(cell.isFinding() == isOpen, name.c_str());
    }
}

void TestForge::makesWhatKnowledgeAllows()
{
    const Key& key = keyFor(Algorithm::ES256);
    const std::string token = validToken(key, Algorithm::ES256);
    const auto ignorant = forge::forge(token, {.now = now});
    for (const ForgedVariant& each : *ignorant) {
        if (each.variant->needsSigner)
            QVERIFY(each.forgeries.empty());
    }
    QVERIFY(forgeriesOf("hs-public-pem", token, {.now = now}).empty());
    const auto knowing = forge::forge(token, knowledgeOf(key, true));
    for (const ForgedVariant& each : *knowing) {
        const bool mayBeEmpty = each.variant->id == "base64-unused-bits" || each.variant->id == "base64-alphabet" ||
                                each.variant->id == "alg-other";
        QVERIFY2(mayBeEmpty || !each.forgeries.empty(), each.variant->id.data());
    }
}

void TestForge::spellsNone()
{
    const std::string token = validToken(keyFor(Algorithm::ES256), Algorithm::ES256);
    const std::vector<Forgery> forgeries = forgeriesOf("alg-none", token, {.now = now});
    QCOMPARE(forgeries.size(), std::size_t(5));
    for (const Forgery& forgery : forgeries) {
        QVERIFY(forgery.token.ends_with('.'));
        QCOMPARE(*headerOf(forgery.token).find("alg")->asString(), forgery.label);
        QCOMPARE(split(forgery.token, '.')[1], split(token, '.')[1]);
    }
}

void TestForge::keysHmacWithThePublicPem()
{
    const Key& key = keyFor(Algorithm::RS256);
    const std::string token = validToken(key, Algorithm::RS256);
    const std::vector<Forgery> forgeries = forgeriesOf("hs-public-pem", token, knowledgeOf(key, false));
    QCOMPARE(forgeries.size(), std::size_t(8)); // two forms of the key, each in four of white space
    const std::string pem = key.publicKey()->publicPem();
    const auto cause = autopsy({.token = forgeries.front().token, .keys = {*key.publicPart()}, .keyText = pem});
    QVERIFY(cause && cause->cause == AutopsyCause::PublicKeyAsSecret);
    // Each is valid for the verifier that takes that text for its secret.
    const Key confused = Key::fromSecret(SecretBytes(BytesView(pem)));
    QVERIFY(verify(forgeries.front().token, {.keys = {confused}, .keyIds = KeyIdRule::Ignore, .clock = &fixedClock})
                .isValid());
    QVERIFY(
        !verify(forgeries[1].token, {.keys = {confused}, .keyIds = KeyIdRule::Ignore, .clock = &fixedClock}).isValid());
}

void TestForge::bringsItsOwnKey()
{
    const Key& key = keyFor(Algorithm::RS256);
    const std::string token = validToken(key, Algorithm::RS256);
    const std::vector<Forgery> forgeries = forgeriesOf("jwk-embedded", token, knowledgeOf(key, false));
    const auto embedded = readJwk(*headerOf(forgeries.front().token).find("jwk"));
    CLAIMSMITH_VERIFY_RESULT(embedded);
    QVERIFY(embedded->privateKey() == nullptr);
    QVERIFY(verify(forgeries.front().token, {.keys = {*embedded}, .keyIds = KeyIdRule::Ignore, .clock = &fixedClock})
                .isValid());
}

void TestForge::signsWhatTheTesterMay()
{
    const Key& key = keyFor(Algorithm::ES256);
    const std::string token = validToken(key, Algorithm::ES256);
    for (const Forgery& forgery : forgeriesOf("exp-past", token, knowledgeOf(key, true))) {
        const VerificationReport report = verify(forgery.token, {.keys = {key}, .clock = &fixedClock});
        QVERIFY(report.rung(RungId::Signature).state == RungState::Passed);
        QVERIFY(report.rung(RungId::Expiration).state == RungState::Failed);
    }
}

void TestForge::freshensTimes()
{
    const Key& key = keyFor(Algorithm::ES256);
    const document::Object claims{{"exp", now - 1000}, {"nbf", now + 1000}, {"n", document::Value(1.5)}};
    const std::string token = *signCompact(defaultHeader(key, Algorithm::ES256), claims, key);
    const Forgery forgery = forgeriesOf("alg-none", token, {.now = now}).front();
    const document::Value payload = *document::parseJson(*fromBase64Url(split(forgery.token, '.')[1]));
    QVERIFY(*payload.findInteger("exp") > now);
    QVERIFY(*payload.findInteger("nbf") <= now);
    QCOMPARE(payload.asObject()->size(), std::size_t(3));
}

void TestForge::leavesNoForgeryValid()
{
    const Key& key = keyFor(Algorithm::HS256);
    const std::string token = validToken(key, Algorithm::HS256);
    const auto forged = forge::forge(token, knowledgeOf(key, false));
    for (const ForgedVariant& each : *forged) {
        for (const Forgery& forgery : each.forgeries)
            QVERIFY2(forgery.token != token || forgery.beside, each.variant->id.data());
    }
}

void TestForge::findsALaxVerifier_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<std::string>("laxness");
    QTest::newRow("takes none") << std::string("alg-none") << std::string("none");
    QTest::newRow("takes no signature") << std::string("signature-stripped") << std::string("empty");
    QTest::newRow("ignores what follows") << std::string("parts-more") << std::string("prefix");
}

void TestForge::findsALaxVerifier()
{
    QFETCH(const std::string, id);
    QFETCH(const std::string, laxness);
    const Key& key = keyFor(Algorithm::ES256);
    const std::string valid = validToken(key, Algorithm::ES256);
    const AttackReport report = attackWith(
        [&](const Forgery& forgery) {
            if (laxness == "none")
                return equalIgnoringCase(*headerOf(forgery.token).find("alg")->asString(), "none");
            return laxness == "empty" ? forgery.token.ends_with('.') : forgery.label == "a fourth part";
        },
        id);
    QVERIFY(report.hasFindings());
    QVERIFY(report.count(Outcome::Accepted) >= 1);
    QCOMPARE(report.cells.front().variant->id, std::string_view(id));
}

void TestForge::stopsWhenTold()
{
    const Key& key = keyFor(Algorithm::ES256);
    const std::string token = validToken(key, Algorithm::ES256);
    int left = 3;
    const AttackReport report = attack(
        "x", token, *forge::forge(token, {.now = now}),
        [](const Forgery&) { return Answer{.outcome = Outcome::Refused}; }, [&] { return left-- > 0; });
    QCOMPARE(report.cells.size(), std::size_t(3));
}

void TestForge::refusesWhatIsNoToken()
{
    QCOMPARE(forge::forge("abc", {}).error().code.name(), std::string_view("wrong-part-count"));
    QCOMPARE(forge::forge("e30.e30.!", {}).error().code.name(), std::string_view("invalid-character"));
}

void TestForge::writesJunit()
{
    const AttackReport report = attackWith([](const Forgery& forgery) { return forgery.label == "nOnE"; });
    QXmlStreamReader xml(QString::fromStdString(toJunit(report)));
    std::size_t cases = 0;
    std::size_t failures = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QStringLiteral("testcase"))
            ++cases;
        if (xml.isStartElement() && xml.name() == QStringLiteral("failure"))
            ++failures;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(cases, report.cells.size());
    QCOMPARE(failures, std::size_t(1));
    QVERIFY(toJunit(report).find("eyJ") == std::string::npos); // no token leaves with it
}

void TestForge::writesMarkdown()
{
    const AttackReport report = attackWith([](const Forgery& forgery) { return forgery.label == "nOnE"; });
    const std::string text = toMarkdown(report);
    QVERIFY(text.find("## Findings") != std::string::npos);
    QVERIFY(text.find("| error | Unsigned token | nOnE | accepted, told so |") != std::string::npos);
    QVERIFY(text.find("eyJ") == std::string::npos);
    const AttackReport clean = attackWith([](const Forgery&) { return false; }, "alg-none");
    QVERIFY(toMarkdown(clean).find("## Findings") == std::string::npos);
    QVERIFY(toMarkdown(clean).find("| alg-none | Unsigned token | 5 | 0 | 0 | 0 |") != std::string::npos);
}

void TestForge::writesJson()
{
    const AttackReport report = attackWith([](const Forgery&) { return false; }, "several-places");
    const document::Value json = toJson(report);
    QCOMPARE(json.find("cells")->asArray()->size(), report.cells.size());
    QVERIFY(json.find("cells")->asArray()->front().find("beside") != nullptr);
    QCOMPARE(*json.at("/baseline/outcome")->asString(), std::string("accepted"));
}

QTEST_APPLESS_MAIN(TestForge)
#include "tst_forge.moc"
