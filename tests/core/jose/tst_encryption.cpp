// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// JWE: what is encrypted here is decrypted here, for every pair of algorithms; and what has to be refused.
#include "jose/decrypt.h"
#include "jose/encrypt.h"

#include "base/base64.h"
#include "base/random.h"
#include "base/text.h"
#include "document/json.h"
#include "jose/deflate.h"
#include "jose/jwk.h"
#include "support/testing.h"

#include <map>

using namespace claimsmith;
using namespace claimsmith::jose;
using crypto::KeyKind;
using crypto::PrivateKey;

namespace {

constexpr std::string_view text = "Live long and prosper \xf0\x9f\x96\x96";

Key pairOf(Result<PrivateKey> key)
{
    return *Key::fromPrivate(std::move(key).value(), {.id = "k", .use = {}, .algorithm = {}});
}

const Key& rsaKey()
{
    static const Key key = pairOf(PrivateKey::generateRsa(2048));
    return key;
}

Key secretOf(std::size_t octets)
{
    return Key::fromSecret(SecretBytes(randomBytes(octets)), {.id = "k", .use = {}, .algorithm = {}});
}

/// A key that fits both.
Key keyFor(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption)
{
    switch (algorithm.family) {
    case KeyManagementFamily::RsaOaep:
    case KeyManagementFamily::RsaPkcs1:
        return rsaKey();
    case KeyManagementFamily::KeyAgreement:
        return pairOf(PrivateKey::generateEc(crypto::Curve::P256));
    case KeyManagementFamily::Direct:
        return secretOf(encryption.keySize());
    case KeyManagementFamily::Password:
        return Key::fromSecret(SecretBytes(BytesView("correct horse")), {.id = "k", .use = {}, .algorithm = {}});
    default:
        return secretOf(algorithm.wrappingBits / 8);
    }
}

document::Object headerFor(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption)
{
    document::Object header{{"alg", algorithm.name}, {"enc", encryption.name}};
    if (algorithm.family == KeyManagementFamily::Password)
        header.append("p2c", 1000);
    return header;
}

DecryptOptions optionsFor(const Key& key, std::string_view algorithm = {})
{
    DecryptOptions options{.keys = {key}};
    if (const KeyManagementInfo* named = findKeyManagement(algorithm))
        options.algorithms = {named->id};
    return options;
}

std::string outcomeOf(const DecryptionReport& report)
{
    if (report.isValid())
        return std::string(report.plaintext->view());
    return report.firstProblem() == nullptr ? "no reason" : std::string(report.firstProblem()->code.name());
}

/// The token with one bit of one part changed.
std::string tampered(const std::string& token, std::size_t part)
{
    std::string changed;
    std::size_t at = 0;
    for (const std::string_view segment : split(token, '.')) {
        Bytes octets = *fromBase64Url(segment);
        if (at == part && !octets.empty())
            octets[octets.size() / 2] = static_cast<char>(octets[octets.size() / 2] ^ 1);
        changed += (at++ == 0 ? "" : ".") + toBase64Url(octets);
    }
    return changed;
}

/// The same token with other members in its header: nothing else of it fits then, which is not reached.
std::string withHeader(const std::string& token, std::string_view header)
{
    return toBase64Url(header) + token.substr(token.find('.'));
}

} // namespace

class TestEncryption : public QObject
{
    Q_OBJECT

private slots:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void agreesOnEveryCurve_data();
    void agreesOnEveryCurve();
    void keepsTheHeaderAsTyped();
    void compresses();
    void boundsExpansion();
    void refusesBrokenCompression_data();
    void refusesBrokenCompression();
    void writesJson();
    void encryptsToSeveral();
    void sharesNoDirectKey();
    void refuses_data();
    void refuses();
    void tellsNothingAboutPadding();
    void takesTheKeysWordForRsa15();
    void derivesWithBothParties();
    void refusesForeignEphemeralKeys_data();
    void refusesForeignEphemeralKeys();
    void boundsWorkForAllRecipients();
    void tellsOfTheOpenedRecipient();
    void refusesDifferentTreatment();
    void writesWhatItReads();
    void demandsKeyLength();
    void boundsIterations_data();
    void boundsIterations();
    void bindsKeys_data();
    void bindsKeys();
    void choosesByKid();
    void refusesRsa15UnlessNamed();
    void listsWhatAKeyFits();
    void findsProblemsInParts_data();
    void findsProblemsInParts();
};

