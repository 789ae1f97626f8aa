// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's contract, by running the program.
#include "support/data.h"
#include "support/testing.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace {

struct Outcome
{
    int status = -1;
    QByteArray output;
    QByteArray diagnostics;

    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    QByteArray line() const { return output.trimmed(); }
};

Outcome run(const QStringList& words, const QByteArray& input = {}, const QString& secret = {})
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("CLAIMSMITH_SECRET"));
    if (!secret.isNull())
        environment.insert(QStringLiteral("CLAIMSMITH_SECRET"), secret);
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(CLAIMSMITH_BINARY_DIR "/bin/claimctl"), words);
    program.write(input);
    program.closeWriteChannel();
    program.waitForFinished(60'000);
    return {.status = program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1,
            .output = program.readAllStandardOutput(),
            .diagnostics = program.readAllStandardError()};
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString keyFile(const char* name)
{
    return QStringLiteral(CLAIMSMITH_TEST_DATA "/keys/") + QString::fromUtf8(name);
}

} // namespace

class TestClaimctl : public QObject
{
    Q_OBJECT

private slots:
    void endsAsTheContractSays_data();
    void endsAsTheContractSays();
    void signsExactlyWhatIsTyped();
    void takesSecretsFromEverywhereButTheArguments();
    void verifiesToTheEnd();
    void saysWhatTheSecretShouldHaveBeen();
    void decodesWithoutVerifying();
    void verifiesABatch();
    void bindsKeysInABatch_data();
    void bindsKeysInABatch();
    void writesKeysForTheirOwnerOnly();
    void convertsKeys();
    void asksForThePassphrase();
    void joinsPublicPartsOnly();
    void encryptsAndDecrypts();
    void keepsTheAlgorithmThatWasAsked();
    void decryptsABatch();
    void tellsWhyTheInnerTokenIsRefused();
    void writesNoForeignLines();
    void refusesContradictoryKeys();
    void attacksOnlyThisMachine();
    void lintsAndCompares();
    void saysWhatOfAScenarioFailed();

private:
    QString file(const QByteArray& content);

    QTemporaryDir m_folder;
    int m_files = 0;
};

QString TestClaimctl::file(const QByteArray& content)
{
    QFile file(m_folder.filePath(QString::number(++m_files)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the test's folder can't be written");
    return file.fileName();
}

void TestClaimctl::endsAsTheContractSays_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("diagnostics");
    const auto row = [](const char* name, const char* arguments, int status, const char* output,
                        const char* diagnostics) {
        QTest::newRow(name) << words(arguments) << status << QByteArray(output) << QByteArray(diagnostics);
    };
    row("nothing", "", 2, "", "usage: claimctl");
    row("help", "--help", 0, "jwt verify", "");
    row("help of a group", "jwt --help", 0, "jwt sign", "");
    row("a group alone", "jwt", 2, "", "jwt sign");
    row("help of a command", "jwt sign --help", 0, "--secret-file FILE", "");
    row("version", "--version", 0, "claimctl ", "");
    row("an unknown command", "jwt guess", 2, "", "no such command: jwt guess");
    row("an unknown option", "jwt sign --secret x", 2, "", "unknown option: --secret");
    row("a value missing", "jwt sign --key", 2, "", "a value is missing: --key");
    row("a value too many", "jwt verify --json=yes", 2, "", "takes no value: --json");
    row("an option twice", "jwt sign --key a --key b", 2, "", "given twice: --key");
    row("an operand too many", "jwt sign token", 2, "", "unexpected argument: token");
    row("no key", "jwt sign", 2, "", "a key is needed");
    row("two keys", "jwt sign --key a --secret-file b", 2, "", "either --key or --secret-file");
    row("a missing file", "jwt sign --key /nonexistent", 3, "", "/nonexistent: No such file");
    row("a token that is none", "jwt decode abc", 1, "", "wrong-part-count");
    row("an unknown algorithm", "jwk generate --alg HS1", 2, "", "no such algorithm: HS1");
    row("no scenario", "test", 2, "", "test takes the files of scenarios");
    row("a missing scenario", "test /nonexistent", 3, "", "/nonexistent");
    row("an unknown reporter", "test a.yaml --reporter html", 2, "", "--reporter takes tap, junit or json");
    row("a scenario", "test " CLAIMSMITH_SOURCE_DIR "/resources/samples/lab", 0, "ok 5 - Limit how long", "");
    row("an impossible size", "jwk generate --alg RS256 --bits 512", 2, "", "size-refused");
}

void TestClaimctl::endsAsTheContractSays()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, diagnostics);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.output.contains(output), outcome.output.constData());
    QVERIFY2(outcome.diagnostics.contains(diagnostics), outcome.diagnostics.constData());
    QCOMPARE(outcome.output.isEmpty(), output.isEmpty());
    QCOMPARE(outcome.diagnostics.isEmpty(), diagnostics.isEmpty());
}

