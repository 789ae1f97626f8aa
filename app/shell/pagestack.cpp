// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/pagestack.h"

#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace claimsmith::app {
namespace {

QString panelKey(const QString& panel, const QString& name)
{
    return QStringLiteral("panels/%1/%2").arg(panel, name);
}

} // namespace

PageStack::PageStack(AppContext& context, ActionRegistry& actions, QSettings& settings, QWidget* parent)
    : QStackedWidget(parent), m_context(context), m_actions(actions), m_settings(settings)
{
}

void PageStack::add(PanelDescriptor descriptor)
{
    m_pages.push_back({std::move(descriptor)});
}

PageStack::Page* PageStack::find(const QString& id)
{
    const auto found = std::ranges::find(m_pages, id, [](const Page& page) { return page.descriptor.id; });
    return found == m_pages.end() ? nullptr : &*found;
}

PageStack::Page* PageStack::findFor(Link::Kind kind)
{
    const auto found = std::ranges::find_if(m_pages, [kind](const Page& page) {
        return std::ranges::find(page.descriptor.opens, kind) != page.descriptor.opens.end();
    });
    return found == m_pages.end() ? nullptr : &*found;
}

Panel& PageStack::build(Page& page)
{
    if (page.widget)
        return *page.widget;
    page.widget = page.descriptor.create(m_context, m_actions);
    page.widget->setObjectName(QStringLiteral("panel.") + page.descriptor.id);
    page.sideWanted = m_settings.value(panelKey(page.descriptor.id, QStringLiteral("side")), true).toBool();
    page.widget->setSideVisible(page.sideWanted && !m_narrow);
    addWidget(page.widget);
    restoreSplitters(page);
    emit built(page.widget);
    return *page.widget;
}

void PageStack::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    for (const Page& page : m_pages)
        if (page.widget)
            page.widget->setSideVisible(page.sideWanted && !narrow);
}

void PageStack::toggleSide(Page& page)
{
    if (!page.widget)
        return;
    const bool visible = !page.widget->isSideVisible();
    page.widget->setSideVisible(visible);
    // What is opened over a narrow page says nothing about wide ones.
    if (!m_narrow)
        page.sideWanted = visible;
}

void PageStack::restoreSplitters(const Page& page) const
{
    for (QSplitter* splitter : page.widget->findChildren<QSplitter*>())
        if (!splitter->objectName().isEmpty())
            splitter->restoreState(
                m_settings.value(panelKey(page.descriptor.id, splitter->objectName())).toByteArray());
}

void PageStack::saveState() const
{
    for (const Page& page : m_pages) {
        if (!page.widget)
            continue;
        m_settings.setValue(panelKey(page.descriptor.id, QStringLiteral("side")), page.sideWanted);
        for (const QSplitter* splitter : page.widget->findChildren<QSplitter*>())
            if (!splitter->objectName().isEmpty())
                m_settings.setValue(panelKey(page.descriptor.id, splitter->objectName()), splitter->saveState());
    }
}

} // namespace claimsmith::app
