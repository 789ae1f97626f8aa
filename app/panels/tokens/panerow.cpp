// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/panerow.h"

#include "panels/tokens/tokenpane.h"
#include "widgets/panels.h"

#include <QVBoxLayout>

namespace claimsmith::app {

PaneRow::PaneRow(const QList<Part>& parts, QWidget* parent)
    : QWidget(parent), m_tabs(new PaneTabs), m_splitter(new Splitter(Qt::Horizontal))
{
    m_splitter->setThin();
    m_splitter->setChildrenCollapsible(false);
    for (const Part& part : parts) {
        m_parts.push_back({part.pane, part.title});
        m_widths += part.width;
        m_splitter->addWidget(part.pane);
    }
    m_splitter->setSizes(m_widths);
    m_tabs->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_splitter, 1);
}

bool PaneRow::isTabbed() const noexcept
{
    return m_tabs->isHolding();
}

UnderlineTabs* PaneRow::tabs() const noexcept
{
    return m_tabs->tabs();
}

void PaneRow::setTabbed(bool tabbed)
{
    if (tabbed == isTabbed())
        return;
    if (tabbed) {
        m_widths = m_splitter->sizes();
        m_tabs->hold(m_parts);
    } else {
        m_tabs->release();
        for (const PaneTabs::Part& part : m_parts) {
            m_splitter->addWidget(part.pane);
            part.pane->show();
        }
        m_splitter->setSizes(m_widths);
    }
    m_tabs->setVisible(tabbed);
    m_splitter->setVisible(!tabbed);
}

} // namespace claimsmith::app
