// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/panerow.h"

#include "panels/tokens/tokenpane.h"
#include "widgets/panels.h"
#include "widgets/tabs.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace claimsmith::app {

PaneRow::PaneRow(QWidget* parent)
    : QWidget(parent), m_tabs(new UnderlineTabs), m_stack(new QStackedWidget), m_splitter(new Splitter(Qt::Horizontal))
{
    m_splitter->setThin();
    m_splitter->setChildrenCollapsible(false);
    auto* strip = new Pane(Role::BgPanel, Qt::BottomEdge);
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 0, 1);
    row->addWidget(m_tabs);
    row->addStretch(1);
    strip->hide();
    m_stack->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(strip);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_splitter, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
}

void PaneRow::addPane(TokenPane* pane, const QString& title, int width)
{
    m_panes.push_back(pane);
    m_widths += width;
    m_tabs->addTab(title);
    m_splitter->addWidget(pane);
    m_splitter->setSizes(m_widths);
}

void PaneRow::setTabbed(bool tabbed)
{
    if (tabbed == m_tabbed)
        return;
    m_tabbed = tabbed;
    if (tabbed)
        m_widths = m_splitter->sizes();
    for (TokenPane* pane : m_panes) {
        if (tabbed)
            m_stack->addWidget(pane);
        else
            m_splitter->addWidget(pane);
        pane->setVisible(!tabbed || m_stack->indexOf(pane) == m_tabs->currentIndex());
    }
    if (tabbed)
        m_stack->setCurrentIndex(m_tabs->currentIndex());
    else
        m_splitter->setSizes(m_widths);
    m_tabs->parentWidget()->setVisible(tabbed);
    m_stack->setVisible(tabbed);
    m_splitter->setVisible(!tabbed);
}

} // namespace claimsmith::app
