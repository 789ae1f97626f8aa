// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/lifestrip.h"

#include "text/quantities.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int labelHeight = 18;
constexpr int trackHeight = 16;
constexpr int lineWidth = 2;
constexpr double tail = 0.92; // the last mark stands before the end, so that its label fits

} // namespace

LifeStrip::LifeStrip(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LifeStrip::setMarks(std::vector<gateway::RulerMark> marks)
{
    m_marks = std::move(marks);
    QStringList spoken;
    for (const auto& mark : m_marks)
        spoken << QString::fromStdString(mark.name) + QLatin1Char(' ') + clockText(fromUnixSeconds(mark.time));
    setAccessibleName(tr("Life of the token"));
    setAccessibleDescription(spoken.join(QLatin1String(", ")));
    update();
}

QSize LifeStrip::sizeHint() const
{
    return {320, labelHeight + trackHeight + 6};
}

std::int64_t LifeStrip::timeOf(const char* name, std::int64_t fallback) const
{
    const auto found =
        std::find_if(m_marks.begin(), m_marks.end(), [&](const auto& mark) { return mark.name == name; });
    return found == m_marks.end() ? fallback : found->time;
}

int LifeStrip::place(std::int64_t time) const
{
    const std::int64_t first = m_marks.front().time;
    const std::int64_t last = std::max(m_marks.back().time, first + 1);
    const double share = static_cast<double>(time - first) / static_cast<double>(last - first);
    return static_cast<int>((width() - lineWidth) * tail * std::clamp(share, 0.0, 1.0));
}

std::vector<LifeStrip::Band> LifeStrip::bands() const
{
    const std::int64_t now = timeOf("now", m_marks.back().time);
    const std::int64_t start = std::max(timeOf("nbf", m_marks.front().time), timeOf("iat", m_marks.front().time));
    const std::int64_t end = timeOf("exp", m_marks.back().time);
    std::vector<Band> bands;
    if (now < start)
        bands.push_back(
            {place(now), place(start), false, tr("starts in %1").arg(spanText(std::chrono::seconds(start - now)))});
    if (start < end)
        bands.push_back(
            {place(start), place(end), true, tr("valid for %1").arg(spanText(std::chrono::seconds(end - start)))});
    if (end < now)
        bands.push_back(
            {place(end), place(now), false, tr("expired %1").arg(spanText(std::chrono::seconds(now - end)))});
    return bands;
}

void LifeStrip::paintLabels(QPainter& painter) const
{
    int free = 0; // where the next label may begin
    for (const auto& mark : m_marks) {
        const bool isNow = mark.name == "now";
        const QString name = QString::fromStdString(mark.name);
        const QString time = clockText(fromUnixSeconds(mark.time));
        const QFontMetrics bold(textFont(TextStyle::SmallBold));
        const QFontMetrics mono(textFont(TextStyle::MonoSmall));
        const int needed = bold.horizontalAdvance(name) + 6 + mono.horizontalAdvance(time);
        const int at = place(mark.time);
        const int wish =
            at + needed > width() ? width() - needed : std::max(0, at - (at > needed / 2 ? needed / 2 : at));
        const int left = std::max(wish, free);
        painter.fillRect(QRect(at, labelHeight - 2, lineWidth, trackHeight + 6),
                         color(isNow ? Role::Accent : Role::JwtPayload));
        if (left + needed > width())
            continue; // two marks at one place: the line alone
        painter.setFont(textFont(TextStyle::SmallBold));
        painter.setPen(color(isNow ? Role::AccentText : Role::JwtPayload));
        painter.drawText(QRect(left, 0, needed, labelHeight - 2), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setFont(textFont(TextStyle::MonoSmall));
        painter.setPen(color(Role::Text2));
        painter.drawText(QRect(left, 0, needed, labelHeight - 2), Qt::AlignRight | Qt::AlignVCenter, time);
        free = left + needed + 10;
    }
}

void LifeStrip::paintEvent(QPaintEvent*)
{
    if (m_marks.empty())
        return;
    QPainter painter(this);
    const QRect track(0, labelHeight, width(), trackHeight);
    painter.fillRect(track, color(Role::BgSunken));
    painter.setFont(textFont(TextStyle::Caption));
    for (const Band& band : bands()) {
        const QRect box(band.left, track.top(), band.right - band.left, track.height());
        painter.fillRect(box, color(band.valid ? Role::OkBg : Role::BadBg));
        painter.fillRect(QRect(box.left(), box.bottom() - lineWidth + 1, box.width(), lineWidth),
                         color(band.valid ? Role::OkSolid : Role::BadSolid));
        if (painter.fontMetrics().horizontalAdvance(band.text) + 8 > box.width())
            continue;
        painter.setPen(color(band.valid ? Role::Ok : Role::Bad));
        painter.drawText(box.adjusted(0, 0, 0, -lineWidth), Qt::AlignCenter, band.text);
    }
    paintLabels(painter);
}

} // namespace claimsmith::app
