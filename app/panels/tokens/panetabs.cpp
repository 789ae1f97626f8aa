// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/panetabs.h"

#include "panels/tokens/tokenpane.h"
#include "widgets/panels.h"
#include "widgets/tabs.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace claimsmith::app {

PaneTabs::PaneTabs(QWidget* parent)
    : QWidget(parent), m_tabs(new UnderlineTabs), m_actions(new QStackedWidget), m_stack(new QStackedWidget)
{
    m_actions->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Ignored);
    auto* strip = new Pane(Role::BgPanel, Qt::BottomEdge);
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 8, 1);
    row->setSpacing(8);
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_actions);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(strip);
    layout->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &PaneTabs::showTab);
}

void PaneTabs::hold(const std::vector<Part>& parts)
{
    for (const Part& part : parts) {
        m_panes.push_back(part.pane);
        m_actions->addWidget(part.pane->takeActions());
        m_stack->addWidget(part.pane);
        m_tabs->addTab(part.title);
    }
    showTab(m_tabs->currentIndex());
}

void PaneTabs::release()
{
    for (TokenPane* pane : std::exchange(m_panes, {})) {
        m_stack->removeWidget(pane);
        pane->giveActionsBack();
    }
    while (m_tabs->count() > 0)
        m_tabs->removeTab(m_tabs->count() - 1);
}

void PaneTabs::showTab(int index)
{
    m_stack->setCurrentIndex(index);
    m_actions->setCurrentIndex(index);
}

} // namespace claimsmith::app
