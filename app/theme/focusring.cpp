// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/focusring.h"

#include <QAbstractButton>
#include <QEvent>
#include <QFocusEvent>
#include <QFocusFrame>

namespace claimsmith::app {
namespace {

/// Own controls ask for the ring by this property (widgets/focus.h would be above the theme).
constexpr const char* ringProperty = "claimsmithFocusRing";

bool wantsRing(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || widget->property(ringProperty).toBool();
}

bool fromKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

} // namespace

FocusRing::FocusRing(QObject* application) : QObject(application)
{
    application->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        auto* widget = static_cast<QWidget*>(watched);
        if (wantsRing(widget) && fromKeyboard(static_cast<QFocusEvent*>(event)->reason()))
            show(widget);
        else
            hide();
    } else if (event->type() == QEvent::FocusOut && m_frame && m_frame->widget() == watched) {
        hide();
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::show(QWidget* widget)
{
    if (!m_frame)
        m_frame = new QFocusFrame(widget->window());
    m_frame->setWidget(widget);
}

void FocusRing::hide()
{
    if (m_frame)
        m_frame->setWidget(nullptr);
}

} // namespace claimsmith::app
