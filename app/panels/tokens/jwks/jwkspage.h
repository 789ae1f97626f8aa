// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/jwks/keysetstore.h"
#include "panels/tokens/subpage.h"

class QLineEdit;
class QPushButton;
class QTableWidget;
class QVBoxLayout;

namespace claimsmith::app {

class Label;
class MessageBar;
class SideList;
class TokenBench;

/// Sets of keys: those that were fetched, with their age and what their headers say, and those that kong.yml publishes;
/// the keys in each, what is wrong with them, and what changed since the fetch before.
class JwksPage final : public SubPage
{
    Q_OBJECT

public:
    explicit JwksPage(TokenBench& bench, QWidget* parent = nullptr);

    void focusMain() override;
    void runPrimary() override { fetch(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeList();
    QWidget* makeDetails();
    void fetch();
    void openFile();
    void refreshShown();
    void useShown();
    std::vector<FetchedSet> sets() const;
    const FetchedSet* shown() const;
    void refresh();
    void refreshAges();
    void showSet();
    void fillFacts(const FetchedSet& set);
    void fillKeys(const FetchedSet& set);
    void addLine(const QString& text, int role);

    TokenBench& m_bench;
    QLineEdit* m_url;
    QPushButton* m_fetch;
    QPushButton* m_refresh;
    QPushButton* m_use;
    SideList* m_list;
    std::vector<FetchedSet> m_sets;
    Label* m_title = nullptr;
    Label* m_facts = nullptr;
    QVBoxLayout* m_lines = nullptr;
    QTableWidget* m_keys = nullptr;
    MessageBar* m_message = nullptr;
};

} // namespace claimsmith::app