void TestClaimctl::signsExactlyWhatIsTyped()
{
    const QByteArray header = "{ \"alg\":\"HS256\" , \"typ\":\"JWT\"}";
    const QByteArray payload = "{\"n\":1.0,\"big\":9007199254740993, \"e\":1e3}";
    const Outcome outcome = run({QStringLiteral("jwt"), QStringLiteral("sign"), QStringLiteral("--header"),
                                 QString::fromUtf8(header), QStringLiteral("--payload"), QStringLiteral("-")},
                                payload, QStringLiteral("a secret"));
    QCOMPARE(outcome.status, 0);
    const QList<QByteArray> parts = outcome.line().split('.');
    QCOMPARE(QByteArray::fromBase64(parts[0], QByteArray::Base64UrlEncoding), header);
    QCOMPARE(QByteArray::fromBase64(parts[1], QByteArray::Base64UrlEncoding), payload);
}

void TestClaimctl::takesSecretsFromEverywhereButTheArguments()
{
    const QByteArray token = run(words("jwt sign"), {}, QStringLiteral("secret")).line();
    QVERIFY(!token.isEmpty());
    const QStringList sign = words("jwt sign --secret-file");
    QCOMPARE(run(sign + QStringList{file("secret")}).line(), token);
    QCOMPARE(run(sign + QStringList{file("secret\n")}).line(), token);
    QCOMPARE(run(sign + QStringList{file("secret\r\n")}).line(), token);
    QVERIFY(run(sign + QStringList{file("secret\n\n")}).line() != token);
    QCOMPARE(run(sign + QStringList{QStringLiteral("-")}, "secret").line(), token);
    QCOMPARE(run(sign + QStringList{file("c2VjcmV0")} + words("--secret-encoding base64")).line(), token);
    QCOMPARE(run(sign + QStringList{file("736563726574\n")} + words("--secret-encoding hex")).line(), token);
    QCOMPARE(run(sign + QStringList{file("zz")} + words("--secret-encoding hex")).status, 2);
    QCOMPARE(run(sign + QStringList{file("")}).status, 2);
}

void TestClaimctl::verifiesToTheEnd()
{
    const QByteArray token = run({QStringLiteral("jwt"), QStringLiteral("sign"), QStringLiteral("--payload"),
                                  QStringLiteral("{\"exp\":1000,\"aud\":\"a\"}")},
                                 {}, QStringLiteral("secret"))
                                 .line();
    const Outcome good = run(words("jwt verify --json --now 999"), token + '\n', QStringLiteral("secret"));
    QCOMPARE(good.status, 0);
    QCOMPARE(good.json()[QStringLiteral("valid")].toBool(), true);
    QVERIFY(good.json()[QStringLiteral("error")].isNull());

    const Outcome bad =
        run(words("jwt verify --json --now 1000 --aud b --alg HS512"), "Bearer " + token, QStringLiteral("other"));
    QCOMPARE(bad.status, 1);
    QStringList failed;
    for (const QJsonValue rung : bad.json()[QStringLiteral("rungs")].toArray()) {
        if (rung[QStringLiteral("state")] == QStringLiteral("failed"))
            failed.append(rung[QStringLiteral("error")].toString());
    }
    QCOMPARE(failed, words("algorithm-not-allowed signature-mismatch token-expired claim-mismatch"));

    const Outcome plain = run(words("jwt verify --now 1000"), token, QStringLiteral("secret"));
    QCOMPARE(plain.status, 1);
    QVERIFY(plain.output.contains("passed  signature"));
    QVERIFY(plain.output.contains("failed  expiration: token-expired"));
    QVERIFY(plain.output.endsWith("not valid\n"));
}

