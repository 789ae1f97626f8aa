// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/buttons.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QAction>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionToolButton>

namespace claimsmith::app {
namespace {

constexpr int splitMenuWidth = 30;
constexpr int splitPadding = 15;
constexpr int splitGap = 6;

QString tipOf(const QString& name, const QKeySequence& keys)
{
    return keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys.toString(QKeySequence::NativeText));
}

} // namespace

QPushButton* makeButton(const QString& text, ButtonKind kind, QLatin1String iconName, ControlSize size)
{
    auto* button = new QPushButton(text);
    setButtonKind(button, kind);
    setControlSize(button, size);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    if (!iconName.isEmpty())
        button->setIcon(themedIcon(iconName));
    return button;
}

IconButton::IconButton(QLatin1String iconName, const QString& name, QWidget* parent) : QToolButton(parent)
{
    setFixedSize(metrics::iconButton, metrics::iconButton);
    setIcon(themedIcon(iconName));
    setIconSize(QSize(metrics::iconRow, metrics::iconRow));
    setFocusPolicy(Qt::TabFocus);
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setToolTip(name);
    setAccessibleName(name);
}

void IconButton::setSmall()
{
    setFixedSize(metrics::iconButtonSmall, metrics::iconButtonSmall);
}

void IconButton::setGlyph(QLatin1String iconName)
{
    setIcon(themedIcon(iconName));
}

void IconButton::setAction(QAction* action)
{
    const auto follow = [this, action] {
        setEnabled(action->isEnabled());
        setVisible(action->isVisible());
        setCheckable(action->isCheckable());
        setChecked(action->isChecked());
        QString name = action->text();
        name.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        setToolTip(tipOf(name, action->shortcut()));
        setAccessibleName(name);
    };
    connect(this, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, follow);
    follow();
}

SplitButton::SplitButton(QLatin1String iconName, const QString& text, QWidget* parent)
    : QToolButton(parent), m_icon(iconName)
{
    setText(text);
    setPopupMode(QToolButton::MenuButtonPopup);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void SplitButton::setFace(QLatin1String iconName, const QString& text)
{
    m_icon = iconName;
    setText(text);
    updateGeometry();
    update();
}

QSize SplitButton::sizeHint() const
{
    const int text = QFontMetrics(textFont(TextStyle::BodyStrong)).horizontalAdvance(this->text());
    return {splitPadding + metrics::iconRow + splitGap + text + splitPadding + 1 + splitMenuWidth,
            metrics::controlLarge};
}

void SplitButton::paintEvent(QPaintEvent*)
{
    QStyleOptionToolButton option;
    initStyleOption(&option);
    QPainter painter(this);
    const bool enabled = isEnabled();
    const QRect main = rect().adjusted(0, 0, -splitMenuWidth, 0);
    const QRect menu(main.right() + 1, 0, splitMenuWidth, height());
    const auto roleOf = [&](QStyle::SubControl part) {
        if (!enabled)
            return Role::BgSunken;
        const bool active = option.activeSubControls.testFlag(part);
        if (active && option.state.testFlag(QStyle::State_Sunken))
            return Role::AccentPressed;
        return active && option.state.testFlag(QStyle::State_MouseOver) ? Role::AccentHover : Role::Accent;
    };
    painter.save();
    painter.setClipRect(main);
    paintBox(painter, rect(), metrics::radiusControl, color(roleOf(QStyle::SC_ToolButton)),
             enabled ? QColor() : color(Role::Line));
    painter.setClipRect(menu);
    paintBox(painter, rect(), metrics::radiusControl, color(roleOf(QStyle::SC_ToolButtonMenu)),
             enabled ? QColor() : color(Role::Line));
    painter.restore();

    const QColor text = color(enabled ? Role::TextOnAccent : Role::TextDisabled);
    QColor line = text;
    line.setAlphaF(0.35F);
    painter.fillRect(QRect(menu.x(), 1, 1, height() - 2), line);
    paintIcon(painter, QRect(splitPadding, 0, metrics::iconRow, height()), m_icon, metrics::iconRow, text);
    painter.setFont(textFont(TextStyle::BodyStrong));
    painter.setPen(text);
    painter.drawText(main.adjusted(splitPadding + metrics::iconRow + splitGap, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, this->text());
    paintIcon(painter, menu.adjusted(1, 0, 0, 0), QLatin1String("chevron-down"), metrics::iconField, text);
}

} // namespace claimsmith::app
