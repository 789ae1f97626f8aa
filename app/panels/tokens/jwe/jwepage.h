// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/jwe/jwework.h"
#include "panels/tokens/subpage.h"

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace claimsmith::app {

class CheckList;
class EncodedTokenEdit;
class MessageBar;
class ProgressLine;
class TokenBench;

/// Encrypted tokens: content at the left, the JWE at the right, and the key between them. What was opened is shown with
/// the ladder that led to it; a token inside can be looked at in the workbench.
class JwePage final : public SubPage
{
    Q_OBJECT

public:
    explicit JwePage(TokenBench& bench, QWidget* parent = nullptr);

    /// Shows an encrypted token and opens it with the key that suits it.
    void showToken(const std::string& token);

    void focusMain() override;
    void runPrimary() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Choice
    {
        QString name;
        std::vector<jose::Key> keys;
    };

    QWidget* makeKeyBar();
    QWidget* makeContent();
    QWidget* makeToken();
    void fillKeys();
    void fillAlgorithms();
    const Choice* chosen() const;
    void encrypt();
    void open();
    void takeOpened(const Opened& result);
    void say(bool good, const QString& sentence);

    TokenBench& m_bench;
    JweWork m_work;
    std::vector<Choice> m_choices;
    QComboBox* m_keys;
    QComboBox* m_algorithm;
    QComboBox* m_encryption;
    QCheckBox* m_compresses;
    QPlainTextEdit* m_content;
    EncodedTokenEdit* m_token;
    CheckList* m_checks;
    QPushButton* m_encrypt;
    QPushButton* m_open;
    QPushButton* m_inner;
    MessageBar* m_message;
    ProgressLine* m_progress = nullptr;
    bool m_touched = false; ///< the content is a person's, not the shown token
};

} // namespace claimsmith::app
