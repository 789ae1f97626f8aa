// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/explain/explanation.h"
#include "panels/tokens/subpage.h"

class QGridLayout;

namespace claimsmith::app {

class Label;
class TokenBench;

/// The token in words: every parameter of the header and every claim, what it is for and which standard says so.
class ExplainPage final : public SubPage
{
    Q_OBJECT

public:
    explicit ExplainPage(TokenBench& bench, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void fill();
    void addSection(const QString& title, Role role, const std::vector<ExplainedMember>& members);
    void addMember(const ExplainedMember& member);

    TokenBench& m_bench;
    QGridLayout* m_grid;
    std::vector<Label*> m_titles; ///< in the order of the members: those of instants change with the clock
    Explanation m_shown;
};

} // namespace claimsmith::app
