// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace claimsmith::app {

class Label;
class SecretService;

/// Asks for the passphrase of the vault, or for a new one when there is none yet.
class UnlockDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnlockDialog(SecretService& secrets, QWidget* parent = nullptr);
    ~UnlockDialog() override;

private:
    void unlock();

    SecretService& m_secrets;
    QLineEdit* m_passphrase;
    Label* m_error;
    QPushButton* m_accept;
};

} // namespace claimsmith::app
