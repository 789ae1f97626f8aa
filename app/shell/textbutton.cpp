// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/textbutton.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QMenu>
#include <QPainter>

namespace claimsmith::app {
namespace {

constexpr int padding = 6;
constexpr int gap = 6;

} // namespace

TextButton::TextButton(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void TextButton::setIcon(QLatin1String icon, Role role)
{
    m_icon = icon;
    m_iconRole = role;
    updateGeometry();
    update();
}

void TextButton::setTexts(const QString& quiet, const QString& strong)
{
    if (m_quiet == quiet && m_strong == strong && !accessibleName().isEmpty())
        return;
    m_quiet = quiet;
    m_strong = strong;
    setAccessibleName(
        (m_strongFirst ? strong + QLatin1Char(' ') + quiet : quiet + QLatin1Char(' ') + strong).trimmed());
    updateGeometry();
    update();
}

void TextButton::setStrongFirst()
{
    m_strongFirst = true;
}

void TextButton::setStrongRole(Role role)
{
    m_strongRole = role;
    update();
}

void TextButton::setChevron(QLatin1String icon)
{
    m_chevron = icon;
}

void TextButton::setStrongQuiet()
{
    m_strongQuiet = true;
}

void TextButton::setMenu(QMenu* menu)
{
    connect(this, &QAbstractButton::clicked, menu, [this, menu] {
        const QPoint below = mapToGlobal(QPoint(0, height() + 2));
        const bool roomBelow = mapTo(window(), QPoint()).y() < window()->height() / 2;
        menu->popup(roomBelow ? below : mapToGlobal(QPoint(0, -menu->sizeHint().height() - 2)));
    });
}

QSize TextButton::sizeHint() const
{
    int width = 2 * padding;
    if (!m_icon.isEmpty())
        width += metrics::iconField + gap;
    if (!m_quiet.isEmpty())
        width += QFontMetrics(textFont(m_strongQuiet ? TextStyle::SmallStrong : TextStyle::Small))
                     .horizontalAdvance(m_quiet);
    if (!m_strong.isEmpty())
        width +=
            QFontMetrics(textFont(TextStyle::SmallBold)).horizontalAdvance(m_strong) + (m_quiet.isEmpty() ? 0 : gap);
    if (!m_chevron.isEmpty())
        width += metrics::iconChip + gap;
    return {width + 2, metrics::iconButtonSmall};
}

void TextButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (isEnabled() && (underMouse() || isDown()))
        paintBox(painter, rect(), metrics::radiusControl, color(isDown() ? Role::BgPressed : Role::BgHover), QColor());
    int x = padding;
    const auto write = [&](const QString& text, TextStyle style, Role role) {
        if (text.isEmpty())
            return;
        painter.setFont(textFont(style));
        painter.setPen(color(isEnabled() ? role : Role::TextDisabled));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += painter.fontMetrics().horizontalAdvance(text) + gap;
    };
    if (!m_icon.isEmpty()) {
        paintIcon(painter, QRect(x, 0, metrics::iconField, height()), m_icon, metrics::iconField, color(m_iconRole));
        x += metrics::iconField + gap;
    }
    if (m_strongFirst)
        write(m_strong, TextStyle::SmallBold, m_strongRole);
    write(m_quiet, m_strongQuiet ? TextStyle::SmallStrong : TextStyle::Small, Role::Text2);
    if (!m_strongFirst)
        write(m_strong, TextStyle::SmallBold, m_strongRole);
    if (!m_chevron.isEmpty())
        paintIcon(painter, QRect(x, 0, metrics::iconChip, height()), m_chevron, metrics::iconChip, color(Role::Text3));
}

} // namespace claimsmith::app