void TestClaimctl::saysWhatTheSecretShouldHaveBeen()
{
    const QByteArray token = run(words("jwt sign"), {}, QStringLiteral("c2VjcmV0")).line();
    const Outcome outcome =
        run(words("jwt verify --json --secret-encoding base64 --secret-file") + QStringList{file("c2VjcmV0")}, token);
    QCOMPARE(outcome.status, 1);
    QCOMPARE(outcome.json()[QStringLiteral("cause")].toString(), QStringLiteral("secret-is-text"));
}

void TestClaimctl::decodesWithoutVerifying()
{
    // {"alg":"HS256"} and {"n":1.0}
    const Outcome outcome = run(words("jwt decode --json eyJhbGciOiJIUzI1NiJ9.eyJuIjoxLjB9.AAAA"));
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.line(), QByteArray(R"({"header":{"alg":"HS256"},"signature":"AAAA","payload":{"n":1.0}})"));
    const Outcome broken = run(words("jwt decode --json eyJhbGciOiJIUzI1NiJ9.eyJuIjoxLjB9.A"));
    QCOMPARE(broken.status, 1);
    QVERIFY(broken.output.contains("{\"n\":1.0}"));
    QVERIFY(broken.diagnostics.contains("invalid-base64-length"));
}

void TestClaimctl::verifiesABatch()
{
    const QByteArray token = run({QStringLiteral("jwt"), QStringLiteral("sign"), QStringLiteral("--payload"),
                                  QStringLiteral("{\"exp\":1000}")},
                                 {}, QStringLiteral("secret"))
                                 .line();
    const QByteArray notClaims =
        run({QStringLiteral("jwt"), QStringLiteral("sign"), QStringLiteral("--payload"), QStringLiteral("[]")}, {},
            QStringLiteral("secret"))
            .line();
    const QByteArray detached = run(words("jwt sign --detached --payload text"), {}, QStringLiteral("secret")).line();
    const QList<QByteArray> parts = token.split('.');
    const QByteArray flattened =
        R"({"payload":")" + parts[1] + R"(","protected":")" + parts[0] + R"(","signature":")" + parts[2] + "\"}";
    const auto row = [](const QByteArray& id, const QByteArray& content, const QByteArray& more) {
        return R"({"id":)" + id + R"(,"token":)" + content + R"(,"secret":"secret")" + more + "}\n";
    };
    const auto quoted = [](const QByteArray& text) { return '"' + text + '"'; };
    const QByteArray lines =
        row("1", quoted(token), "") + row("\"two\"", quoted(token), R"(,"claims":true,"now":999)") +
        row("3", quoted(token), R"(,"claims":true,"now":1000)") + row("4", quoted(token), R"(,"alg":"HS512")") +
        row("5", flattened, "") + row("6", quoted(detached), R"(,"detached_payload":"text")") +
        row("7", quoted(detached), R"(,"detached_payload":"Text")") + "\n" + row("8", quoted(notClaims), "") +
        row("9", quoted(notClaims), R"(,"claims":true)") + R"({"id":10,"token":"a.b.c"})" + "\n" + "nonsense\n";
    const Outcome outcome = run(words("jwt verify --json --batch") + QStringList{file(lines)});
    QCOMPARE(outcome.status, 1);
    const QByteArray expected = R"({"id":1,"valid":true,"error":null}
{"id":"two","valid":true,"error":null}
{"id":3,"valid":false,"error":"token-expired"}
{"id":4,"valid":false,"error":"algorithm-not-allowed"}
{"id":5,"valid":true,"error":null}
{"id":6,"valid":true,"error":null}
{"id":7,"valid":false,"error":"signature-mismatch"}
{"id":8,"valid":true,"error":null}
{"id":9,"valid":false,"error":"payload-not-object"}
{"id":10,"valid":false,"error":"key-missing"}
{"id":null,"valid":false,"error":"unexpected-character"}
)";
    QCOMPARE(outcome.output, expected);
    QCOMPARE(run(words("jwt verify --json --batch -"), row("1", quoted(token), "")).status, 0);
}

