// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/autopsytext.h"
#include "panels/tokens/verdict.h"

#include <QWidget>

class QComboBox;

namespace claimsmith::app {

class MessageBar;
class TokenBench;

/// The checks of a verdict, one a line of 28: mark, text, and what was seen at the right.
class CheckList final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckList(QWidget* parent = nullptr);

    void setChecks(const std::vector<CheckLine>& checks);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<CheckLine> m_checks;
};

/// What the checks come to: a card in the colour of the outcome.
class VerdictCard final : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictCard(QWidget* parent = nullptr);

    void setVerdict(const Verdict& verdict);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Verdict m_verdict;
};

/// Checks and sum, by the ladder or by a route of the gateway.
class VerdictPane final : public QWidget
{
    Q_OBJECT

public:
    VerdictPane(TokenBench& bench, QWidget* parent = nullptr);

    /// Stands in the header of the pane.
    QComboBox* chooser() const noexcept { return m_chooser; }

private:
    void refresh();
    void refreshChooser();
    void refreshAdvice();

    TokenBench& m_bench;
    QComboBox* m_chooser;
    CheckList* m_checks;
    VerdictCard* m_card;
    MessageBar* m_advice;
    std::optional<AutopsyAdvice> m_shownAdvice;
};

} // namespace claimsmith::app
