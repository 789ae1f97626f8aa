// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/compare.h"
#include "panels/tokens/compare/mintedby.h"
#include "panels/tokens/subpage.h"

#include <string>
#include <vector>

class QComboBox;
class QTableWidget;

namespace claimsmith::app {

class Label;
class Segment;
class TokenBench;

/// Two tokens beside each other, claim by claim: what is the same, what changed, and, when the gateway minted the
/// second, where it got each claim from.
class ComparePage final : public SubPage
{
    Q_OBJECT

public:
    explicit ComparePage(TokenBench& bench, QWidget* parent = nullptr);

    void focusMain() override;
    /// Compares the shown token with this one.
    void compareWith(const std::string& token, const QString& name);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Other
    {
        QString name;
        std::string token;
    };

    void fillChoices();
    void pasteOther();
    void refresh();
    void fill(const jose::TokenComparison& comparison, const std::optional<Minter>& minter);
    void addHeading(const QString& title);
    void addRow(const jose::MemberDifference& difference, const QString& source);

    TokenBench& m_bench;
    QComboBox* m_others;
    Segment* m_filter;
    QTableWidget* m_table;
    Label* m_summary;
    std::vector<Other> m_choices;
    std::optional<Other> m_pasted;
};

} // namespace claimsmith::app
