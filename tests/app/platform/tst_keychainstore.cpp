// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs under dbus-run-session with an unlocked gnome-keyring of its own: tests/support/keyring.sh.
#include "platform/keychainstore.h"

#include "base/random.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

template <class T, class Call>
std::optional<Result<T>> waitFor(Call call)
{
    std::optional<Result<T>> answer;
    call([&answer](Result<T> result) { answer = std::move(result); });
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, 20000);
    return answer;
}

} // namespace

class KeychainStoreTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("CLAIMSMITH_TEST_KEYRING"))
            QSKIP("no keyring of the test's own: run keyring.sh");
    }

    void answersAProbe()
    {
        KeychainStore store(m_service);
        const auto answer = waitFor<void>([&](auto done) { store.probe(done); });
        QVERIFY(answer);
        CLAIMSMITH_VERIFY_RESULT(*answer);
    }

    void storesReadsAndRemoves()
    {
        KeychainStore store(m_service);
        const Bytes octets("s3cret\0\xff octets", 15);
        const auto written =
            waitFor<void>([&](auto done) { store.write("name", SecretBytes(BytesView(octets)), done); });
        QVERIFY(written);
        CLAIMSMITH_VERIFY_RESULT(*written);

        KeychainStore again(m_service);
        auto found = waitFor<SecretBytes>([&](auto done) { again.read("name", done); });
        QVERIFY(found);
        CLAIMSMITH_VERIFY_RESULT(*found);
        QCOMPARE(Bytes(found->value().view()), octets);

        const auto removed = waitFor<void>([&](auto done) { again.remove("name", done); });
        QVERIFY(removed);
        CLAIMSMITH_VERIFY_RESULT(*removed);
        auto gone = waitFor<SecretBytes>([&](auto done) { store.read("name", done); });
        QVERIFY(gone && !*gone);
        QCOMPARE(gone->error().code, ErrorCode(SecretErrorCode::NotFound));
        const auto twice = waitFor<void>([&](auto done) { store.remove("name", done); });
        QVERIFY(twice);
        CLAIMSMITH_VERIFY_RESULT(*twice);
    }

    void workspacesDoNotSeeEachOther()
    {
        KeychainStore mine(m_service);
        KeychainStore other(m_service + QStringLiteral("-other"));
        QVERIFY(waitFor<void>([&](auto done) { mine.write("shared", SecretBytes(BytesView("x")), done); })->hasValue());
        const auto found = waitFor<SecretBytes>([&](auto done) { other.read("shared", done); });
        QVERIFY(found && !*found);
        QVERIFY(waitFor<void>([&](auto done) { mine.remove("shared", done); })->hasValue());
    }

private:
    const QString m_service = QStringLiteral("claimsmith/test-") + QString::fromStdString(randomUuid());
};

QTEST_GUILESS_MAIN(KeychainStoreTest)
#include "tst_keychainstore.moc"