void TestEncryption::opensWhatItSealed_data()
{
    QTest::addColumn<std::string>("algorithm");
    QTest::addColumn<std::string>("encryption");
    for (const KeyManagementInfo& algorithm : keyManagements()) {
        for (const ContentEncryptionInfo& encryption : contentEncryptions()) {
            const std::string row = std::string(algorithm.name) + " with " + std::string(encryption.name);
            QTest::newRow(row.c_str()) << std::string(algorithm.name) << std::string(encryption.name);
        }
    }
}

void TestEncryption::opensWhatItSealed()
{
    QFETCH(const std::string, algorithm);
    QFETCH(const std::string, encryption);
    const KeyManagementInfo& management = *findKeyManagement(algorithm);
    const ContentEncryptionInfo& content = *findContentEncryption(encryption);
    const Key key = keyFor(management, content);
    const auto token = encryptCompact(headerFor(management, content), text, key.publicPart().value_or(key));
    CLAIMSMITH_VERIFY_RESULT(token);

    const DecryptionReport report = decrypt(*token, optionsFor(key, algorithm));
    QCOMPARE(outcomeOf(report), std::string(text));
    QCOMPARE(report.keyIndex, std::optional<std::size_t>(0));
    QCOMPARE(split(*token, '.')[1].empty(), management.isDirect());
    for (const std::size_t part : {1, 2, 3, 4}) {
        if (part == 1 && management.isDirect())
            continue;
        QCOMPARE(outcomeOf(decrypt(tampered(*token, part), optionsFor(key, algorithm))), "decryption-failed");
    }
}

void TestEncryption::agreesOnEveryCurve_data()
{
    QTest::addColumn<std::string>("kind");
    for (const char* kind : {"P-256", "P-384", "P-521", "X25519", "X448"})
        QTest::newRow(kind) << std::string(kind);
}

void TestEncryption::agreesOnEveryCurve()
{
    QFETCH(const std::string, kind);
    const std::map<std::string, Key> keys{
        {"P-256", pairOf(PrivateKey::generateEc(crypto::Curve::P256))},
        {"P-384", pairOf(PrivateKey::generateEc(crypto::Curve::P384))},
        {"P-521", pairOf(PrivateKey::generateEc(crypto::Curve::P521))},
        {"X25519", pairOf(PrivateKey::generate(KeyKind::X25519))},
        {"X448", pairOf(PrivateKey::generate(KeyKind::X448))},
    };
    const Key& key = keys.at(kind);
    for (const char* algorithm : {"ECDH-ES", "ECDH-ES+A256KW"}) {
        const document::Object header{{"alg", algorithm}, {"enc", "A192GCM"}, {"apu", "QWxpY2U"}, {"apv", "Qm9i"}};
        const auto token = encryptCompact(header, text, *key.publicPart());
        CLAIMSMITH_VERIFY_RESULT(token);
        QCOMPARE(outcomeOf(decrypt(*token, {.keys = {key}})), std::string(text));
        const auto jwe = readJwe(*token);
        const document::Value* ephemeral = jwe->protectedMembers.find("epk");
        QCOMPARE(*ephemeral->findString("crv"), kind);
        QVERIFY(ephemeral->find("d") == nullptr);
        // Another party name derives another key.
        document::Object changed = jwe->protectedMembers;
        changed.set("apv", "RXZl");
        QCOMPARE(outcomeOf(decrypt(withHeader(*token, document::toJson(changed)), {.keys = {key}})),
                 "decryption-failed");
    }
    // A point on another curve is no partner.
    const Key& other = kind == "P-256" ? keys.at("P-384") : keys.at("P-256");
    const auto token = encryptCompact(R"({"alg":"ECDH-ES","enc":"A128GCM"})", text, *other.publicPart());
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {key}, .keyIds = KeyIdRule::Ignore})), "key-of-other-curve");
}

