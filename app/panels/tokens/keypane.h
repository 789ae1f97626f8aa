// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/signingkey.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace claimsmith::app {

class JwksFetcher;
class Label;
class MessageBar;
class SecretRow;
class Segment;
class TokenBench;

/// Chooses the key that signs and verifies: six kinds, a form for each, and the buttons that sign. Texts that are
/// private keys or secrets become chips as soon as they are understood.
class KeyPane final : public QWidget
{
    Q_OBJECT

public:
    explicit KeyPane(TokenBench& bench, QWidget* parent = nullptr);
    ~KeyPane() override;

    void sign();

signals:
    /// The chosen key belongs to a consumer of the gateway: show it there.
    void credentialRequested();

private:
    QWidget* makeKeyringForm();
    QWidget* makeSecretForm();
    QWidget* makeTextForm(KeyKind kind);
    QWidget* makeUrlForm();
    QWidget* makeCredentialForm();
    QWidget* makeFooter();
    void chooseKind(int index);
    void choose(const KeyChoice& choice);
    void refresh();
    void refreshKeyring();
    void refreshCredential();
    void refreshTyped();
    void refreshMessage();
    void takeText(KeyKind kind, const QString& text);
    void storeSecret();
    QString keyFacts() const;

    struct TextForm
    {
        QStackedWidget* stack = nullptr;
        QPlainTextEdit* edit = nullptr;
        SecretRow* chip = nullptr;
        Label* facts = nullptr;
    };

    TokenBench& m_bench;
    Segment* m_kinds;
    QStackedWidget* m_forms;
    QComboBox* m_keyring = nullptr;
    Label* m_keyringFacts = nullptr;
    QStackedWidget* m_secretStack = nullptr;
    QLineEdit* m_secretEdit = nullptr;
    SecretRow* m_secretChip = nullptr;
    QComboBox* m_encoding = nullptr;
    TextForm m_pem;
    TextForm m_jwk;
    QLineEdit* m_url = nullptr;
    QPushButton* m_fetch = nullptr;
    Label* m_urlFacts = nullptr;
    QComboBox* m_consumer = nullptr;
    QComboBox* m_credential = nullptr;
    SecretRow* m_credentialSecret = nullptr;
    Label* m_credentialFacts = nullptr;
    QCheckBox* m_setsIssuer = nullptr;
    QCheckBox* m_resigns = nullptr;
    QPushButton* m_sign = nullptr;
    QPushButton* m_verify = nullptr;
    MessageBar* m_message = nullptr;
    std::unique_ptr<JwksFetcher> m_fetcher;
};

} // namespace claimsmith::app
