// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/keymaker.h"
#include "panels/tokens/keys/keycard.h"
#include "panels/tokens/keys/keyrotation.h"
#include "panels/tokens/subpage.h"

class QComboBox;
class QGridLayout;
class QLineEdit;
class QMenu;
class QPushButton;

namespace claimsmith::app {

class Card;
class CodeEditor;
class Label;
class MessageBar;
class SecretRow;
class Segment;
class TokenBench;

/// Who a key is: its facts, where it is used and what is weak about it, its public half to give away, its private half
/// to look at for a moment; and what can be done with it.
class KeyPage final : public SubPage
{
    Q_OBJECT

public:
    explicit KeyPage(TokenBench& bench, QWidget* parent = nullptr);

    void showKey(const KeyChoice& choice);
    const KeyCard& card() const noexcept { return m_card; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeIdentity();
    QWidget* makePublicCard();
    QWidget* makePrivateCard();
    QWidget* makeGatewayCard();
    void refresh();
    void fillFacts();
    void addFact(const KeyFact& fact);
    void addUse(const KeyUse& use);
    void openUse(const KeyUse& use);
    void showPublic();
    QString privateText() const;
    void openExportMenu();
    void save(const QString& name, const QString& text, bool isPrivate);
    void publish();
    void mint();
    void askToRotate();
    void takeFresh(const jose::Key& fresh);
    void askToDelete();
    void remove();
    void say(bool good, const QString& sentence);

    TokenBench& m_bench;
    KeyChoice m_choice;
    KeyCard m_card;
    KeyMaker m_maker;
    RotationPlan m_plan;
    RotationChoice m_rotation;
    QPushButton* m_export;
    QPushButton* m_rotate;
    QPushButton* m_delete;
    QGridLayout* m_facts = nullptr;
    Segment* m_format = nullptr;
    CodeEditor* m_public = nullptr;
    Card* m_publicCard = nullptr;
    Card* m_privateCard = nullptr;
    Card* m_gatewayCard = nullptr;
    SecretRow* m_private = nullptr;
    QComboBox* m_consumer = nullptr;
    QPushButton* m_mint = nullptr;
    QLineEdit* m_route = nullptr;
    QLineEdit* m_path = nullptr;
    QPushButton* m_publish = nullptr;
    MessageBar* m_message;
};

} // namespace claimsmith::app