void TestEncryption::keepsTheHeaderAsTyped()
{
    const Key key = secretOf(16);
    const std::string header = "{ \"enc\" : \"A128GCM\",\n\"alg\":\"A128KW\", \"n\":1.50 }";
    const auto token = encryptCompact(header, text, key);
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(*fromBase64Url(token->substr(0, token->find('.'))), header);
}

void TestEncryption::compresses()
{
    const Key key = secretOf(32);
    const std::string plaintext(5000, 'a');
    const auto token = encryptCompact(R"({"alg":"dir","enc":"A256GCM","zip":"DEF"})", plaintext, key);
    CLAIMSMITH_VERIFY_RESULT(token);
    QVERIFY(token->size() < 200);
    const DecryptionReport report = decrypt(*token, {.keys = {key}});
    QCOMPARE(outcomeOf(report), plaintext);
    QVERIFY(report.rung(RungId::Compression).state == RungState::Passed);
    QCOMPARE(encryptCompact(R"({"alg":"dir","enc":"A256GCM","zip":"GZ"})", plaintext, key).error().code.name(),
             std::string_view("compression-unknown"));
}

void TestEncryption::boundsExpansion()
{
    const Key key = secretOf(32);
    const std::string plaintext(1000, 'a');
    const auto token = encryptCompact(R"({"alg":"dir","enc":"A256GCM","zip":"DEF"})", plaintext, key);
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {key}, .maximumPlaintext = 1000})), plaintext);
    const DecryptionReport report = decrypt(*token, {.keys = {key}, .maximumPlaintext = 999});
    QCOMPARE(outcomeOf(report), "plaintext-too-large");
    QVERIFY(report.rung(RungId::Decryption).state == RungState::Passed);
}

void TestEncryption::refusesBrokenCompression_data()
{
    QTest::addColumn<Bytes>("compressed");
    const Bytes whole(deflate(text)->view());
    QTest::newRow("no stream") << Bytes("\xff\xff\xff\xff");
    QTest::newRow("nothing") << Bytes();
    QTest::newRow("cut off") << whole.substr(0, whole.size() - 1);
    QTest::newRow("more behind it") << whole + "x";
}

void TestEncryption::refusesBrokenCompression()
{
    QFETCH(const Bytes, compressed);
    const auto result = inflate(compressed, 1000);
    QVERIFY(!result);
    QCOMPARE(result.error().code.name(), std::string_view("compression-invalid"));
}

void TestEncryption::writesJson()
{
    const Key key = pairOf(PrivateKey::generateEc(crypto::Curve::P521));
    JsonEncryption wanted{.protectedHeader = {{"enc", "A256CBC-HS512"}},
                          .sharedHeader = {{"jku", "https://example.com/keys"}},
                          .recipients = {{.key = *key.publicPart(), .header = {{"alg", "ECDH-ES"}}}},
                          .additionalData = "The Fellowship"};
    for (const Serialization form : {Serialization::Flattened, Serialization::General}) {
        wanted.form = form;
        const auto token = encryptJson(wanted, text);
        CLAIMSMITH_VERIFY_RESULT(token);
        const DecryptionReport report = decrypt(*token, {.keys = {key}});
        QCOMPARE(outcomeOf(report), std::string(text));
        QVERIFY(report.token->serialization == form);
        document::Value json = *document::parseJson(*token);
        json.asObject()->set("aad", toBase64Url("The Fellows"));
        QCOMPARE(outcomeOf(decrypt(document::toJson(json), {.keys = {key}})), "decryption-failed");
        json.asObject()->set("aad", "*");
        QCOMPARE(outcomeOf(decrypt(document::toJson(json), {.keys = {key}})), "invalid-character");
    }
}

void TestEncryption::encryptsToSeveral()
{
    const Key agreement = pairOf(PrivateKey::generate(KeyKind::X25519));
    const Key wrapping = secretOf(24);
    const JsonEncryption wanted{
        .protectedHeader = {{"enc", "A128GCM"}, {"zip", "DEF"}},
        .recipients = {{.key = *rsaKey().publicPart(), .header = {{"alg", "RSA-OAEP-256"}}},
                       {.key = *agreement.publicPart(), .header = {{"alg", "ECDH-ES+A128KW"}}},
                       {.key = wrapping, .header = {{"alg", "A192GCMKW"}}}},
    };
    const auto token = encryptJson(wanted, text);
    CLAIMSMITH_VERIFY_RESULT(token);
    std::size_t recipient = 0;
    for (const Key& key : {rsaKey(), agreement, wrapping}) {
        const DecryptionReport report = decrypt(*token, {.keys = {key}});
        QCOMPARE(outcomeOf(report), std::string(text));
        QCOMPARE(report.recipientIndex, recipient++);
    }
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {secretOf(24)}})), "decryption-failed"); // of the third
}

