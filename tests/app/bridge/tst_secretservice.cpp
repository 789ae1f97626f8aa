// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/secretservice.h"

#include "support/testing.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <map>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

/// What lies in the keychain of this test, whichever object reads it.
struct Keychain
{
    std::map<std::string, std::string> secrets;
    std::optional<SecretErrorCode> refuses;
};

class FakeKeychain final : public SecretStore
{
public:
    explicit FakeKeychain(Keychain& keychain) : m_keychain(keychain) {}

    void read(const std::string& name, Read callback) override
    {
        const auto found = m_keychain.secrets.find(name);
        if (m_keychain.refuses)
            callback(Error{*m_keychain.refuses});
        else if (found == m_keychain.secrets.end())
            callback(Error{SecretErrorCode::NotFound});
        else
            callback(SecretBytes(BytesView(found->second)));
    }

    void write(const std::string& name, SecretBytes secret, Done callback) override
    {
        m_keychain.secrets[name] = std::string(secret.view());
        callback({});
    }

    void remove(const std::string& name, Done callback) override
    {
        m_keychain.secrets.erase(name);
        callback({});
    }

private:
    Keychain& m_keychain;
};

SecretService::KeychainMaker makerOf(Keychain& keychain)
{
    return [&keychain](const QString&) { return std::make_unique<FakeKeychain>(keychain); };
}

std::optional<std::string> found(const SecretService& service, std::string_view name)
{
    const auto bytes = service.findSecret(name);
    return bytes ? std::optional(std::string(*bytes)) : std::nullopt;
}

constexpr auto workspaceId = "0a000000-0000-4000-8000-000000000001";

} // namespace

class SecretServiceTest final : public QObject
{
    Q_OBJECT

private slots:
    void loadsWhatTheWorkspaceNames()
    {
        Keychain keychain{{{"A", "a"}, {"B", "b"}}, {}};
        SecretService service(m_dir.path(), makerOf(keychain));
        service.openFor(workspaceId, {"A", "C"});
        QCOMPARE(service.state(), SecretService::State::Unlocked);
        QCOMPARE(found(service, "A"), std::optional(std::string("a")));
        QCOMPARE(found(service, "B"), std::nullopt);
        QCOMPARE(found(service, "C"), std::nullopt);
    }

    void keepsNewSecretsAtOnceAndInTheKeychain()
    {
        Keychain keychain;
        SecretService service(m_dir.path(), makerOf(keychain));
        service.openFor(workspaceId, {});
        service.setSecret("A", SecretBytes(BytesView("x")));
        QCOMPARE(found(service, "A"), std::optional(std::string("x")));
        QCOMPARE(keychain.secrets["A"], std::string("x"));
        service.removeSecret("A");
        QCOMPARE(found(service, "A"), std::nullopt);
        QVERIFY(keychain.secrets.empty());
    }

    void aLockedKeychainGetsWhatWasMadeMeanwhile()
    {
        Keychain keychain{{{"OLD", "o"}}, SecretErrorCode::Denied};
        SecretService service(m_dir.path(), makerOf(keychain));
        service.openFor(workspaceId, {"OLD"});
        QCOMPARE(service.state(), SecretService::State::Locked);
        service.setSecret("NEW", SecretBytes(BytesView("n")));
        QVERIFY(!keychain.secrets.contains("NEW"));
        keychain.refuses.reset();
        service.retryKeychain();
        QCOMPARE(service.state(), SecretService::State::Unlocked);
        QCOMPARE(keychain.secrets["NEW"], std::string("n"));
        QCOMPARE(found(service, "OLD"), std::optional(std::string("o")));
    }

    void withoutAKeychainSecretsLastForTheSessionOrGoIntoAVault()
    {
        Keychain keychain{{}, SecretErrorCode::NoBackend};
        const QTemporaryDir folder;
        {
            SecretService service(folder.path(), makerOf(keychain));
            service.openFor(workspaceId, {});
            QCOMPARE(service.state(), SecretService::State::SessionOnly);
            service.setSecret("A", SecretBytes(BytesView("x")));
            bool opened = false;
            service.unlockVault(SecretBytes(BytesView("p")), [&opened](Result<void> r) { opened = r.hasValue(); });
            QTRY_VERIFY_WITH_TIMEOUT(opened, 30000);
            QCOMPARE(service.state(), SecretService::State::Unlocked);
            QVERIFY(service.isVault());
        }
        SecretService service(folder.path(), makerOf(keychain));
        service.openFor(workspaceId, {"A"});
        QCOMPARE(service.state(), SecretService::State::Locked);
        QCOMPARE(found(service, "A"), std::nullopt);
        bool opened = false;
        service.unlockVault(SecretBytes(BytesView("p")), [&opened](Result<void> r) { opened = r.hasValue(); });
        QTRY_VERIFY_WITH_TIMEOUT(opened, 30000);
        QCOMPARE(found(service, "A"), std::optional(std::string("x")));
    }

    void anotherWorkspaceDoesNotSeeThem()
    {
        Keychain first;
        SecretService service(m_dir.path(), makerOf(first));
        service.openFor(workspaceId, {});
        service.setSecret("A", SecretBytes(BytesView("x")));
        QSignalSpy changed(&service, &SecretService::secretsChanged);
        first.secrets.clear(); // another service name, another content
        service.openFor("0b000000-0000-4000-8000-000000000001", {"A"});
        QCOMPARE(found(service, "A"), std::nullopt);
        QVERIFY(changed.count() >= 1);
    }

private:
    const QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(SecretServiceTest)
#include "tst_secretservice.moc"
