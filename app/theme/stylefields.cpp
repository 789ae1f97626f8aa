// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/stylefields.h"

#include "theme/claimstyle.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace claimsmith::app::stylefields {
namespace {

constexpr int fieldPadding = 9;

} // namespace

void drawField(QPainter& painter, const QRect& rect, QStyle::State state, bool error, bool readOnly)
{
    const bool enabled = state.testFlag(QStyle::State_Enabled);
    const QColor face = color(enabled && !readOnly ? Role::BgControl : Role::BgSunken);
    if (error)
        paintBox(painter, rect, metrics::radiusControl, face, color(Role::BadSolid), 2);
    else if (enabled && state.testFlag(QStyle::State_HasFocus))
        paintBox(painter, rect, metrics::radiusControl, face, color(Role::LineFocus), 2);
    else
        paintBox(painter, rect, metrics::radiusControl, face,
                 color(enabled && !readOnly ? Role::LineStrong : Role::Line));
}

void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget)
{
    drawField(painter, option.rect, option.state, fieldState(widget) == FieldState::Error, false);
    const QRect chevron(option.rect.right() - fieldPadding - metrics::iconChip + 1, option.rect.y(), metrics::iconChip,
                        option.rect.height());
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    paintIcon(painter, chevron, QLatin1String("chevron-down"), metrics::iconChip,
              color(enabled ? Role::Text3 : Role::TextDisabled));
}

QRect comboEditRect(const QStyleOptionComboBox& option)
{
    return option.rect.adjusted(fieldPadding, 1, -fieldPadding - metrics::iconChip - 4, -1);
}

void drawProgressBar(const QStyleOptionProgressBar& option, QPainter& painter)
{
    const QRectF track(option.rect);
    const qreal radius = qMin<qreal>(3, track.height() / 2);
    paintBox(painter, track, radius, color(Role::BgChip), QColor());
    const int range = option.maximum - option.minimum;
    if (range <= 0)
        return;
    QRectF done = track;
    done.setWidth(track.width() * (option.progress - option.minimum) / range);
    paintBox(painter, done, radius, color(Role::Accent), QColor());
}

void drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QRect& groove, const QRect& handle)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    QRectF track(groove);
    if (horizontal) {
        track.setHeight(4);
        track.moveCenter(QPointF(track.center().x(), QRectF(groove).center().y()));
    } else {
        track.setWidth(4);
        track.moveCenter(QPointF(QRectF(groove).center().x(), track.center().y()));
    }
    paintBox(painter, track, 2, color(Role::BgChip), QColor());
    QRectF knob(0, 0, 14, 14);
    knob.moveCenter(QRectF(handle).center());
    paintBox(painter, knob, 7, color(Role::BgSurface), color(Role::Accent), 2);
}

void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QRect& thumb)
{
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.state.testFlag(QStyle::State_MouseOver) || option.state.testFlag(QStyle::State_Sunken);
    constexpr int inset = (metrics::scrollBar - metrics::scrollThumb) / 2;
    const QRect bar = option.orientation == Qt::Vertical ? thumb.adjusted(inset, 1, -inset, -1)
                                                         : thumb.adjusted(1, inset, -1, -inset);
    paintBox(painter, bar, metrics::scrollThumb / 2.0, color(active ? Role::Text3 : Role::LineStrong), QColor());
}

} // namespace claimsmith::app::stylefields