void TestEncryption::sharesNoDirectKey()
{
    const Key key = secretOf(16);
    JsonEncryption wanted{
        .protectedHeader = {{"enc", "A128GCM"}},
        .recipients = {{.key = key, .header = {{"alg", "A128KW"}}}, {.key = key, .header = {{"alg", "dir"}}}}};
    QCOMPARE(encryptJson(wanted, text).error().code.name(), std::string_view("direct-not-alone"));
    wanted.protectedHeader = {{"typ", "JWT"}};
    wanted.recipients = {{.key = key, .header = {{"alg", "A128KW"}, {"enc", "A128GCM"}}},
                         {.key = key, .header = {{"alg", "A128KW"}, {"enc", "A256GCM"}}}};
    QCOMPARE(encryptJson(wanted, text).error().code.name(), std::string_view("encryption-not-allowed"));
    wanted.recipients.clear();
    QCOMPARE(encryptJson(wanted, text).error().code.name(), std::string_view("no-recipients"));
}

void TestEncryption::refuses_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char* name, const char* header, const char* error) {
        QTest::newRow(name) << std::string(header) << std::string(error);
    };
    row("no alg", R"({"enc":"A128GCM"})", "algorithm-missing");
    row("alg that is no text", R"({"alg":1,"enc":"A128GCM"})", "algorithm-not-string");
    row("alg of a signature", R"({"alg":"HS256","enc":"A128GCM"})", "algorithm-unknown");
    row("alg in another case", R"({"alg":"a128kw","enc":"A128GCM"})", "algorithm-unknown");
    row("no enc", R"({"alg":"A128KW"})", "encryption-missing");
    row("enc that is no text", R"({"alg":"A128KW","enc":null})", "encryption-not-string");
    row("unknown enc", R"({"alg":"A128KW","enc":"A128CBC"})", "encryption-unknown");
    row("alg twice", R"({"alg":"A128KW","alg":"A128KW","enc":"A128GCM"})", "header-duplicate-member");
    row("unknown crit", R"({"alg":"A128KW","enc":"A128GCM","crit":["x"],"x":1})", "critical-unknown");
    row("b64 is none of JWE", R"({"alg":"A128KW","enc":"A128GCM","crit":["b64"],"b64":true})", "critical-unknown");
    row("crit of the standard", R"({"alg":"A128KW","enc":"A128GCM","crit":["enc"]})", "critical-standard");
    row("zip that is no text", R"({"alg":"A128KW","enc":"A128GCM","zip":1})", "compression-unknown");
    row("kid that is a number", R"({"alg":"A128KW","enc":"A128GCM","kid":1})", "header-member-type");
    row("an array", R"(["A128KW"])", "header-not-object");
    row("GCM wrap without iv", R"({"alg":"A128GCMKW","enc":"A128GCM","tag":"AAAAAAAAAAAAAAAAAAAAAA"})",
        "header-member-missing");
    row("GCM wrap with a short iv", R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AAAA","tag":"AAAAAAAAAAAAAAAAAAAAAA"})",
        "header-member-length");
    row("GCM wrap with a short tag", R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AAAAAAAAAAAAAAAA","tag":"AAAA"})",
        "header-member-length");
    row("GCM wrap with padding", R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AA==","tag":""})", "header-member-base64");
    row("PBES2 without salt", R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":1000})", "header-member-missing");
    row("PBES2 with a short salt", R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":1000,"p2s":"AAAA"})",
        "header-member-length");
    row("PBES2 without count", R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAAAAAAA"})",
        "header-member-missing");
    row("dir with an encrypted key", R"({"alg":"dir","enc":"A128GCM"})", "encrypted-key-present");
    row("a key of another size", R"({"alg":"A256KW","enc":"A128GCM"})", "key-of-other-size");
    row("dir with a key of another size", R"({"alg":"dir","enc":"A256GCM"})", "key-of-other-size");
    row("a key of another type", R"({"alg":"RSA-OAEP","enc":"A128GCM"})", "key-of-other-type");
    row("a nonce for another cipher", R"({"alg":"A128KW","enc":"A128CBC-HS256"})", "nonce-length");
}

