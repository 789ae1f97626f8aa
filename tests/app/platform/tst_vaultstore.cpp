// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/vaultstore.h"

#include "support/testing.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

/// Waits for the answer to open(); empty while there is none.
std::optional<Result<void>> open(VaultStore& vault, std::string_view passphrase)
{
    std::optional<Result<void>> answer;
    vault.open(SecretBytes(passphrase), [&answer](Result<void> result) { answer = std::move(result); });
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, 30000);
    return answer;
}

std::optional<std::string> read(VaultStore& vault, const std::string& name)
{
    std::optional<std::string> secret;
    vault.read(name, [&secret](Result<SecretBytes> result) {
        if (result)
            secret = std::string(result->view());
    });
    return secret;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class VaultStoreTest final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void keepsSecretsAcrossOpenings()
    {
        {
            VaultStore vault(path());
            QVERIFY(!vault.exists());
            CLAIMSMITH_VERIFY_RESULT(*open(vault, "correct horse"));
            vault.write("api-key", SecretBytes(BytesView("s3cret\0octets", 13)),
                        [](Result<void> r) { QVERIFY(r.hasValue()); });
        }
        VaultStore vault(path());
        QVERIFY(vault.exists());
        QVERIFY(!vault.isOpen());
        CLAIMSMITH_VERIFY_RESULT(*open(vault, "correct horse"));
        QCOMPARE(read(vault, "api-key"), std::optional(std::string("s3cret\0octets", 13)));
        QCOMPARE(read(vault, "other"), std::nullopt);
    }

    void refusesAnotherPassphraseAndKeepsTheFile()
    {
        VaultStore first(path());
        CLAIMSMITH_VERIFY_RESULT(*open(first, "correct horse"));
        first.write("a", SecretBytes(BytesView("b")), [](Result<void>) {});
        const QByteArray before = contentOf(path());
        VaultStore second(path());
        const auto answer = open(second, "battery staple");
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().code, ErrorCode(SecretErrorCode::WrongPassphrase));
        QVERIFY(!second.isOpen());
        QCOMPARE(contentOf(path()), before);
    }

    void isLockedUntilOpened()
    {
        VaultStore vault(path());
        std::optional<Error> error;
        vault.write("a", SecretBytes(BytesView("b")), [&error](Result<void> result) {
            if (!result)
                error = result.error();
        });
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode(SecretErrorCode::Locked));
        QVERIFY(!vault.exists());
    }

    void writesForItsOwnerOnlyAndNeverInTheClear()
    {
        VaultStore vault(path());
        CLAIMSMITH_VERIFY_RESULT(*open(vault, "correct horse"));
        vault.write("visible-name", SecretBytes(BytesView("visible-secret")), [](Result<void>) {});
        QCOMPARE(QFileInfo(path()).permissions() &
                     (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        const QByteArray content = contentOf(path());
        QVERIFY(!content.contains("visible-secret"));
        QVERIFY(!content.contains("visible-name"));
        QVERIFY(!content.contains("dmlzaWJsZS1zZWNyZXQ"));
    }

    void refusesFilesThatAreNoVault_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("hello") << static_cast<int>(SecretErrorCode::CorruptVault);
        QTest::newRow("another format") << QByteArray(R"({"format":"x"})")
                                        << static_cast<int>(SecretErrorCode::CorruptVault);
        QTest::newRow("costs that would eat the memory")
            << QByteArray(
                   R"({"format":"claimsmith-vault-1","n":1099511627776,"r":8,"p":1,"salt":"AAAA","sealed":"AAAA"})")
            << static_cast<int>(SecretErrorCode::CorruptVault);
        QTest::newRow("nothing sealed")
            << QByteArray(R"({"format":"claimsmith-vault-1","n":1024,"r":8,"p":1,"salt":"AAAA","sealed":""})")
            << static_cast<int>(SecretErrorCode::WrongPassphrase);
    }

    void refusesFilesThatAreNoVault()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        VaultStore vault(path());
        const auto answer = open(vault, "p");
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().code, ErrorCode(static_cast<SecretErrorCode>(code)));
        QCOMPARE(answer->error().place.file, path().toStdString());
        QCOMPARE(contentOf(path()), content);
    }

    void noCallbackComesAfterTheStoreIsGone()
    {
        bool called = false;
        {
            VaultStore vault(path());
            vault.open(SecretBytes(BytesView("p")), [&called](Result<void>) { called = true; });
        }
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

private:
    QString path() const { return m_folder->filePath(QStringLiteral("vault.json")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(VaultStoreTest)
#include "tst_vaultstore.moc"
