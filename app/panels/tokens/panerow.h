// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QStackedWidget;

namespace claimsmith::app {

class Splitter;
class TokenPane;
class UnderlineTabs;

/// Panes side by side, or, where there is no room, behind one tab strip.
class PaneRow final : public QWidget
{
    Q_OBJECT

public:
    explicit PaneRow(QWidget* parent = nullptr);

    void addPane(TokenPane* pane, const QString& title, int width);
    void setTabbed(bool tabbed);
    bool isTabbed() const noexcept { return m_tabbed; }
    UnderlineTabs* tabs() const noexcept { return m_tabs; }

private:
    std::vector<TokenPane*> m_panes;
    QList<int> m_widths;
    UnderlineTabs* m_tabs;
    QStackedWidget* m_stack;
    Splitter* m_splitter;
    bool m_tabbed = false;
};

} // namespace claimsmith::app
