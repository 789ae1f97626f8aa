// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/methodbutton.h"

#include "http/message.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QWidgetAction>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int leastWidth = 70;
constexpr int padding = 12;

} // namespace

MethodButton::MethodButton(QWidget* parent) : QToolButton(parent)
{
    setObjectName(QStringLiteral("method"));
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setAutoRaise(true);
    auto* menu = new QMenu(this);
    for (const char* each : {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}) {
        const QString name = QString::fromLatin1(each);
        menu->addAction(name, this, [this, name] { choose(name); });
    }
    menu->addSeparator();
    auto* other = new QLineEdit;
    other->setPlaceholderText(tr("Other method"));
    other->setAccessibleName(tr("Other method"));
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(other);
    menu->addAction(action);
    connect(other, &QLineEdit::returnPressed, this, [this, other, menu] {
        const QString name = other->text().trimmed();
        if (!http::isToken(name.toStdString()))
            return;
        menu->close();
        other->clear();
        choose(name);
    });
    setMenu(menu);
    setMethod(m_method);
}

void MethodButton::choose(const QString& method)
{
    setMethod(method);
    emit methodChosen(method);
}

void MethodButton::setMethod(const QString& method)
{
    m_method = method;
    setAccessibleName(tr("Method %1").arg(method));
    setToolTip(tr("Method"));
    updateGeometry();
    update();
}

QSize MethodButton::sizeHint() const
{
    const QFontMetrics font(textFont(TextStyle::Method));
    return {std::max(leastWidth, font.horizontalAdvance(m_method) + 2 * padding + 24), metrics::controlLarge - 2};
}

void MethodButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (underMouse() || isDown())
        paintBox(painter, QRectF(rect()).adjusted(1, 1, -1, -1), metrics::radiusControl - 1, color(Role::BgHover),
                 QColor());
    painter.setFont(textFont(TextStyle::Method));
    painter.setPen(color(methodRole(m_method)));
    painter.drawText(rect().adjusted(padding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_method);
    paintIcon(painter, QRect(width() - 22, 0, metrics::iconChip, height()), QLatin1String("chevron-down"),
              metrics::iconChip, color(Role::Text3));
}

} // namespace claimsmith::app
