// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/panewalk.h"

#include <QApplication>
#include <QSplitter>

namespace claimsmith::app {
namespace {

int currentPane(const QWidgetList& panes)
{
    const QWidget* focused = QApplication::focusWidget();
    for (qsizetype index = panes.size() - 1; index > 0; --index)
        if (panes.at(index) == focused || panes.at(index)->isAncestorOf(focused))
            return static_cast<int>(index);
    return 0;
}

bool takesFocus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy();
}

bool focusFirst(QWidget* pane)
{
    QWidgetList candidates = pane->findChildren<QWidget*>();
    candidates.prepend(pane);
    for (QWidget* widget : std::as_const(candidates))
        if (takesFocus(*widget)) {
            widget->setFocus(Qt::ShortcutFocusReason);
            return true;
        }
    return false;
}

} // namespace

QWidgetList panesOf(QWidget* page)
{
    QWidgetList panes;
    const auto splitters = page->findChildren<QSplitter*>();
    for (QSplitter* splitter : splitters)
        for (int index = 0; index < splitter->count(); ++index) {
            QWidget* pane = splitter->widget(index);
            if (pane->isVisible() && !pane->findChild<QSplitter*>() && !qobject_cast<QSplitter*>(pane))
                panes.append(pane);
        }
    if (splitters.isEmpty())
        panes.append(page);
    return panes;
}

void stepPane(const QWidgetList& panes, int by)
{
    const auto count = static_cast<int>(panes.size());
    const int current = currentPane(panes);
    for (int tried = 1; tried <= count; ++tried)
        if (focusFirst(panes.at(((current + by * tried) % count + count) % count)))
            return;
}

} // namespace claimsmith::app