void TestEncryption::refuses()
{
    QFETCH(const std::string, header);
    QFETCH(const std::string, error);
    const Key key = secretOf(16);
    const auto token = encryptCompact(R"({"alg":"A128KW","enc":"A128GCM"})", text, key);
    const DecryptionReport report = decrypt(withHeader(*token, header), {.keys = {key}});
    QCOMPARE(outcomeOf(report), error);
    QVERIFY(!report.keyIndex);
}

void TestEncryption::tellsNothingAboutPadding()
{
    // RFC 7516 §11.5: whatever is wrong inside of the encrypted key, the answer is that of a changed ciphertext.
    for (const char* algorithm : {"RSA1_5", "RSA-OAEP", "RSA-OAEP-512"}) {
        const document::Object header{{"alg", algorithm}, {"enc", "A128CBC-HS256"}};
        const auto token = encryptCompact(header, text, *rsaKey().publicPart());
        CLAIMSMITH_VERIFY_RESULT(token);
        std::vector<std::string_view> parts = split(*token, '.');
        for (const std::string& encryptedKey : {toBase64Url(Bytes(256, '\0')), toBase64Url(Bytes(255, '\1')),
                                                std::string(), toBase64Url(Bytes(10, 'x'))}) {
            parts[1] = encryptedKey;
            std::string forged;
            for (const std::string_view part : parts)
                forged.append(forged.empty() ? "" : ".").append(part);
            const DecryptionReport report = decrypt(forged, optionsFor(rsaKey(), algorithm));
            QCOMPARE(outcomeOf(report), "decryption-failed");
            QVERIFY(!report.firstProblem()->cause);
        }
    }
}

void TestEncryption::takesTheKeysWordForRsa15()
{
    const Key named = rsaKey().withMetadata({.id = {}, .use = {}, .algorithm = "RSA1_5"});
    const auto token = encryptCompact(R"({"alg":"RSA1_5","enc":"A128GCM"})", text, *named.publicPart());
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {named}})), std::string(text));
    // Beside it another key is still not tried for it.
    const DecryptionReport report = decrypt(*token, {.keys = {rsaKey(), named}});
    QCOMPARE(report.candidates[0].rejection->code.name(), std::string_view("algorithm-not-allowed"));
    QCOMPARE(report.keyIndex, std::optional<std::size_t>(1));
}

void TestEncryption::derivesWithBothParties()
{
    // RFC 7518 appendix C as a token: the derived key seals it, so that apu and apv have to be where they belong.
    const std::string epk = R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",)"
                            R"("y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"})";
    const Key bob = *readJwk(*document::parseJson(
        R"({"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",)"
        R"("y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"})"));
    const std::string header =
        toBase64Url(R"({"alg":"ECDH-ES","enc":"A128GCM","apu":"QWxpY2U","apv":"Qm9i","epk":)" + epk + "}");
    const SecretBytes contentKey(*fromBase64Url("VqqN6vgjbSBcIijNcacQGg"));
    const Bytes nonce(12, '\1');
    const auto sealed = crypto::seal(crypto::AeadKind::A128Gcm, contentKey, nonce, text, header);
    const std::string token =
        header + ".." + toBase64Url(nonce) + '.' + toBase64Url(sealed->ciphertext) + '.' + toBase64Url(sealed->tag);
    QCOMPARE(outcomeOf(decrypt(token, {.keys = {bob}})), std::string(text));
}

