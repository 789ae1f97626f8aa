// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/label.h"

#include "theme/icons.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace claimsmith::app {

Label::Label(const QString& text, TextStyle style, Role role, QWidget* parent) : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setProperty("claimsmithLineHeight", static_cast<int>(style));
    setTextStyle(this, style);
    setTextRole(this, role);
}

void Label::setRole(Role role)
{
    setTextRole(this, role);
}

void Label::setParagraph(const QString& text)
{
    const auto style = static_cast<TextStyle>(property("claimsmithLineHeight").toInt());
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setText(QStringLiteral("<p style=\"margin:0;line-height:%1px\">%2</p>")
                .arg(QString::number(lineHeight(style)), text.toHtmlEscaped()));
}

ElidedLabel::ElidedLabel(const QString& text, TextStyle style, Role role, QWidget* parent)
    : QWidget(parent), m_text(text), m_style(style), m_role(role)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setTextStyle(this, style);
}

void ElidedLabel::setText(const QString& text)
{
    if (m_text == text)
        return;
    m_text = text;
    updateGeometry();
    update();
}

void ElidedLabel::setRole(Role role)
{
    m_role = role;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, lineHeight(m_style)};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), lineHeight(m_style)};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(color(isEnabled() ? m_role : Role::TextDisabled));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, m_elide, width()));
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && fontMetrics().horizontalAdvance(m_text) > width()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

IconLabel::IconLabel(QLatin1String icon, int size, Role role, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_size(size), m_role(role)
{
    setFixedSize(size, size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void IconLabel::setIcon(QLatin1String icon, Role role)
{
    m_icon = icon;
    m_role = role;
    update();
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, rect(), m_icon, m_size, color(isEnabled() ? m_role : Role::TextDisabled));
}

} // namespace claimsmith::app
