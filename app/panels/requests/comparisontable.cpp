// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/comparisontable.h"

#include "text/explanationtext.h"
#include "text/quantities.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int rowHeight = 28;
constexpr int padding = 8;
constexpr int labelWidth = 116;
constexpr int shortValue = 120; // pixels: a NumericDate and then its date

QString noteOf(const gateway::ComparisonRow& row, std::int64_t now)
{
    if (row.time)
        return dayAndClockText(fromUnixSeconds(*row.time), fromUnixSeconds(now));
    return plainText(row.note);
}

} // namespace

ComparisonTable::ComparisonTable(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ComparisonTable::setRows(std::vector<gateway::ComparisonRow> rows, std::int64_t now)
{
    m_rows = std::move(rows);
    m_now = now;
    QStringList spoken;
    for (const auto& row : m_rows)
        spoken << plainText(row.label) + QLatin1Char(' ') + QString::fromStdString(row.value) + QLatin1Char(' ') +
                      noteOf(row, now);
    setAccessibleName(tr("Comparison"));
    setAccessibleDescription(spoken.join(QLatin1String(", ")));
    updateGeometry();
    update();
}

QSize ComparisonTable::sizeHint() const
{
    return {480, static_cast<int>(m_rows.size()) * rowHeight + 1};
}

void ComparisonTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), 2, color(Role::BgSurface), color(Role::LineStrong));
    const bool dated = std::any_of(m_rows.begin(), m_rows.end(), [](const auto& row) { return row.time.has_value(); });
    int top = 0;
    for (const auto& row : m_rows) {
        const QRect line(padding, top, width() - 2 * padding, rowHeight);
        const Role role = row.offending ? Role::Bad : Role::Text;
        if (top > 0)
            painter.fillRect(QRect(1, top, width() - 2, 1), color(Role::LineSubtle));
        painter.setFont(textFont(TextStyle::Small));
        painter.setPen(color(Role::Text2));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, plainText(row.label));

        painter.setFont(textFont(TextStyle::Mono));
        painter.setPen(color(role));
        const int valueWidth = dated ? shortValue : line.width() - labelWidth;
        const QRect value(line.left() + labelWidth, top, valueWidth, rowHeight);
        painter.drawText(
            value, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(QString::fromStdString(row.value), Qt::ElideMiddle, valueWidth));

        if (dated) {
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(row.time ? Role::Text : Role::Text2));
            painter.drawText(line.adjusted(labelWidth + shortValue, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                             noteOf(row, m_now));
        }
        if (row.time) {
            painter.setFont(textFont(row.offending ? TextStyle::SmallStrong : TextStyle::Small));
            painter.setPen(color(row.offending ? Role::Bad : Role::Text2));
            painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                             distanceText(std::chrono::seconds(*row.time - m_now)));
        }
        top += rowHeight;
    }
}

} // namespace claimsmith::app
