// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/secretservice.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/secretrow.h"
#include "panels/tokens/tokenbench.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace claimsmith::app {

namespace {

/// A shared secret: typed, or a chip once the secret store has it.
class SecretForm final : public KeyForm
{
public:
    explicit SecretForm(TokenBench& bench)
        : KeyForm(bench), m_stack(new QStackedWidget), m_edit(new QLineEdit), m_chip(new SecretRow),
          m_encoding(makeKeyCombo("secretEncoding"))
    {
        m_edit->setObjectName(QStringLiteral("secretEdit"));
        m_edit->setEchoMode(QLineEdit::Password);
        m_edit->setPlaceholderText(KeyForm::tr("Type or paste a shared secret"));
        m_edit->setFont(textFont(TextStyle::Mono));
        m_chip->setReplaceable(true);
        m_stack->addWidget(m_edit);
        m_stack->addWidget(m_chip);
        m_stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_encoding->addItems(
            {KeyForm::tr("Text"), KeyForm::tr("base64"), KeyForm::tr("base64url"), KeyForm::tr("Hex")});
        addRow(KeyForm::tr("Secret"), m_stack);
        m_edit->setAccessibleName(KeyForm::tr("Secret"));
        addRow(KeyForm::tr("Written as"), m_encoding);
        close();
        connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& typed) { take(typed); });
        connect(m_edit, &QLineEdit::editingFinished, this, [this] { store(); });
        connect(m_chip, &SecretRow::replaceRequested, this, [this] { replace(); });
        connect(m_encoding, &QComboBox::activated, this, [this](int index) {
            KeyChoice wanted = choice();
            wanted.encoding = static_cast<workspace::SecretEncoding>(index);
            choose(wanted);
        });
    }

    void refresh() override
    {
        const KeyChoice shown = choice();
        const auto& typed = bench().current()->typedKeys().secret;
        m_encoding->setCurrentIndex(static_cast<int>(shown.encoding));
        m_stack->setCurrentIndex(shown.secret.empty() ? 0 : 1);
        if (shown.secret.empty() && (!typed || typed->empty())) {
            const QSignalBlocker silent(m_edit);
            m_edit->clear();
        }
        m_chip->setSecret(textOf(shown.secret), [this, name = shown.secret] {
            const auto found = bench().context().secrets.findSecret(name);
            return found ? shownSecret(*found) : KeyForm::tr("The keychain is locked, or has no such secret");
        });
    }

private:
    void take(const QString& text)
    {
        TypedKeys typed = bench().current() ? bench().current()->typedKeys() : TypedKeys();
        typed.secret = std::make_shared<const SecretBytes>(SecretBytes(text.toStdString()));
        bench().setTypedKeys(std::move(typed));
    }

    /// A typed secret goes into the secret store under the token's name, so that the recipe can name it.
    void store()
    {
        const TokenDocument* document = bench().current();
        if (!document || m_edit->text().isEmpty() || !document->isSaved())
            return;
        KeyChoice wanted = choice();
        wanted.secret = "token/" + document->recipe().name;
        bench().context().secrets.setSecret(wanted.secret, SecretBytes(m_edit->text().toStdString()));
        m_edit->clear();
        choose(wanted);
    }

    void replace()
    {
        KeyChoice wanted = choice();
        wanted.secret.clear();
        choose(wanted);
        m_edit->setFocus();
    }

    QStackedWidget* m_stack;
    QLineEdit* m_edit;
    SecretRow* m_chip;
    QComboBox* m_encoding;
};

} // namespace

KeyForm* makeSecretForm(TokenBench& bench)
{
    return new SecretForm(bench);
}

} // namespace claimsmith::app
