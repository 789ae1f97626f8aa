// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyform.h"
#include "panels/tokens/secretrow.h"
#include "panels/tokens/tokenbench.h"
#include "theme/icons.h"
#include "theme/theme.h"
#include "widgets/label.h"

#include <QCheckBox>
#include <QComboBox>

namespace claimsmith::app {

namespace {

/// The JWT credential of a consumer of the gateway.
class CredentialForm final : public KeyForm
{
public:
    explicit CredentialForm(TokenBench& bench)
        : KeyForm(bench), m_consumer(makeKeyCombo("consumer")), m_credential(makeKeyCombo("credential")),
          m_secret(new SecretRow), m_setsIssuer(new QCheckBox)
    {
        m_credential->setFont(textFont(TextStyle::Mono));
        m_setsIssuer->setObjectName(QStringLiteral("setsIssuer"));
        addRow(KeyForm::tr("Consumer"), m_consumer);
        addRow(KeyForm::tr("Credential"), m_credential);
        addRow(KeyForm::tr("Secret"), m_secret);
        m_facts = addFacts();
        addWide(m_setsIssuer);
        close();
        connect(m_consumer, &QComboBox::activated, this, [this](int index) {
            KeyChoice wanted = choice();
            wanted.consumer = m_consumer->itemText(index).toStdString();
            wanted.credential.clear();
            choose(wanted);
        });
        connect(m_credential, &QComboBox::activated, this, [this](int index) {
            KeyChoice wanted = choice();
            wanted.credential = m_credential->itemText(index).toStdString();
            choose(wanted);
        });
        connect(m_setsIssuer, &QCheckBox::clicked, this, [this](bool on) { this->bench().setSetsIssuer(on); });
    }

    void refresh() override
    {
        m_setsIssuer->setChecked(bench().current()->state().setsIssuer);
        m_setsIssuer->setText(KeyForm::tr("Set %1 from the credential key").arg(textOf(bench().keyClaim())));
        refreshCombos();
        if (choice().kind == KeyKind::Credential)
            refreshSecret();
    }

private:
    void refreshCombos()
    {
        const KeyChoice shown = choice();
        QStringList consumers;
        QStringList credentials;
        for (const KeyEntry& entry : bench().keys()) {
            if (entry.choice.kind != KeyKind::Credential)
                continue;
            if (!consumers.contains(entry.name))
                consumers += entry.name;
            if (entry.choice.consumer == shown.consumer)
                credentials += textOf(entry.choice.credential);
        }
        const QString key =
            shown.credential.empty() && !credentials.isEmpty() ? credentials.front() : textOf(shown.credential);
        fillCombo(*m_consumer, consumers, static_cast<int>(consumers.indexOf(textOf(shown.consumer))));
        for (int i = 0; i < m_consumer->count(); ++i)
            m_consumer->setItemIcon(i, themedIcon(QLatin1String("user")));
        fillCombo(*m_credential, credentials, static_cast<int>(credentials.indexOf(key)));
    }

    void refreshSecret()
    {
        const ChosenKeys& keys = bench().chosenKeys();
        const bool hasSecret = keys.keys.size() == 1 && keys.keys.front().secret();
        std::function<QString()> reveal;
        if (hasSecret)
            reveal = [this] {
                const auto& now = bench().chosenKeys().keys;
                return now.empty() || !now.front().secret() ? QString() : shownSecret(now.front().secret()->view());
            };
        m_secret->setVisible(!keys.secretName.empty());
        m_secret->setSecret(textOf(keys.secretName), std::move(reveal));
        m_facts->setVisible(keys.secretName.empty() && !keys.keys.empty());
        m_facts->setText(KeyForm::tr("The gateway has the public key only: %1").arg(keyFacts(keys.keys)));
    }

    QComboBox* m_consumer;
    QComboBox* m_credential;
    SecretRow* m_secret;
    Label* m_facts;
    QCheckBox* m_setsIssuer;
};

} // namespace

KeyForm* makeCredentialForm(TokenBench& bench)
{
    return new CredentialForm(bench);
}

} // namespace claimsmith::app
