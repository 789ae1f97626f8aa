// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/unlockdialog.h"

#include "bridge/secretservice.h"
#include "theme/claimstyle.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int dialogWidth = 420;

} // namespace

UnlockDialog::UnlockDialog(SecretService& secrets, QWidget* parent)
    : QDialog(parent), m_secrets(secrets), m_passphrase(new QLineEdit),
      m_error(new Label({}, TextStyle::Small, Role::Bad)), m_accept(makeButton(tr("Unlock"), ButtonKind::Primary))
{
    const bool exists = secrets.state() == SecretService::State::Locked;
    setWindowTitle(exists ? tr("Unlock the vault") : tr("Make a vault"));
    setFixedWidth(dialogWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(new Label(windowTitle(), TextStyle::Section));
    auto* sentence = new Label({}, TextStyle::Body, Role::Text2);
    sentence->setParagraph(
        exists
            ? tr("Its passphrase opens the secrets of your workspaces.")
            : tr("No keychain answers here. A file with a passphrase keeps the secrets of your workspaces instead."));
    layout->addWidget(sentence);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("Passphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase"));
    layout->addWidget(m_passphrase);
    m_error->setWordWrap(true);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addSpacing(8);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"));
    buttons->addWidget(cancel);
    buttons->addWidget(m_accept);
    layout->addLayout(buttons);
    m_accept->setText(exists ? tr("Unlock") : tr("Make vault"));
    m_accept->setDefault(true);
    m_accept->setEnabled(false);
    connect(m_passphrase, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_accept->setEnabled(!text.isEmpty());
        setFieldState(m_passphrase, FieldState::Normal);
        m_error->hide();
    });
    connect(m_accept, &QPushButton::clicked, this, &UnlockDialog::unlock);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

UnlockDialog::~UnlockDialog()
{
    // QLineEdit cannot wipe its copy, but need not keep it.
    m_passphrase->clear();
}

void UnlockDialog::unlock()
{
    QByteArray utf8 = m_passphrase->text().toUtf8();
    SecretBytes passphrase(BytesView(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    utf8.fill('\0');
    m_accept->setEnabled(false);
    m_secrets.unlockVault(std::move(passphrase), [dialog = QPointer<UnlockDialog>(this)](const Result<void>& result) {
        if (!dialog)
            return;
        if (result) {
            dialog->accept();
            return;
        }
        dialog->m_accept->setEnabled(true);
        dialog->m_error->setText(UnlockDialog::tr("The passphrase does not open the vault."));
        dialog->m_error->show();
        setFieldState(dialog->m_passphrase, FieldState::Error);
        dialog->m_passphrase->selectAll();
        dialog->m_passphrase->setFocus();
    });
}

} // namespace claimsmith::app
