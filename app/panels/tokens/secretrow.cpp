// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/secretrow.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QPainter>
#include <QResizeEvent>

namespace claimsmith::app {

namespace {

constexpr int shownFor = 10'000;
constexpr int inset = 10;

} // namespace

SecretRow::SecretRow(QWidget* parent) : QWidget(parent)
{
    m_eye = new IconButton(QLatin1String("eye"), tr("Reveal the secret for 10 seconds"), this);
    m_eye->setObjectName(QStringLiteral("revealSecret"));
    m_replace = new IconButton(QLatin1String("edit"), tr("Enter another one"), this);
    m_replace->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_hide.setSingleShot(true);
    m_hide.setInterval(shownFor);
    connect(&m_hide, &QTimer::timeout, this, &SecretRow::hideSecret);
    connect(m_eye, &QToolButton::clicked, this, &SecretRow::toggle);
    connect(m_replace, &QToolButton::clicked, this, &SecretRow::replaceRequested);
}

void SecretRow::setSecret(const QString& name, std::function<QString()> reveal)
{
    if (name != m_name)
        hideSecret();
    m_name = name;
    m_reveal = std::move(reveal);
    m_eye->setVisible(static_cast<bool>(m_reveal));
    setAccessibleName(tr("Secret %1").arg(name));
    update();
}

void SecretRow::setReplaceable(bool replaceable)
{
    m_replace->setVisible(replaceable);
}

QSize SecretRow::sizeHint() const
{
    return {160, metrics::control};
}

void SecretRow::toggle()
{
    if (isRevealed())
        return hideSecret();
    m_shown = m_reveal();
    m_hide.start();
    static_cast<IconButton*>(m_eye)->setGlyph(QLatin1String("eye-off"));
    update();
}

void SecretRow::hideSecret()
{
    m_shown.fill(u' ');
    m_shown.clear();
    m_hide.stop();
    static_cast<IconButton*>(m_eye)->setGlyph(QLatin1String("eye"));
    update();
}

void SecretRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, rect(), metrics::radiusControl, color(Role::BgSunken), color(Role::LineStrong));
    const int right = m_replace->isVisible() ? m_replace->x() : m_eye->x();
    const QRect box(inset, 0, right - inset - 4, height());
    if (!isRevealed()) {
        paintChip(painter, box, Chip{m_name, Tone::Secret, QLatin1String("keychain"), true});
        return;
    }
    painter.setFont(textFont(TextStyle::Mono));
    painter.setPen(color(Role::Text));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(m_shown, Qt::ElideMiddle, box.width()));
}

void SecretRow::resizeEvent(QResizeEvent*)
{
    const int side = metrics::iconButtonSmall;
    const int top = (height() - side) / 2;
    m_eye->setGeometry(width() - side - 6, top, side, side);
    m_replace->setGeometry(width() - 2 * side - 8, top, side, side);
}

} // namespace claimsmith::app
