// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/tokenlint.h"

#include <QMap>
#include <QScrollArea>
#include <QSet>

class QToolButton;
class QVBoxLayout;

namespace claimsmith::app {

class TokenBench;

/// Notes about the token, each with one action. Never blocks anything; kinds of notes can be hidden.
class LintPane final : public QScrollArea
{
    Q_OBJECT

public:
    explicit LintPane(TokenBench& bench, QWidget* parent = nullptr);

    /// Chooses which kinds are shown; stands in the header of the pane.
    QToolButton* filterButton() const noexcept { return m_filter; }
    int shownCount() const noexcept { return static_cast<int>(m_shown.size()); }

signals:
    void countChanged(int count);
    /// An action that needs more than the token: a new secret for a credential.
    void rotateRequested();
    void generateRequested();

private:
    void refresh();
    QWidget* makeRow(const LintNote& note);
    void openFilter();

    TokenBench& m_bench;
    QToolButton* m_filter;
    QVBoxLayout* m_rows;
    std::vector<LintNote> m_shown;
    QSet<QString> m_hidden;
    QMap<QString, QString> m_known; ///< id → title, of every kind that was seen
};

} // namespace claimsmith::app
