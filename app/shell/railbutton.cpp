// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/railbutton.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>

namespace claimsmith::app {
namespace {

constexpr int cellHeight = 60;
constexpr int narrowCellHeight = 44;
constexpr int sideGap = 6;
constexpr int topGap = 2;
constexpr int barWidth = 3;
constexpr int iconTop = 12;
constexpr int labelTop = 32;
constexpr int newsDot = 6;

} // namespace

RailButton::RailButton(const QString& title, QLatin1String icon, QWidget* parent) : QToolButton(parent), m_icon(icon)
{
    setText(title);
    setAccessibleName(title);
    setToolTip(title);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(cellHeight);
}

void RailButton::setLabelVisible(bool visible)
{
    m_label = visible;
    setFixedHeight(visible ? cellHeight : narrowCellHeight);
}

void RailButton::setNews(bool news)
{
    m_news = news;
    setAccessibleDescription(news ? tr("has news") : QString());
    update();
}

/// The current page stays marked when it is clicked again.
void RailButton::nextCheckState() {}

void RailButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect face = rect().adjusted(m_label ? sideGap : 4, topGap, m_label ? -sideGap : -3, -topGap);
    if (isChecked()) {
        paintBox(painter, face, metrics::radiusControl, color(Role::BgSelected), QColor());
        const int inset = face.height() / 5 + 1;
        painter.save();
        painter.setClipRect(QRect(0, 0, barWidth, height()));
        paintBox(painter, QRectF(-barWidth, face.y() + inset, 2 * barWidth, face.height() - 2 * inset), 2,
                 color(Role::AccentText), QColor());
        painter.restore();
    } else if (underMouse()) {
        paintBox(painter, face, metrics::radiusControl, color(Role::BgHover), QColor());
    }
    const QColor ink = color(isChecked() ? Role::AccentText : Role::Text3);
    if (!m_label) {
        paintIcon(painter, face, m_icon, metrics::iconRail, ink);
    } else {
        paintIcon(painter, QRect(face.x(), face.y() + iconTop - 2, face.width(), metrics::iconRail), m_icon,
                  metrics::iconRail, ink);
        painter.setFont(textFont(TextStyle::Caption));
        painter.setPen(ink);
        painter.drawText(QRect(0, face.y() + labelTop, width(), 16), Qt::AlignCenter, text());
    }
    if (m_news)
        paintDot(painter, QRect(face.right() - 14, face.y() + 6, newsDot, newsDot), newsDot, Role::BadSolid);
}

} // namespace claimsmith::app
