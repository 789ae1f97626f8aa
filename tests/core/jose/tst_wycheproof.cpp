// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every vector of Project Wycheproof about JWS, JWE and JWK. Where Claimsmith decides otherwise, the table below says
// why.
#include "jose/decrypt.h"
#include "jose/verify.h"

#include "base/base64.h"
#include "crypto/derive.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "support/data.h"
#include "support/testing.h"

#include <algorithm>
#include <array>

using namespace claimsmith;
using namespace claimsmith::jose;
using document::Value;

namespace {

/// A vector on which Claimsmith decides otherwise, on purpose.
struct Otherwise
{
    std::string_view file;
    std::int64_t first; ///< tcId
    std::int64_t last;
    bool accepts; ///< what Claimsmith does
    std::string_view reason;
};

constexpr std::string_view readsJson = "JSON serialisations are read as well as compact ones, by the same rules";
constexpr std::string_view bindsEachKey =
    "a set may mix kinds of keys and repeat a kid: each key is tried for its own kind of algorithm only";

constexpr std::string_view isBound = "the JWK's alg names another algorithm, or none that exists (RFC 7517 §4.4)";
constexpr std::string_view isTheValidOne = "the text is, octet for octet, the valid token of vector 357";
constexpr std::string_view isNoBase64 = "a character that base64url lacks is an error, not ignored (RFC 7515 §2)";

constexpr std::array<Otherwise, 11> otherwise{{
    {"json_web_signature", 346, 347, false, isBound},
    {"json_web_signature", 350, 351, false, isBound},
    {"json_web_signature", 367, 367, true, isTheValidOne},
    {"json_web_signature", 370, 370, true, isTheValidOne},
    {"json_web_signature", 372, 373, false, isNoBase64},
    {"json_web_encryption", 22, 22, true, readsJson},
    {"json_web_key", 1, 1, true, bindsEachKey},
    {"json_web_key", 4, 4, true, bindsEachKey},
    {"json_web_crypto", 17, 17, true, readsJson},
    {"json_web_crypto", 47, 47, true, bindsEachKey},
    {"json_web_crypto", 66, 66, true, readsJson},
}};

const Otherwise* findOtherwise(std::string_view file, std::int64_t id)
{
    const auto found = std::ranges::find_if(
        otherwise, [&](const Otherwise& each) { return each.file == file && id >= each.first && id <= each.last; });
    return found == otherwise.end() ? nullptr : &*found;
}

struct Vector
{
    std::string file;
    Value group;
    Value test;

    std::int64_t id() const { return *test.findInteger("tcId"); }
    bool isValid() const { return *test.findString("result") == "valid"; }
    bool isEncrypted() const { return test.find("jwe") != nullptr; }
    std::string token() const
    {
        const Value& member = *test.find(isEncrypted() ? "jwe" : "jws");
        return member.asString() != nullptr ? *member.asString() : document::toJson(member);
    }
};

std::vector<Vector> vectorsOf(const std::string& file)
{
    std::vector<Vector> vectors;
    const Value content = *document::parseJson(test::testData("wycheproof/" + file + "_test.json"));
    for (const Value& group : *content.find("testGroups")->asArray()) {
        Value head = group;
        head.asObject()->remove("tests");
        for (const Value& test : *group.find("tests")->asArray())
            vectors.push_back({.file = file, .group = head, .test = test});
    }
    return vectors;
}

/// The keys of a member that is a JWK or a set; those that can't be read are left out, as in any set.
KeySet keysOf(const Value& member)
{
    if (member.find("keys") != nullptr)
        return *readJwks(member);
    KeySet set;
    if (auto key = readJwk(member))
        set.keys.push_back(std::move(key).value());
    return set;
}

bool verifies(const Vector& vector)
{
    const Value* open = vector.group.find("public");
    const KeySet set = keysOf(open != nullptr ? *open : *vector.group.find("private"));
    const VerificationReport report =
        verify(vector.token(), {.keys = set.keys, .claims = std::nullopt, .demandKeyLength = true});
    return report.isValid();
}

bool decrypts(const Vector& vector)
{
    const KeySet set = keysOf(*vector.group.find("private"));
    const DecryptionReport report = decrypt(vector.token(), {.keys = set.keys});
    const std::string* plaintext = vector.test.findString("pt");
    // An invalid vector must not open at all, whatever text it would give.
    const bool isRight = !vector.isValid() || plaintext == nullptr ||
                         (report.isValid() && toHex(report.plaintext->view()) == *plaintext);
    return report.isValid() && isRight;
}

} // namespace

Q_DECLARE_METATYPE(Vector)

class TestWycheproof : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void agrees_data();
    void agrees();
    void listsNothingThatIsNotSo();
};

void TestWycheproof::decides_data()
{
    QTest::addColumn<Vector>("vector");
    for (const char* file : {"json_web_signature", "json_web_encryption", "json_web_key", "json_web_crypto"}) {
        for (const Vector& vector : vectorsOf(file)) {
            const std::string row =
                vector.file + " " + std::to_string(vector.id()) + " " + *vector.test.findString("comment");
            QTest::newRow(row.c_str()) << vector;
        }
    }
}

void TestWycheproof::decides()
{
    QFETCH(const Vector, vector);
    const bool accepted = vector.isEncrypted() ? decrypts(vector) : verifies(vector);
    const Otherwise* listed = findOtherwise(vector.file, vector.id());
    if (listed == nullptr) {
        QCOMPARE(accepted, vector.isValid());
        return;
    }
    QCOMPARE(accepted, listed->accepts);
}

void TestWycheproof::agrees_data()
{
    QTest::addColumn<Vector>("vector");
    for (const char* file : {"x25519_jwk", "x448_jwk", "ecdh_secp256r1_webcrypto", "ecdh_secp384r1_webcrypto",
                             "ecdh_secp521r1_webcrypto"}) {
        for (const Vector& vector : vectorsOf(file)) {
            const std::string row =
                vector.file + " " + std::to_string(vector.id()) + " " + *vector.test.findString("comment");
            QTest::newRow(row.c_str()) << vector;
        }
    }
}

void TestWycheproof::agrees()
{
    QFETCH(const Vector, vector);
    const auto own = readJwk(*vector.test.find("private"));
    const auto peer = readJwk(*vector.test.find("public"));
    const auto secret = own && peer && own->privateKey() != nullptr && peer->publicKey() != nullptr
                            ? crypto::agree(*own->privateKey(), *peer->publicKey())
                            : Result<SecretBytes>(Error{.code = JoseErrorCode::KeyNotRecognised});
    if (secret)
        QCOMPARE(toHex(secret->view()), *vector.test.findString("shared"));
    if (*vector.test.findString("result") != "acceptable")
        QCOMPARE(secret.hasValue(), vector.isValid());
}

void TestWycheproof::listsNothingThatIsNotSo()
{
    for (const Otherwise& each : otherwise) {
        for (const Vector& vector : vectorsOf(std::string(each.file))) {
            if (vector.id() >= each.first && vector.id() <= each.last)
                QVERIFY2(vector.isValid() != each.accepts, std::to_string(vector.id()).c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestWycheproof)
#include "tst_wycheproof.moc"
