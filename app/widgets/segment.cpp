// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/segment.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QPainter>
#include <QRadioButton>

namespace claimsmith::app {
namespace {

constexpr int trackPadding = 2;
constexpr int itemPadding = 10;
constexpr int iconGap = 5;

class SegmentItem final : public QRadioButton
{
public:
    SegmentItem(const QString& text, QLatin1String iconName, ControlSize size, bool grid)
        : QRadioButton(text), m_icon(iconName), m_size(size), m_grid(grid)
    {
        setSizePolicy(grid ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override
    {
        int width = QFontMetrics(textFont(style())).horizontalAdvance(text()) + 2 * itemPadding;
        if (!m_icon.isEmpty())
            width += metrics::iconRow + iconGap;
        return {width, controlHeight(m_size) - 2 * trackPadding};
    }

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        if (isChecked())
            paintBox(painter, rect(), metrics::radiusChip, color(Role::BgRaised), color(Role::LineStrong));
        else if (underMouse() && isEnabled())
            paintBox(painter, rect(), metrics::radiusChip, color(Role::BgHover), QColor());
        QColor ink = color(isChecked() ? Role::Text : Role::Text2);
        if (!isEnabled())
            ink = color(Role::TextDisabled);
        painter.setFont(textFont(style()));
        painter.setPen(ink);
        const int textWidth = painter.fontMetrics().horizontalAdvance(text());
        const int iconWidth = m_icon.isEmpty() ? 0 : metrics::iconRow + iconGap;
        int x = (width() - textWidth - iconWidth) / 2;
        if (!m_icon.isEmpty())
            paintIcon(painter, QRect(x, 0, metrics::iconRow, height()), m_icon, metrics::iconRow, ink);
        x += iconWidth;
        painter.drawText(QRect(x, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    }

private:
    TextStyle style() const { return m_size == ControlSize::Large ? TextStyle::BodyStrong : TextStyle::SmallStrong; }

    QLatin1String m_icon;
    ControlSize m_size;
    bool m_grid;
};

} // namespace

Segment::Segment(ControlSize size, int columns, QWidget* parent)
    : QWidget(parent), m_size(size), m_columns(columns), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(trackPadding, trackPadding, trackPadding, trackPadding);
    m_layout->setSpacing(0);
    setSizePolicy(columns > 0 ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Segment::addItem(const QString& text, QLatin1String icon)
{
    auto* item = new SegmentItem(text, icon, m_size, m_columns > 0);
    const int index = count();
    const int columns = m_columns > 0 ? m_columns : index + 1;
    m_layout->addWidget(item, index / columns, index % columns);
    m_items.append(item);
    item->setChecked(index == 0);
    connect(item, &QRadioButton::toggled, this, [this, index](bool checked) {
        if (checked)
            emit currentIndexChanged(index);
    });
}

void Segment::setColumns(int columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int index = 0; index < count(); ++index)
        m_layout->addWidget(m_items.at(index), index / columns, index % columns);
}

QString Segment::itemText(int index) const
{
    return m_items.at(index)->text();
}

void Segment::setItemEnabled(int index, bool enabled, const QString& reason)
{
    m_items.at(index)->setEnabled(enabled);
    m_items.at(index)->setToolTip(enabled ? QString() : reason);
}

int Segment::currentIndex() const
{
    for (int index = 0; index < count(); ++index)
        if (m_items.at(index)->isChecked())
            return index;
    return -1;
}

void Segment::setCurrentIndex(int index)
{
    m_items.at(index)->setChecked(true);
}

void Segment::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusControl, color(Role::BgChip), QColor());
}

} // namespace claimsmith::app