void TestClaimctl::bindsKeysInABatch_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("free") << QByteArray() << QByteArray("null");
    QTest::newRow("alg that is it") << QByteArray(R"(,"alg":"HS256")") << QByteArray("null");
    QTest::newRow("another alg") << QByteArray(R"(,"alg":"HS384")") << QByteArray("\"key-for-other-algorithm\"");
    QTest::newRow("for encryption") << QByteArray(R"(,"use":"enc")") << QByteArray("\"key-for-other-use\"");
    QTest::newRow("for wrapping") << QByteArray(R"(,"key_ops":["wrapKey"])")
                                  << QByteArray("\"key-for-other-operation\"");
}

void TestClaimctl::bindsKeysInABatch()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, error);
    const QByteArray token = run(words("jwt sign"), {}, QStringLiteral("01234567890123456789012345678901")).line();
    const QByteArray jwk = R"({"kty":"oct","k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE")" + more + '}';
    const Outcome alone =
        run(words("jwt verify --json --batch -"), R"({"id":1,"token":")" + token + R"(","jwk":)" + jwk + '}');
    QCOMPARE(alone.line(),
             R"({"id":1,"valid":)" + QByteArray(error == "null" ? "true" : "false") + R"(,"error":)" + error + '}');
    const Outcome inSet = run(words("jwt verify --json --batch -"),
                              R"({"id":1,"token":")" + token + R"(","jwks":{"keys":[)" + jwk + "]}}");
    QCOMPARE(inSet.output, alone.output);
}

void TestClaimctl::writesKeysForTheirOwnerOnly()
{
    const QString path = m_folder.filePath(QStringLiteral("new.jwk"));
    QCOMPARE(run(words("jwk generate --alg ES256 --kid mine --out") + QStringList{path}).status, 0);
    QCOMPARE(QFileInfo(path).permissions() &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    const QJsonObject open = run(words("jwk public --key") + QStringList{path}).json();
    QCOMPARE(open[QStringLiteral("kid")].toString(), QStringLiteral("mine"));
    QVERIFY(!open.contains(QStringLiteral("d")));
    QCOMPARE(run(words("jwk generate --out /nonexistent/key")).status, 3);
}

void TestClaimctl::convertsKeys()
{
    for (const char* name : {"rsa.pkcs8.pem", "ec.p256.pkcs8.pem", "ed25519.pkcs8.pem"}) {
        const Outcome jwk = run(words("jwk convert --key") + QStringList{keyFile(name)});
        QCOMPARE(jwk.status, 0);
        const Outcome pem = run(words("jwk convert --to pem --key -"), jwk.output);
        QCOMPARE(pem.output, QByteArray::fromStdString(claimsmith::test::testData(std::string("keys/") + name)));
    }
    QCOMPARE(run(words("jwk convert --to pkcs1 --key") + QStringList{keyFile("rsa.pkcs8.pem")}).output,
             QByteArray::fromStdString(claimsmith::test::testData("keys/rsa.pkcs1.pem")));
    QCOMPARE(run(words("jwk convert --to pkcs1 --key") + QStringList{keyFile("ed25519.pkcs8.pem")}).status, 2);
    QCOMPARE(run(words("jwk convert --to xml --key") + QStringList{keyFile("ed25519.pkcs8.pem")}).status, 2);
}

void TestClaimctl::asksForThePassphrase()
{
    const QStringList convert = words("jwk convert --to pem --key") + QStringList{keyFile("rsa.encrypted-pkcs8.pem")};
    const Outcome without = run(convert);
    QCOMPARE(without.status, 2);
    QVERIFY(without.diagnostics.contains("passphrase-needed"));
    const Outcome wrong = run(convert + QStringList{QStringLiteral("--passphrase-file"), file("close sesame")});
    QVERIFY(wrong.diagnostics.contains("passphrase-wrong"));
    const Outcome right = run(convert + QStringList{QStringLiteral("--passphrase-file"), file("open sesame\n")});
    QCOMPARE(right.output, QByteArray::fromStdString(claimsmith::test::testData("keys/rsa.pkcs8.pem")));
}

void TestClaimctl::joinsPublicPartsOnly()
{
    const QStringList files{keyFile("rsa.pkcs8.pem"), keyFile("ec.p256.spki.pem")};
    const QJsonArray keys = run(words("jwk set") + files).json()[QStringLiteral("keys")].toArray();
    QCOMPARE(keys.size(), 2);
    QVERIFY(!keys[0].toObject().contains(QStringLiteral("d")));
    QVERIFY(run(words("jwk set --private") + files).output.contains("\"d\":"));
    const QString secret = file(R"({"kty":"oct","k":"AQID"})");
    QCOMPARE(run(words("jwk set") + QStringList{secret}).status, 2);
}

void TestClaimctl::saysWhatOfAScenarioFailed()
{
    const QString scenario = file("configuration: {_format_version: '3.0'}\n"
                                  "steps:\n- {name: none, request: GET /, expect: {status: 200}}\n");
    const QString junit = m_folder.filePath(QStringLiteral("junit.xml"));
    const Outcome outcome = run({QStringLiteral("test"), scenario, QStringLiteral("--reporter"), QStringLiteral("tap"),
                                 QStringLiteral("--reporter"), QStringLiteral("junit=") + junit});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.output.contains("/status: expected 200, found 404"), outcome.output.constData());
    QFile report(junit);
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains("failures=\"1\""));
}

