// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/stylebuttons.h"

#include "theme/claimstyle.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOption>

#include <cmath>

namespace claimsmith::app::stylebuttons {
namespace {

struct Face
{
    QColor fill;
    QColor line;
    QColor text;
    QColor icon;
};

bool is(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

Role faceRole(const QStyleOption& option, Role rest, Role hover, Role pressed)
{
    if (is(option, QStyle::State_Sunken) || is(option, QStyle::State_On))
        return pressed;
    return is(option, QStyle::State_MouseOver) ? hover : rest;
}

Face faceOf(const QStyleOption& option, ButtonKind kind)
{
    const bool quiet = kind == ButtonKind::Quiet || kind == ButtonKind::Link;
    if (!is(option, QStyle::State_Enabled)) {
        const QColor text = color(Role::TextDisabled);
        return quiet ? Face{{}, {}, text, text} : Face{color(Role::BgSunken), color(Role::Line), text, text};
    }
    switch (kind) {
    case ButtonKind::Primary: {
        const QColor text = color(Role::TextOnAccent);
        return {color(faceRole(option, Role::Accent, Role::AccentHover, Role::AccentPressed)), color(Role::Accent),
                text, text};
    }
    case ButtonKind::Quiet: {
        const Role role = faceRole(option, Role::BgSurface, Role::BgHover, Role::BgPressed);
        const QColor text = color(Role::Text2);
        return {role == Role::BgSurface ? QColor() : color(role), {}, text, text};
    }
    case ButtonKind::Link:
        return {{}, {}, color(Role::AccentText), color(Role::AccentText)};
    case ButtonKind::Danger:
    case ButtonKind::Default:
        break;
    }
    const QColor fill = color(faceRole(option, Role::BgControl, Role::BgHover, Role::BgPressed));
    const bool danger = kind == ButtonKind::Danger;
    return {fill, color(Role::LineStrong), color(danger ? Role::Bad : Role::Text),
            color(danger ? Role::Bad : Role::Text2)};
}

struct Layout
{
    int padding;
    int iconSize;
    int gap;
    QFont font;
};

Layout layoutOf(const QWidget* widget)
{
    if (buttonKind(widget) == ButtonKind::Link)
        return {0, metrics::iconField, 6, textFont(TextStyle::SmallStrong)};
    switch (controlSize(widget)) {
    case ControlSize::Small:
        return {9, metrics::iconField, 4, textFont(TextStyle::SmallStrong)};
    case ControlSize::Large:
        return {15, metrics::iconRow, 6, textFont(TextStyle::BodyStrong)};
    case ControlSize::Normal:
        break;
    }
    return {13, metrics::iconRow, 4, textFont(TextStyle::BodyStrong)};
}

int widthOf(const QFont& font, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).size(Qt::TextShowMnemonic, text).width()));
}

int contentWidth(const QStyleOptionButton& option, const QWidget* widget, const Layout& layout)
{
    int width = widthOf(layout.font, option.text);
    if (!option.icon.isNull())
        width += layout.iconSize + (option.text.isEmpty() ? 0 : layout.gap);
    if (const QString keys = keycapOf(widget); !keys.isEmpty())
        width += layout.gap + keycapSize(keys).width();
    if (option.features.testFlag(QStyleOptionButton::HasMenu))
        width += layout.gap + metrics::iconChip;
    return width;
}

/// The icon in the colour of the button, whatever its own would be.
void paintTinted(QPainter& painter, const QRect& box, const QIcon& icon, int size, const QColor& color)
{
    QPixmap pixmap = icon.pixmap(QSize(size, size), painter.device()->devicePixelRatio());
    QPainter tint(&pixmap);
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(pixmap.rect(), color);
    tint.end();
    painter.drawPixmap(QPoint(box.x() + (box.width() - size) / 2, box.y() + (box.height() - size) / 2), pixmap);
}

} // namespace

