// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/timelineview.h"

#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int nameWidth = 112;
constexpr int durationWidth = 80;
constexpr int noteWidth = 200;
constexpr int barHeight = 10;
constexpr int leastBar = 3;

std::chrono::microseconds totalOf(const std::vector<TimelinePhase>& phases)
{
    return phases.empty() ? std::chrono::microseconds(0) : phases.back().end;
}

} // namespace

std::vector<TimelinePhase> phasesOf(const http::ClientResponse& response)
{
    const http::ClientTimings& times = response.timings;
    std::vector<TimelinePhase> phases;
    std::chrono::microseconds begin{0};
    const auto add = [&](const QString& name, std::chrono::microseconds end, const QString& note) {
        if (end > begin)
            phases.push_back({name, begin, end, note});
        begin = std::max(begin, end);
    };
    const auto tr = [](const char* text) { return QCoreApplication::translate("Timeline", text); };
    add(tr("Resolve"), times.resolved, QString());
    add(tr("Connect"), times.connected, QString::fromStdString(response.remoteAddress));
    add(tr("TLS"), times.secured, QString());
    add(tr("Send"), times.sent, tr("%1 sent").arg(sizeText(response.sentBytes)));
    add(tr("Wait"), times.firstByte, response.reusedConnection ? tr("connection was kept") : QString());
    add(tr("Receive"), times.total, tr("%1 received").arg(sizeText(response.receivedBytes)));
    return phases;
}

TimelineView::TimelineView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::NoFocus);
}

void TimelineView::setPhases(std::vector<TimelinePhase> phases)
{
    m_phases = std::move(phases);
    QStringList spoken;
    for (const TimelinePhase& phase : m_phases)
        spoken << phase.name + QLatin1Char(' ') + durationText(phase.end - phase.begin);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(spoken.join(QLatin1String(", ")));
    updateGeometry();
    update();
}

QSize TimelineView::sizeHint() const
{
    return {640, 2 * metrics::pagePadding + static_cast<int>(m_phases.size() + 1) * Theme::instance().rowHeight()};
}

void TimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgSurface));
    const int rowHeight = Theme::instance().rowHeight();
    const int left = metrics::pagePadding + nameWidth;
    const int notes = width() > 620 ? noteWidth : 0;
    const int right = width() - metrics::pagePadding - durationWidth - notes;
    const auto total = std::max(std::chrono::microseconds(1), totalOf(m_phases));
    const auto place = [&](std::chrono::microseconds time) {
        return left + static_cast<int>((right - left) * static_cast<double>(time.count()) /
                                       static_cast<double>(total.count()));
    };
    int top = metrics::pagePadding;
    const auto texts = [&](const TimelinePhase& phase, TextStyle style) {
        painter.setFont(textFont(style));
        painter.setPen(color(Role::Text));
        painter.drawText(QRect(metrics::pagePadding, top, nameWidth, rowHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         phase.name);
        painter.setFont(textFont(TextStyle::Mono));
        painter.drawText(QRect(right, top, durationWidth, rowHeight), Qt::AlignRight | Qt::AlignVCenter,
                         durationText(phase.end - phase.begin));
        if (notes > 0) {
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(Role::Text2));
            painter.drawText(QRect(right + durationWidth + 16, top, notes - 16, rowHeight),
                             Qt::AlignLeft | Qt::AlignVCenter, phase.note);
        }
    };
    for (const TimelinePhase& phase : m_phases) {
        const int from = place(phase.begin);
        const int to = std::max(from + leastBar, place(phase.end));
        const QRect track(left, top + (rowHeight - barHeight) / 2, right - left, barHeight);
        paintBox(painter, track, 2, color(Role::BgChip), QColor());
        paintBox(painter, QRect(from, track.top(), to - from, barHeight), 2, color(Role::Accent), QColor());
        texts(phase, TextStyle::Small);
        top += rowHeight;
    }
    painter.fillRect(QRect(metrics::pagePadding, top, width() - 2 * metrics::pagePadding, 1), color(Role::Line));
    texts({tr("Total"), std::chrono::microseconds(0), totalOf(m_phases), {}}, TextStyle::SmallStrong);
}

} // namespace claimsmith::app
