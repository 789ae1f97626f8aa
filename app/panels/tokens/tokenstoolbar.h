// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"
#include "widgets/panels.h"

class QPushButton;
class QToolButton;

namespace claimsmith::app {

class ChipLabel;
class ElidedLabel;
class PillLabel;
class TokenBench;

/// Name, kind, algorithm and verdict of the shown token, and what can be done with it. The verdict counts down.
class TokensToolBar final : public Pane
{
    Q_OBJECT

public:
    explicit TokensToolBar(TokenBench& bench, QWidget* parent = nullptr);

    /// The verdict in a few words: "Valid, 9 min 41 s left".
    static Pill pillOf(const TokenBench& bench);

signals:
    void copyRequested();
    void useRequested(bool send);
    void explainRequested();
    void keySetsRequested();
    void encryptionRequested();
    void attackRequested();
    void compareRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void openFormatMenu();
    void openMenu();

    TokenBench& m_bench;
    ElidedLabel* m_name;
    ChipLabel* m_kind;
    ChipLabel* m_algorithm;
    PillLabel* m_state;
    QPushButton* m_save;
    QPushButton* m_copy;
    QPushButton* m_use;
    QPushButton* m_attack;
    QPushButton* m_send;
    QToolButton* m_more;
};

} // namespace claimsmith::app