void TestClaimctl::encryptsAndDecrypts()
{
    const QString key = file(run(words("jwk generate --alg ECDH-ES+A128KW --crv X25519")).output);
    const Outcome token = run({"jwt", "encrypt", "--key", key, "--payload", "-", "--zip"}, "some text\n");
    QCOMPARE(token.status, 0);
    const Outcome opened = run({"jwt", "decrypt", "--key", key}, token.output);
    QCOMPARE(opened.status, 0);
    QCOMPARE(opened.output, QByteArray("some text\n"));
    const Outcome refused =
        run({"jwt", "decrypt", "--key", file(run(words("jwk generate --alg ECDH-ES+A128KW --crv X25519")).output)},
            token.output);
    QCOMPARE(refused.status, 1);
    QVERIFY(refused.output.isEmpty()); // where the content is expected stands nothing else
    QVERIFY(refused.diagnostics.contains("decryption"));
}

void TestClaimctl::keepsTheAlgorithmThatWasAsked()
{
    const QString key = keyFile("rsa.spki.pem");
    const Outcome token =
        run({"jwt", "encrypt", "--key", key, "--alg", "RSA-OAEP-512", "--also-for", key, "--payload", "x"});
    QCOMPARE(token.status, 0);
    const QJsonArray recipients = token.json()[QStringLiteral("recipients")].toArray();
    QCOMPARE(recipients.size(), 2);
    QCOMPARE(recipients[0][QStringLiteral("header")][QStringLiteral("alg")].toString(), QStringLiteral("RSA-OAEP-512"));
    QCOMPARE(recipients[1][QStringLiteral("header")][QStringLiteral("alg")].toString(), QStringLiteral("RSA-OAEP-256"));
}

void TestClaimctl::decryptsABatch()
{
    const QByteArray lines =
        R"({"id":1,"token":"eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ","jwk":{"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"}}
{"id":2,"token":"a.b.c","secret":"x"}
{"id":3,"secret":"x"}
)";
    const Outcome outcome = run({"jwt", "decrypt", "--batch", "-", "--json"}, lines);
    QCOMPARE(outcome.status, 1);
    const QList<QByteArray> answers = outcome.line().split('\n');
    QCOMPARE(answers.size(), 3);
    QCOMPARE(answers[0],
             QByteArray(R"({"id":1,"valid":true,"error":null,"plaintext_b64u":"TGl2ZSBsb25nIGFuZCBwcm9zcGVyLg"})"));
    QCOMPARE(answers[1], QByteArray(R"({"id":2,"valid":false,"error":"signed-token","plaintext_b64u":null})"));
    QCOMPARE(answers[2], QByteArray(R"({"id":3,"valid":false,"error":"token-missing","plaintext_b64u":null})"));
}

