// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tabs.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace claimsmith::app {
namespace {

constexpr int tabPadding = 10;
constexpr int counterGap = 8;
constexpr int counterHeight = 16;
constexpr int counterPadding = 5;
constexpr int documentPadding = 12;
constexpr int documentGap = 6;
constexpr int dot = 8;

struct Counter
{
    QString text;
    Tone tone = Tone::Neutral;
};

struct Document
{
    QString method;
    bool modified = false;
};

} // namespace
} // namespace claimsmith::app

Q_DECLARE_METATYPE(claimsmith::app::Counter)
Q_DECLARE_METATYPE(claimsmith::app::Document)

namespace claimsmith::app {
namespace {

int advance(TextStyle style, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(textFont(style)).horizontalAdvance(text)));
}

int counterWidth(const Counter& counter)
{
    return qMax(counterHeight, advance(TextStyle::Caption, counter.text) + 2 * counterPadding);
}

} // namespace

UnderlineTabs::UnderlineTabs(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setFocusPolicy(Qt::TabFocus);
    setProperty("claimsmithFocusRing", true);
    setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void UnderlineTabs::setCounter(int index, const QString& text, Tone tone)
{
    const auto old = tabData(index).value<Counter>();
    if (old.text == text && old.tone == tone)
        return;
    setTabData(index, QVariant::fromValue(Counter{text, tone}));
    // The bar measures its tabs anew only when a text changes.
    const QString name = tabText(index);
    setTabText(index, {});
    setTabText(index, name);
    updateGeometry(); // QTabBar itself tells its layout only while it is shown
}

void UnderlineTabs::setInset(int pixels)
{
    m_inset = pixels;
    setTabText(0, tabText(0));
}

QSize UnderlineTabs::tabSizeHint(int index) const
{
    int width = advance(TextStyle::BodyStrong, tabText(index)) + 2 * tabPadding;
    if (const auto counter = tabData(index).value<Counter>(); !counter.text.isEmpty())
        width += counterGap + counterWidth(counter);
    if (index == 0)
        width += m_inset;
    return {width, metrics::tabBar};
}

QSize UnderlineTabs::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void UnderlineTabs::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int index = 0; index < count(); ++index) {
        QRect rect = tabRect(index);
        if (index == 0)
            rect.setLeft(rect.left() + m_inset);
        rect.adjust(tabPadding, 0, -tabPadding, 0);
        const bool current = index == currentIndex();
        const bool hovered = rect.contains(mapFromGlobal(QCursor::pos())) && underMouse();
        Role ink = current || hovered ? Role::Text : Role::Text2;
        if (!isTabEnabled(index))
            ink = Role::TextDisabled;
        painter.setFont(textFont(TextStyle::BodyStrong));
        painter.setPen(color(ink));
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, tabText(index));
        if (const auto counter = tabData(index).value<Counter>(); !counter.text.isEmpty()) {
            const int width = counterWidth(counter);
            const QRect box(rect.right() - width + 1, (height() - counterHeight) / 2, width, counterHeight);
            const ToneColors colors = toneColors(counter.tone);
            paintBox(painter, box, counterHeight / 2.0, color(colors.background), QColor());
            painter.setFont(textFont(TextStyle::Caption));
            painter.setPen(color(isTabEnabled(index) ? colors.text : Role::TextDisabled));
            painter.drawText(box, Qt::AlignCenter, counter.text);
        }
        if (current)
            painter.fillRect(QRect(rect.left(), height() - 2, rect.width(), 2), color(Role::Accent));
    }
}

DocumentTabs::DocumentTabs(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideRight);
    setFocusPolicy(Qt::TabFocus);
    setProperty("claimsmithFocusRing", true);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

int DocumentTabs::addDocument(const QString& method, const QString& name)
{
    const int index = addTab({});
    setDocument(index, method, name, false);
    return index;
}