void TestEncryption::refusesForeignEphemeralKeys_data()
{
    QTest::addColumn<std::string>("epk");
    const Key own = pairOf(PrivateKey::generateEc(crypto::Curve::P256));
    QTest::newRow("private") << document::toJson(writeJwk(own, KeyParts::Private));
    QTest::newRow("RSA") << document::toJson(writeJwk(*rsaKey().publicPart(), KeyParts::Public));
    QTest::newRow("oct") << std::string(R"({"kty":"oct","k":"AAAA"})");
    QTest::newRow("no object") << std::string("1");
    QTest::newRow("no point of the curve")
        << std::string(R"({"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
                       R"("y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
}

void TestEncryption::refusesForeignEphemeralKeys()
{
    QFETCH(const std::string, epk);
    const Key key = pairOf(PrivateKey::generateEc(crypto::Curve::P256));
    const auto token = encryptCompact(R"({"alg":"ECDH-ES","enc":"A128GCM"})", text, *key.publicPart());
    const std::string header = R"({"alg":"ECDH-ES","enc":"A128GCM","epk":)" + epk + "}";
    QCOMPARE(outcomeOf(decrypt(withHeader(*token, header), {.keys = {key}})), "ephemeral-key-invalid");
}

void TestEncryption::boundsWorkForAllRecipients()
{
    const Key password = Key::fromSecret(SecretBytes(BytesView("right")));
    JsonEncryption wanted{.protectedHeader = {{"enc", "A128GCM"}}, .recipients = {}};
    for (const char* word : {"wrong", "wrong too", "right"})
        wanted.recipients.push_back({.key = Key::fromSecret(SecretBytes(BytesView(word))),
                                     .header = {{"alg", "PBES2-HS256+A128KW"}, {"p2c", 1000}}});
    const auto token = encryptJson(wanted, text);
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {password}, .maximumIterations = 3000})), std::string(text));
    QVERIFY(!decrypt(*token, {.keys = {password}, .maximumIterations = 2999}).isValid());
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {password}, .maximumRecipients = 2})), "too-many-recipients");
}

void TestEncryption::tellsOfTheOpenedRecipient()
{
    const Key second = secretOf(16);
    const JsonEncryption wanted{.protectedHeader = {{"enc", "A128GCM"}, {"zip", "DEF"}},
                                .recipients = {{.key = secretOf(16), .header = {{"alg", "A128KW"}}},
                                               {.key = second, .header = {{"alg", "A128KW"}}}}};
    const auto token = encryptJson(wanted, std::string(1000, 'a'));
    CLAIMSMITH_VERIFY_RESULT(token);
    const DecryptionReport report = decrypt(*token, {.keys = {second}, .maximumPlaintext = 10});
    QCOMPARE(outcomeOf(report), "plaintext-too-large");
    QCOMPARE(report.recipientIndex, std::size_t(1));
}

void TestEncryption::refusesDifferentTreatment()
{
    // RFC 7516 §7.2.1: enc is the same for all recipients.
    const std::string token = R"({"ciphertext":"AAAA","recipients":[{"header":{"alg":"A128KW","enc":"A128GCM"}},)"
                              R"({"header":{"alg":"A128KW","enc":"A256GCM"}}]})";
    QCOMPARE(outcomeOf(decrypt(token, {.keys = {secretOf(16)}})), "header-not-disjoint");
}

void TestEncryption::writesWhatItReads()
{
    const Key key = secretOf(16);
    QCOMPARE(encryptCompact(R"({"alg":"A128KW","enc":"A128GCM","kid":1})", text, key).error().code.name(),
             std::string_view("header-member-type"));
    JsonEncryption wanted{.protectedHeader = {{"enc", "A128GCM"}, {"crit", document::Array{"x"}}, {"x", 1}},
                          .recipients = {{.key = key, .header = {{"alg", "A128KW"}}}}};
    QCOMPARE(encryptJson(wanted, text).error().code.name(), std::string_view("critical-unknown"));
    wanted.protectedHeader = {{"enc", "A128GCM"}};
    wanted.additionalData = "";
    QVERIFY(encryptJson(wanted, text)->find("aad") == std::string::npos);
}

void TestEncryption::demandsKeyLength()
{
    const Key small = pairOf(PrivateKey::generateRsa(1024));
    QCOMPARE(encryptCompact(R"({"alg":"RSA-OAEP","enc":"A128GCM"})", text, *small.publicPart()).error().code.name(),
             std::string_view("key-too-short"));
    const auto token = encryptCompact(R"({"alg":"RSA-OAEP","enc":"A128GCM"})", text, *rsaKey().publicPart());
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {small}, .demandKeyLength = true})), "key-too-short");
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {small}})), "decryption-failed");
}