void TestClaimctl::tellsWhyTheInnerTokenIsRefused()
{
    const QString outer = file(run(words("jwk generate --alg A128KW")).output);
    const QString signer = file(run(words("jwk generate --alg HS256 --kid a")).output);
    const QString stranger = file(run(words("jwk generate --alg HS256 --kid a")).output);
    const Outcome token = run({"jwt", "encrypt", "--key", outer, "--sign-key", signer, "--payload", "{}"});
    QCOMPARE(run({"jwt", "decrypt", "--key", outer, "--verify-key", signer}, token.output).output, QByteArray("{}"));
    const Outcome refused = run({"jwt", "decrypt", "--json", "--key", outer, "--verify-key", stranger}, token.output);
    QCOMPARE(refused.status, 1);
    QCOMPARE(refused.json()[QStringLiteral("error")].toString(), QStringLiteral("signature-mismatch"));
}

void TestClaimctl::writesNoForeignLines()
{
    const QByteArray jwk =
        R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"x\nssh-ed25519 AAAA"})";
    const Outcome line = run({"jwk", "public", "--to", "ssh", "--key", file(jwk)});
    QCOMPARE(line.status, 0);
    QCOMPARE(line.output.count('\n'), 1);
    QCOMPARE(line.output.count("ssh-ed25519"), 1);
}

void TestClaimctl::refusesContradictoryKeys()
{
    for (const char* line : {"jwk generate --alg A128KW --crv X25519", "jwk generate --alg A128KW --bits 256",
                             "jwk generate --alg EdDSA --to ssh", "jwk generate --kty EC --crv Ed25519"})
        QCOMPARE(run(words(line)).status, 2);
    QCOMPARE(run(words("jwk generate --alg A128KW --bits 128")).status, 0);
}

void TestClaimctl::attacksOnlyThisMachine()
{
    const QString key = file(run(words("jwk generate --alg ES256")).output);
    const QByteArray token = run({"jwt", "sign", "--key", key, "--payload", R"({"iss":"a","exp":4102444800})"}).line();
    const Outcome refused = run({"jwt", "attack", "--target", "http://example.com/"}, token);
    QCOMPARE(refused.status, 2);
    QVERIFY(refused.diagnostics.contains("--i-own-this-target"));
    const Outcome offline = run({"jwt", "attack", "--offline", "--json", "--public-key", key}, token);
    QCOMPARE(offline.status, 0); // without the signer there is nothing that our verifier takes
    QVERIFY(offline.json()[QStringLiteral("cells")].toArray().size() > 150);
    QVERIFY(run({"jwt", "forge", "--variant", "alg-none"}, token).output.startsWith("alg-none\tnone\t"));
}

void TestClaimctl::lintsAndCompares()
{
    const QByteArray token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJhIn0.";
    const Outcome lint = run({"jwt", "lint", "--json"}, token);
    QCOMPARE(lint.status, 1);
    const QJsonObject worst = lint.json()[QStringLiteral("findings")][0].toObject();
    QCOMPARE(worst[QStringLiteral("best_practice")].toString(), QStringLiteral("RFC 8725 \u00a73.2"));
    QVERIFY(!worst[QStringLiteral("fix")].toString().isEmpty());
    QVERIFY(run({"jwt", "explain"}, token).output.contains("Who made the token."));
    const QString text = QString::fromLatin1(token);
    QCOMPARE(run({"jwt", "compare", text, text}).status, 0);
    const Outcome differs = run({"jwt", "compare", text, QStringLiteral("eyJhbGciOiJub25lIn0.eyJpc3MiOiJiIn0.")});
    QCOMPARE(differs.status, 1);
    QVERIFY(differs.output.contains("~ claims/iss \"a\" -> \"b\""));
}

QTEST_GUILESS_MAIN(TestClaimctl)
#include "tst_claimctl.moc"
