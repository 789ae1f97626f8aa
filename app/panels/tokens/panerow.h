// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/panetabs.h"

#include <QList>
#include <QWidget>

#include <vector>

namespace claimsmith::app {

class Splitter;
class UnderlineTabs;

/// Panes side by side, or, where there is no room, behind one tab strip.
class PaneRow final : public QWidget
{
    Q_OBJECT

public:
    struct Part
    {
        TokenPane* pane;
        QString title;
        int width; ///< at first
    };
    explicit PaneRow(const QList<Part>& parts, QWidget* parent = nullptr);

    void setTabbed(bool tabbed);
    bool isTabbed() const noexcept;
    /// Without tabs while the panes are side by side.
    UnderlineTabs* tabs() const noexcept;

private:
    std::vector<PaneTabs::Part> m_parts;
    QList<int> m_widths;
    PaneTabs* m_tabs;
    Splitter* m_splitter;
};

} // namespace claimsmith::app
