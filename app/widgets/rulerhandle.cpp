// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rulerhandle.h"

#include "text/timetext.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace claimsmith::app {

namespace {

class HandleInterface final : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit HandleInterface(RulerHandle* handle) : QAccessibleWidget(handle, QAccessible::Slider), m_handle(*handle) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? m_handle.valueText() : QAccessibleWidget::text(kind);
    }
    QVariant currentValue() const override
    {
        const auto instant = m_handle.ruler().value(m_handle.claim());
        return instant ? QVariant(qint64(*instant)) : QVariant();
    }
    void setCurrentValue(const QVariant& value) override
    {
        m_handle.ruler().move(m_handle.claim(), value.toLongLong());
    }
    QVariant maximumValue() const override { return qint64(m_handle.ruler().range().to); }
    QVariant minimumValue() const override { return qint64(m_handle.ruler().range().from); }
    QVariant minimumStepSize() const override { return 1; }

private:
    RulerHandle& m_handle;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* handle = qobject_cast<RulerHandle*>(object);
    return handle ? new HandleInterface(handle) : nullptr;
}

constexpr int ringDiameter = 12;
constexpr int minuteStep = 60;
constexpr int shiftStep = 10;

} // namespace

void installRulerAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

RulerHandle::RulerHandle(TimeClaim claim, TimeRuler& ruler) : QWidget(&ruler), m_ruler(ruler), m_claim(claim)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeHorCursor);
    setAttribute(Qt::WA_Hover);
}

void RulerHandle::setRing(int y)
{
    m_ring = y;
    update();
}

QString RulerHandle::valueText() const
{
    const auto instant = m_ruler.value(m_claim);
    return instant ? instantText(*instant, m_ruler.now(), m_ruler.zone()) : QString();
}

void RulerHandle::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor line = color(Role::JwtPayload);
    const int x = width / 2;
    painter.fillRect(x - 1, 0, 2, height(), line);

    const bool focusRing = hasFocus() && m_keyboardFocus;
    if (m_claim == TimeClaim::NotBefore && !underMouse() && !m_dragging && !focusRing)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring(x - ringDiameter / 2 + 1, m_ring - ringDiameter / 2 + 1, ringDiameter - 2, ringDiameter - 2);
    painter.setPen(QPen(line, 2));
    painter.setBrush(color(Role::BgSurface));
    painter.drawEllipse(ring);
    if (!focusRing)
        return;
    painter.setPen(QPen(color(Role::LineFocus), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring.adjusted(-4, -4, 4, 4));
}

void RulerHandle::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_ruler.value(m_claim))
        return;
    m_grip = event->position().x() + x() - m_ruler.positionOf(*m_ruler.value(m_claim));
    m_dragging = true;
    m_ruler.beginDrag();
}

void RulerHandle::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return;
    std::int64_t instant = m_ruler.instantAt(event->position().x() + x() - m_grip);
    if (event->modifiers().testFlag(Qt::ShiftModifier))
        instant = (instant + shiftStep / 2) / shiftStep * shiftStep;
    m_ruler.move(m_claim, instant);
}

void RulerHandle::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return;
    m_dragging = false;
    m_ruler.endDrag(m_claim);
    update();
}

void RulerHandle::keyPressEvent(QKeyEvent* event)
{
    const int arrow = event->modifiers().testFlag(Qt::ShiftModifier) ? shiftStep : 1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return moveBy(-arrow);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return moveBy(arrow);
    case Qt::Key_PageDown:
        return moveBy(-minuteStep);
    case Qt::Key_PageUp:
        return moveBy(minuteStep);
    default:
        QWidget::keyPressEvent(event);
    }
}

void RulerHandle::moveBy(std::int64_t seconds)
{
    m_keyboardFocus = true;
    if (const auto instant = m_ruler.value(m_claim))
        m_ruler.move(m_claim, *instant + seconds);
}

void RulerHandle::focusInEvent(QFocusEvent* event)
{
    const auto reason = event->reason();
    m_keyboardFocus =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
    update();
}

bool RulerHandle::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        if (const auto instant = m_ruler.value(m_claim))
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), instantDetails(*instant, m_ruler.zone()),
                               this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace claimsmith::app