void TestEncryption::boundsIterations_data()
{
    QTest::addColumn<std::string>("count");
    QTest::addColumn<std::string>("outcome");
    QTest::newRow("the least") << std::string("1000") << std::string("decryption-failed");
    QTest::newRow("below it") << std::string("999") << std::string("iterations-refused");
    QTest::newRow("none") << std::string("0") << std::string("iterations-refused");
    QTest::newRow("negative") << std::string("-1000") << std::string("iterations-refused");
    QTest::newRow("the most") << std::string("2000") << std::string("decryption-failed");
    QTest::newRow("above it") << std::string("2001") << std::string("iterations-refused");
    QTest::newRow("two billion") << std::string("2147483648") << std::string("iterations-refused");
    QTest::newRow("beyond 64 bits") << std::string("1e400") << std::string("iterations-refused");
    QTest::newRow("a fraction") << std::string("1000.5") << std::string("iterations-refused");
    QTest::newRow("a text") << std::string("\"1000\"") << std::string("iterations-refused");
}

void TestEncryption::boundsIterations()
{
    QFETCH(const std::string, count);
    const Key password = Key::fromSecret(SecretBytes(BytesView("secret")));
    const auto token = encryptCompact(R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":1500})", text, password);
    CLAIMSMITH_VERIFY_RESULT(token);
    const DecryptOptions options{.keys = {password}, .maximumIterations = 2000};
    QCOMPARE(outcomeOf(decrypt(*token, options)), std::string(text));
    const std::string header =
        R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAAAAAAA","p2c":)" + count + "}";
    QTEST(outcomeOf(decrypt(withHeader(*token, header), options)), "outcome");
}

void TestEncryption::bindsKeys_data()
{
    QTest::addColumn<std::string>("member");
    QTest::addColumn<std::string>("outcome");
    const auto row = [](const char* name, const char* member, const char* outcome) {
        QTest::newRow(name) << std::string(member) << std::string(outcome);
    };
    row("its own alg", R"("alg":"dir")", "");
    row("alg that names the content encryption", R"("alg":"A128GCM")", "");
    row("another alg", R"("alg":"A128KW")", "key-for-other-algorithm");
    row("enc", R"("use":"enc")", "");
    row("sig", R"("use":"sig")", "key-for-other-use");
    row("decrypt", R"("key_ops":["decrypt"])", "");
    row("encrypt alone", R"("key_ops":["encrypt"])", "key-for-other-operation");
    row("no operation", R"("key_ops":[])", "key-for-other-operation");
    row("another kid", R"("kid":"other")", "key-of-other-id");
}

void TestEncryption::bindsKeys()
{
    QFETCH(const std::string, member);
    QFETCH(std::string, outcome);
    const Key plain = secretOf(16).withMetadata({});
    const auto token = encryptCompact(R"({"alg":"dir","enc":"A128GCM","kid":"mine"})", text, plain);
    const std::string jwk = R"({"kty":"oct","k":")" + toBase64Url(plain.secret()->view()) + "\"," + member + "}";
    const Key bound = *readJwk(*document::parseJson(jwk));
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {bound}})), outcome.empty() ? std::string(text) : outcome);
}

void TestEncryption::choosesByKid()
{
    const Key first = secretOf(16).withMetadata({.id = "first", .use = {}, .algorithm = {}});
    const Key second = secretOf(16).withMetadata({.id = "second", .use = {}, .algorithm = {}});
    const auto token = encryptCompact(R"({"alg":"A128KW","enc":"A128GCM","kid":"second"})", text, second);
    const DecryptionReport report = decrypt(*token, {.keys = {first, second}});
    QCOMPARE(outcomeOf(report), std::string(text));
    QCOMPARE(report.keyIndex, std::optional<std::size_t>(1));
    QVERIFY(report.candidates[0].rejection.has_value());
    QVERIFY(report.candidates[1].verified);
    // Without a kid all are tried.
    const auto anonymous = encryptCompact(R"({"alg":"A128KW","enc":"A128GCM"})", text, second);
    QCOMPARE(decrypt(*anonymous, {.keys = {first, second}}).keyIndex, std::optional<std::size_t>(1));
    QCOMPARE(outcomeOf(decrypt(*anonymous, {.keys = {first}})), "decryption-failed");
    QCOMPARE(outcomeOf(decrypt(*anonymous, {.keys = {}})), "no-keys");
}

