// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QStackedWidget;

namespace claimsmith::app {

class TokenPane;
class UnderlineTabs;

/// Panes behind one strip of tabs, for where there is no room beside each other. The strip takes the place of their
/// headers and holds what stands at the right of the current one's.
class PaneTabs final : public QWidget
{
    Q_OBJECT

public:
    struct Part
    {
        TokenPane* pane;
        QString title;
    };

    explicit PaneTabs(QWidget* parent = nullptr);

    UnderlineTabs* tabs() const noexcept { return m_tabs; }

    /// Takes panes over, or gives them back with their headers: then the caller lays them out.
    void hold(const std::vector<Part>& parts);
    void release();
    bool isHolding() const noexcept { return !m_panes.empty(); }

private:
    void showTab(int index);

    UnderlineTabs* m_tabs;
    QStackedWidget* m_actions;
    QStackedWidget* m_stack;
    std::vector<TokenPane*> m_panes;
};

} // namespace claimsmith::app
