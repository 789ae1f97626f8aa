// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/themechoice.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/stylebuttons.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace claimsmith::app {
namespace {

constexpr int pictureWidth = 168;
constexpr int pictureHeight = 80;
constexpr int rowTop = 88;
constexpr int radio = 16;

/// A window in one scheme, as large as `rect`.
void paintWindow(QPainter& painter, const QRect& rect, bool dark)
{
    const auto of = [dark](Role role) { return schemeColor(role, dark); };
    painter.fillRect(rect, of(Role::BgWindow));
    painter.fillRect(QRect(rect.x(), rect.y(), 16, rect.height()), of(Role::BgRail));
    painter.fillRect(QRect(rect.x() + 16, rect.y(), 1, rect.height()), of(Role::LineStrong));
    const int left = rect.x() + 26;
    const int room = rect.width() - 26;
    paintBox(painter, QRectF(left, rect.y() + 10, room * 0.56, 6), 3, of(Role::Text), QColor());
    paintBox(painter, QRectF(left, rect.y() + 22, room * 0.79, 4), 2, of(Role::LineStrong), QColor());
    paintBox(painter, QRectF(left, rect.y() + 32, room * 0.65, 4), 2, of(Role::LineStrong), QColor());
    paintBox(painter, QRectF(left, rect.y() + 58, 36, 12), 3, of(Role::Accent), QColor());
}

} // namespace

ThemeChoice::ThemeChoice(Appearance::Scheme scheme, const QString& name) : QRadioButton(name), m_scheme(scheme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

QSize ThemeChoice::sizeHint() const
{
    return {pictureWidth, rowTop + 20};
}

bool ThemeChoice::hitButton(const QPoint& position) const
{
    return rect().contains(position);
}

void ThemeChoice::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect picture(0, 0, pictureWidth, pictureHeight);
    QPainterPath clip;
    clip.addRoundedRect(picture, metrics::radiusCard, metrics::radiusCard);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(clip);
    if (m_scheme == Appearance::Scheme::System) {
        paintWindow(painter, picture.adjusted(0, 0, -pictureWidth / 2, 0), false);
        paintWindow(painter, picture.adjusted(pictureWidth / 2, 0, 0, 0), true);
    } else {
        paintWindow(painter, picture, m_scheme == Appearance::Scheme::Dark);
    }
    painter.restore();
    paintBox(painter, picture, metrics::radiusCard, QColor(), color(isChecked() ? Role::LineFocus : Role::LineStrong),
             isChecked() ? 2 : 1);

    QStyleOption option;
    option.initFrom(this);
    option.state.setFlag(isChecked() ? QStyle::State_On : QStyle::State_Off);
    option.rect = QRect(0, rowTop + 2, radio, radio);
    stylebuttons::drawRadioButton(option, painter);
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color(Role::Text));
    painter.drawText(QRect(radio + 8, rowTop, width(), 20), Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace claimsmith::app