void TestEncryption::refusesRsa15UnlessNamed()
{
    const auto token = encryptCompact(R"({"alg":"RSA1_5","enc":"A128GCM"})", text, *rsaKey().publicPart());
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {rsaKey()}})), "algorithm-not-allowed");
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {rsaKey()}, .algorithms = {KeyManagement::RsaOaep}})),
             "algorithm-not-allowed");
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {rsaKey()}, .algorithms = {KeyManagement::Rsa1_5}})),
             std::string(text));
    QCOMPARE(outcomeOf(decrypt(*token, {.keys = {*rsaKey().publicPart()}, .algorithms = {KeyManagement::Rsa1_5}})),
             "key-not-private");
}

void TestEncryption::listsWhatAKeyFits()
{
    QCOMPARE(keyManagementsFor(rsaKey()).size(), std::size_t(4));
    QCOMPARE(keyManagementsFor(pairOf(PrivateKey::generate(KeyKind::X448))).size(), std::size_t(4));
    QVERIFY(keyManagementsFor(pairOf(PrivateKey::generate(KeyKind::Ed25519))).empty());
    QVERIFY(keyManagementsFor(pairOf(PrivateKey::generateEc(crypto::Curve::Secp256k1))).empty());
    const Key bound = secretOf(24).withMetadata({.id = {}, .use = {}, .algorithm = "A192GCMKW"});
    QVERIFY(keyManagementsFor(bound).front() == KeyManagement::A192GcmKw);
}

void TestEncryption::findsProblemsInParts_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char* name, std::string token, const char* error) {
        QTest::newRow(name) << std::move(token) << std::string(error);
    };
    row("empty", "", "empty-token");
    row("a JWS", "e30.e30.", "signed-token");
    row("four parts", "a.b.c.d", "wrong-part-count");
    row("six parts", "a.b.c.d.e.f", "wrong-part-count");
    row("no header", ".AAAA.AAAA.AAAA.AAAA", "header-empty");
    row("padding", "e30=.AAAA.AAAA.AAAA.AAAA", "padded-base64");
    row("unused bits", "e30.AB.AAAA.AAAA.AAAA", "non-canonical-base64");
    row("line end", "e30.AAAA.AAAA.AA\nAA.AAAA", "invalid-character");
    row("no JSON", "{", "serialization-invalid");
    row("a signed JSON", R"({"payload":"","signature":""})", "signed-token");
    row("no ciphertext", R"({"iv":""})", "serialization-member");
    row("recipients beside a key", R"({"ciphertext":"","encrypted_key":"","recipients":[{}]})", "serialization-mixed");
    row("recipients that are none", R"({"ciphertext":"","recipients":[]})", "no-recipients");
    row("a recipient that is none", R"({"ciphertext":"","recipients":[1]})", "serialization-member");
    row("a member in two headers", R"({"protected":"eyJhIjoxfQ","unprotected":{"a":1},"ciphertext":""})",
        "header-not-disjoint");
    row("a member in both unprotected", R"({"header":{"a":1},"unprotected":{"a":1},"ciphertext":""})",
        "header-not-disjoint");
    row("zip outside", R"({"header":{"alg":"dir","enc":"A128GCM","zip":"DEF"},"ciphertext":""})",
        "compression-unprotected");
    row("crit outside", R"({"header":{"alg":"dir","enc":"A128GCM","crit":["x"],"x":1},"ciphertext":""})",
        "critical-unprotected");
}

void TestEncryption::findsProblemsInParts()
{
    QFETCH(const std::string, token);
    QTEST(outcomeOf(decrypt(token, {.keys = {secretOf(16)}})), "error");
}

QTEST_APPLESS_MAIN(TestEncryption)
#include "tst_encryption.moc"