void DocumentTabs::setDocument(int index, const QString& method, const QString& name, bool modified)
{
    setTabData(index, QVariant::fromValue(Document{method, modified}));
    setTabText(index, {});
    setTabText(index, name);
    setTabToolTip(index, QStringLiteral("%1 %2").arg(method, name));
}

QSize DocumentTabs::tabSizeHint(int index) const
{
    const auto document = tabData(index).value<Document>();
    int width = 2 * documentPadding + advance(TextStyle::Method, methodWord(document.method)) + documentGap +
                advance(TextStyle::BodyStrong, tabText(index));
    if (document.modified)
        width += documentGap + dot;
    if (index == currentIndex())
        width += documentGap + metrics::iconChip;
    return {qMin(width, 240), metrics::tabBar};
}

QSize DocumentTabs::minimumTabSizeHint(int index) const
{
    return {qMin(96, tabSizeHint(index).width()), metrics::tabBar};
}

QRect DocumentTabs::crossRect(int index) const
{
    const QRect rect = tabRect(index);
    return {rect.right() - documentPadding - metrics::iconChip + 1, rect.y(), metrics::iconChip, rect.height()};
}

bool DocumentTabs::showsCross(int index) const
{
    return index == currentIndex() || index == m_hovered;
}

void DocumentTabs::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int index = 0; index < count(); ++index) {
        const QRect rect = tabRect(index);
        const auto document = tabData(index).value<Document>();
        const bool current = index == currentIndex();
        if (current) {
            painter.fillRect(rect, color(Role::BgSurface));
            painter.fillRect(QRect(rect.x(), 0, rect.width(), 2), color(Role::Accent));
        } else if (index == m_hovered) {
            painter.fillRect(rect.adjusted(0, 0, 0, -1), color(Role::BgHover));
        }
        painter.fillRect(QRect(rect.right(), 0, 1, height()), color(Role::Line));

        QRect inner = rect.adjusted(documentPadding, 0, -documentPadding, 0);
        painter.setFont(textFont(TextStyle::Method));
        painter.setPen(color(methodRole(document.method)));
        const QString word = methodWord(document.method);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, word);
        inner.setLeft(inner.left() + advance(TextStyle::Method, word) + documentGap);

        if (showsCross(index)) {
            paintIcon(painter, crossRect(index), QLatin1String("close"), metrics::iconChip,
                      color(index == m_hovered ? Role::Text : Role::Text3));
            inner.setRight(crossRect(index).left() - documentGap);
        }
        const int dotRoom = document.modified ? dot + documentGap : 0;
        painter.setFont(textFont(current ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(color(current ? Role::Text : Role::Text2));
        const QString name = painter.fontMetrics().elidedText(tabText(index), Qt::ElideRight, inner.width() - dotRoom);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, name);
        if (document.modified) {
            const int x = inner.left() + painter.fontMetrics().horizontalAdvance(name) + documentGap;
            paintDot(painter, QRect(x, 0, dot, height()), dot, Role::Accent);
        }
    }
}

void DocumentTabs::setHovered(int index)
{
    if (m_hovered == index)
        return;
    m_hovered = index;
    update();
}

void DocumentTabs::mousePressEvent(QMouseEvent* event)
{
    const int index = tabAt(event->position().toPoint());
    const bool onCross =
        index >= 0 && showsCross(index) && crossRect(index).adjusted(-4, 0, 4, 0).contains(event->position().toPoint());
    m_pressedCross = -1;
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && onCross)) {
        m_pressedCross = index;
        return;
    }
    QTabBar::mousePressEvent(event);
}

void DocumentTabs::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_pressedCross < 0) {
        QTabBar::mouseReleaseEvent(event);
        return;
    }
    const int index = std::exchange(m_pressedCross, -1);
    if (tabAt(event->position().toPoint()) == index)
        emit tabCloseRequested(index);
}

void DocumentTabs::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(tabAt(event->position().toPoint()));
    QTabBar::mouseMoveEvent(event);
}

void DocumentTabs::leaveEvent(QEvent* event)
{
    setHovered(-1);
    QTabBar::leaveEvent(event);
}

} // namespace claimsmith::app
