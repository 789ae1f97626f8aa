// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/attack/attackresult.h"
#include "widgets/panels.h"

class QPushButton;

namespace claimsmith::app {

class IconLabel;
class Label;
class PillLabel;

/// One cell of the matrix: what it proves, what was sent and what came back.
class AttackDetail final : public Pane
{
    Q_OBJECT

public:
    explicit AttackDetail(QWidget* parent = nullptr);

    /// Null for both: what to do to see something here. `fix` says what would close the gap, empty when nothing is
    /// known; `plugin`: the guard can be opened.
    void showCell(const AttackRow* row, const AttackCell* cell, const QString& fix, bool plugin);
    /// At the bottom: whom the tokens go to.
    void setBounds(const QString& sentence);

signals:
    void fixRequested();
    void pluginRequested();

private:
    IconLabel* m_icon;
    Label* m_title;
    Label* m_proves;
    Label* m_standard;
    Label* m_fix;
    QPushButton* m_apply;
    QPushButton* m_plugin;
    Label* m_sentTitle;
    Label* m_sent;
    Label* m_answerTitle;
    PillLabel* m_status;
    Label* m_answer;
    Label* m_bounds;
};

} // namespace claimsmith::app
