// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textarea.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace claimsmith::app {

namespace {

constexpr int margin = 4; // with the document's own: texts stand as far in as in a line edit

} // namespace

TextArea::TextArea(QWidget* parent) : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setViewportMargins(margin, margin, margin, margin);
    viewport()->setAutoFillBackground(false);
    setTabChangesFocus(true);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

bool TextArea::event(QEvent* event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusControl,
             color(isEnabled() && !isReadOnly() ? Role::BgControl : Role::BgSunken),
             color(hasFocus() ? Role::LineFocus : Role::LineStrong), hasFocus() ? 2 : 1);
    return true;
}

void TextArea::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    update();
}

void TextArea::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

} // namespace claimsmith::app
