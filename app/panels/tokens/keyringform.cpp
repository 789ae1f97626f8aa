// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/workspacesession.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/tokenbench.h"
#include "widgets/label.h"

#include <QComboBox>

namespace claimsmith::app {

namespace {

class KeyringForm final : public KeyForm
{
public:
    explicit KeyringForm(TokenBench& bench) : KeyForm(bench), m_key(makeKeyCombo("keyringKey"))
    {
        addRow(KeyForm::tr("Key"), m_key);
        m_facts = addFacts();
        close();
        connect(m_key, &QComboBox::activated, this, [this](int index) {
            KeyChoice wanted = choice();
            wanted.kind = KeyKind::Keyring;
            wanted.kid = m_key->itemText(index).toStdString();
            choose(wanted);
        });
    }

    void refresh() override
    {
        QStringList kids;
        for (const workspace::StoredKey& key : bench().context().workspace.workspace().keys)
            kids += textOf(key.kid);
        fillCombo(*m_key, kids, static_cast<int>(kids.indexOf(textOf(choice().kid))));
        m_facts->setText(kids.isEmpty() ? KeyForm::tr("The keyring is empty. Generate a key to fill it.")
                                        : keyFacts(bench().chosenKeys().keys));
    }

private:
    QComboBox* m_key;
    Label* m_facts;
};

} // namespace

KeyForm* makeKeyringForm(TokenBench& bench)
{
    return new KeyringForm(bench);
}

} // namespace claimsmith::app