void drawPushButtonFace(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
{
    const Face face = faceOf(option, buttonKind(widget));
    if (face.fill.isValid() || face.line.isValid())
        paintBox(painter, option.rect, metrics::radiusControl, face.fill, face.line);
}

void drawPushButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
{
    const Face face = faceOf(option, buttonKind(widget));
    const Layout layout = layoutOf(widget);
    int x = option.rect.x() + qMax(0, (option.rect.width() - contentWidth(option, widget, layout)) / 2);
    const int y = option.rect.y();
    const int height = option.rect.height();
    if (!option.icon.isNull()) {
        paintTinted(painter, QRect(x, y, layout.iconSize, height), option.icon, layout.iconSize, face.icon);
        x += layout.iconSize + layout.gap;
    }
    painter.setFont(layout.font);
    painter.setPen(face.text);
    const int textWidth = widthOf(layout.font, option.text);
    painter.drawText(QRect(x, y, textWidth, height),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic | Qt::TextSingleLine, option.text);
    x += textWidth + layout.gap;
    if (const QString keys = keycapOf(widget); !keys.isEmpty())
        paintKeycap(painter, QRect(x, y, keycapSize(keys).width(), height), keys,
                    buttonKind(widget) == ButtonKind::Primary);
    if (option.features.testFlag(QStyleOptionButton::HasMenu))
        paintIcon(painter, QRect(x, y, metrics::iconChip, height), QLatin1String("chevron-down"), metrics::iconChip,
                  face.icon);
}

QSize pushButtonSize(const QStyleOptionButton& option, const QWidget* widget)
{
    const Layout layout = layoutOf(widget);
    const int height = controlHeight(buttonKind(widget) == ButtonKind::Link ? ControlSize::Small : controlSize(widget));
    return {contentWidth(option, widget, layout) + 2 * layout.padding, height};
}

void drawToolButtonFace(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    if (is(option, QStyle::State_On)) {
        paintBox(painter, option.rect, metrics::radiusControl, color(Role::BgSelected), QColor());
        return;
    }
    const Face face =
        faceOf(option, buttonKind(widget) == ButtonKind::Default ? ButtonKind::Quiet : buttonKind(widget));
    if (face.fill.isValid())
        paintBox(painter, option.rect, metrics::radiusControl, face.fill, face.line);
}

void drawCheckBox(const QStyleOption& option, QPainter& painter)
{
    const bool enabled = is(option, QStyle::State_Enabled);
    const bool on = is(option, QStyle::State_On) || is(option, QStyle::State_NoChange);
    const QRectF box(option.rect);
    if (!on) {
        paintBox(painter, box, metrics::radiusChip, color(enabled ? Role::BgControl : Role::BgSunken),
                 color(enabled ? Role::LineControl : Role::Line));
        return;
    }
    paintBox(painter, box, metrics::radiusChip, color(enabled ? Role::Accent : Role::BgChip), QColor());
    paintIcon(painter, option.rect, is(option, QStyle::State_On) ? QLatin1String("check") : QLatin1String("minus"),
              metrics::iconChip, color(enabled ? Role::TextOnAccent : Role::TextDisabled));
}

void drawRadioButton(const QStyleOption& option, QPainter& painter)
{
    const bool enabled = is(option, QStyle::State_Enabled);
    const bool on = is(option, QStyle::State_On);
    const QRectF box(option.rect);
    const QColor fill = color(on ? (enabled ? Role::Accent : Role::BgChip) : Role::BgControl);
    paintBox(painter, box, box.width() / 2, fill, on ? QColor() : color(enabled ? Role::LineControl : Role::Line));
    if (on)
        paintBox(painter, box.adjusted(5, 5, -5, -5), 3, color(enabled ? Role::TextOnAccent : Role::TextDisabled),
                 QColor());
}

void drawFocusFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    Q_UNUSED(widget)
    const qreal width = Theme::instance().appearance().highContrast ? 3 : 2;
    paintBox(painter, option.rect, metrics::radiusControl + 3, QColor(), color(Role::LineFocus), width);
}

} // namespace claimsmith::app::stylebuttons
