// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeruler.h"

#include "text/quantities.h"
#include "text/timetext.h"
#include "theme/theme.h"
#include "widgets/rulerhandle.h"
#include "widgets/rulerlabels.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace claimsmith::app {

namespace {

constexpr int sideMargin = 24;
constexpr int bandHeight = 20;
constexpr int tickLength = 5;
constexpr int minimumTickGap = 64;
constexpr int nowDiameter = 10;
constexpr std::int64_t openEndedSpan = 3600;

constexpr std::array<std::int64_t, 24> steps{1,     2,     5,      10,     15,      30,      60,      120,
                                             300,   600,   900,    1800,   3600,    7200,    10800,   21600,
                                             43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000};

QString tickText(std::int64_t instant, std::int64_t step, const QTimeZone& zone)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(instant, zone);
    const QString format = step < 60        ? QStringLiteral("HH:mm:ss")
                           : step < 86400   ? QStringLiteral("HH:mm")
                           : step < 2592000 ? QStringLiteral("d MMM")
                                            : QStringLiteral("MMM yyyy");
    return QLocale(QLocale::English).toString(time, format);
}

} // namespace

TimeRange rangeFor(const TokenTimes& times, std::int64_t now)
{
    const auto showable = [](std::optional<std::int64_t> time) {
        return time && isShowableInstant(*time) ? time : std::nullopt;
    };
    const auto issuedAt = showable(times.issuedAt);
    const auto notBefore = showable(times.notBefore);
    const auto expires = showable(times.expires);

    const std::int64_t latest = std::max(expires.value_or(notBefore.value_or(now)), notBefore.value_or(INT64_MIN));
    const std::int64_t start = issuedAt || notBefore
                                   ? std::min(issuedAt.value_or(INT64_MAX), notBefore.value_or(INT64_MAX))
                                   : std::min(now, expires.value_or(now));
    const bool ends = times.expires && (expires || notBefore) && latest > start;
    const std::int64_t end = ends ? latest : std::max({latest, now, start}) + openEndedSpan;

    const std::int64_t life = std::max<std::int64_t>(end - start, 10);
    TimeRange range{start - life / 5, end + life / 5};
    if (now < start && start - now <= 2 * life)
        range.from = std::min(range.from, now - life / 5);
    if (now > end && now - end <= 2 * life)
        range.to = std::max(range.to, now + life / 5);
    return range;
}

std::int64_t tickStep(const TimeRange& range, int pixels, int minimumGap)
{
    const double secondsPerPixel = static_cast<double>(range.to - range.from) / std::max(pixels, 1);
    const double wanted = secondsPerPixel * minimumGap;
    const auto* step = std::find_if(steps.begin(), steps.end(), [&](std::int64_t each) { return each >= wanted; });
    if (step != steps.end())
        return *step;
    return steps.back() * static_cast<std::int64_t>(std::ceil(wanted / steps.back()));
}

/// Where things stand, from top to bottom.
struct TimeRuler::Layout
{
    QRect labels;
    QRect band;
    QRect ticks;
    int lineTop = 0;
    int lineBottom = 0;
};

TimeRuler::TimeRuler(QWidget* parent) : QWidget(parent)
{
    installRulerAccessibility();
    m_notBefore = new RulerHandle(TimeClaim::NotBefore, *this);
    m_notBefore->setObjectName(QStringLiteral("rulerNotBefore"));
    m_notBefore->setAccessibleName(tr("Start of the token's life, nbf"));
    m_expires = new RulerHandle(TimeClaim::Expires, *this);
    m_expires->setObjectName(QStringLiteral("rulerExpires"));
    m_expires->setAccessibleName(tr("End of the token's life, exp"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTimes({}, 0);
}

void TimeRuler::setTimes(const TokenTimes& times, std::int64_t now)
{
    m_times = times;
    m_now = now;
    if (!m_dragging)
        m_range = rangeFor(times, now);
    placeHandles();
    update();
}

void TimeRuler::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    update();
}

void TimeRuler::setLow(bool low)
{
    if (low == m_low)
        return;
    m_low = low;
    updateGeometry();
    placeHandles();
    update();
}

QSize TimeRuler::sizeHint() const
{
    return {640, m_low ? lowHeight : fullHeight};
}

QSize TimeRuler::minimumSizeHint() const
{
    return {320, m_low ? lowHeight : fullHeight};
}

std::optional<std::int64_t> TimeRuler::value(TimeClaim claim) const
{
    switch (claim) {
    case TimeClaim::IssuedAt:
        return m_times.issuedAt;
    case TimeClaim::NotBefore:
        return m_times.notBefore;
    case TimeClaim::Expires:
        break;
    }
    return m_times.expires;
}

void TimeRuler::move(TimeClaim claim, std::int64_t instant)
{
    if (value(claim) != instant)
        emit moved(claim, instant);
}

void TimeRuler::beginDrag()
{
    m_dragging = true;
}

void TimeRuler::endDrag(TimeClaim claim)
{
    m_dragging = false;
    setTimes(m_times, m_now);
    emit moveEnded(claim);
}

double TimeRuler::positionOf(std::int64_t instant) const
{
    const double share = static_cast<double>(instant - m_range.from) / static_cast<double>(m_range.to - m_range.from);
    return sideMargin + share * (width() - 2 * sideMargin);
}

std::int64_t TimeRuler::instantAt(double x) const
{
    const double share = (x - sideMargin) / std::max(width() - 2 * sideMargin, 1);
    return m_range.from + std::llround(share * static_cast<double>(m_range.to - m_range.from));
}

std::optional<std::int64_t> TimeRuler::start() const
{
    return m_times.notBefore ? m_times.notBefore : m_times.issuedAt;
}

TimeRuler::Layout TimeRuler::layoutOf() const
{
    const int top = m_low ? 22 : 46;
    Layout layout;
    layout.labels = QRect(0, m_low ? 1 : 16, width(), 20);
    layout.band = QRect(0, top, width(), bandHeight);
    layout.ticks = QRect(0, layout.band.bottom() + 1, width(), height() - layout.band.bottom() - 1);
    layout.lineTop = layout.labels.bottom() - 1;
    layout.lineBottom = layout.band.bottom() + 6;
    return layout;
}

QString TimeRuler::stateText() const
{
    if (m_times.expires && m_now >= *m_times.expires)
        return tr("expired %1").arg(distanceText(std::chrono::seconds(*m_times.expires - m_now)));
    if (m_times.notBefore && m_now < *m_times.notBefore)
        return tr("valid %1").arg(distanceText(std::chrono::seconds(*m_times.notBefore - m_now)));
    if (!m_times.expires)
        return tr("valid without end: there is no exp");
    return tr("valid for %1 more").arg(countdownText(*m_times.expires - m_now));
}

void TimeRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgSurface));
    const Layout layout = layoutOf();
    paintBand(painter, layout);
    paintTicks(painter, layout);
    paintMarks(painter, layout);
    for (const RulerLabel& label : placeLabels(labels(), width()))
        paintLabel(painter, label, layout.labels);
}

void TimeRuler::paintBand(QPainter& painter, const Layout& layout) const
{
    const QRect band = layout.band;
    painter.fillRect(band, color(Role::BgSunken));
    painter.fillRect(0, band.bottom() + 1, width(), 1, color(Role::Line));

    const int from = start() ? std::lround(positionOf(*start())) : 0;
    const int to = m_times.expires ? std::lround(positionOf(*m_times.expires)) : width();
    const int now = std::clamp<int>(std::lround(positionOf(m_now)), 0, width());
    if (to > from) {
        painter.fillRect(QRect(from, band.top(), to - from, band.height()), color(Role::OkBg));
        if (now > from) {
            QColor elapsed = color(Role::OkSolid);
            elapsed.setAlphaF(0.45F);
            painter.fillRect(QRect(from, band.top(), std::min(now, to) - from, band.height()), elapsed);
        }
        painter.fillRect(QRect(from, band.bottom() - 1, to - from, 2), color(Role::OkSolid));
    }

    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(color(Role::Text3));
    const QFontMetrics metrics(painter.font());
    const auto quiet = [&](const QString& text, int left, int right, Qt::Alignment side) {
        if (metrics.horizontalAdvance(text) + 24 <= right - left)
            painter.drawText(QRect(left + 12, band.top(), right - left - 24, band.height()), side | Qt::AlignVCenter,
                             text);
    };
    quiet(tr("not yet valid"), 0, from, Qt::AlignRight);
    const bool expired = m_times.expires && m_now >= *m_times.expires;
    quiet(expired ? stateText() : tr("expired"), to, expired ? std::max(now, to) : width(), Qt::AlignLeft);

    const bool valid = (!start() || m_now >= *start()) && (!m_times.expires || m_now < *m_times.expires);
    const int left = valid ? std::max(now, from) : from;
    painter.setFont(textFont(TextStyle::SmallStrong));
    painter.setPen(color(valid ? Role::Ok : Role::Text2));
    // Text never stands on the elapsed part, whose colour is not made for it.
    if (valid || now <= from)
        painter.drawText(
            QRect(left + 12, band.top(), std::max(to - left - 24, 0), band.height()), Qt::AlignCenter,
            QFontMetrics(painter.font()).elidedText(stateText(), Qt::ElideRight, std::max(to - left - 24, 0)));
}

void TimeRuler::paintTicks(QPainter& painter, const Layout& layout) const
{
    const std::int64_t step = tickStep(m_range, width() - 2 * sideMargin, m_low ? 2 * minimumTickGap : minimumTickGap);
    const std::int64_t offset = zone().offsetFromUtc(QDateTime::fromSecsSinceEpoch(m_range.from, Qt::UTC));
    const auto alignedUp = [&](std::int64_t instant) {
        const std::int64_t rest = ((instant + offset) % step + step) % step;
        return rest == 0 ? instant : instant + step - rest;
    };
    painter.setFont(textFont(TextStyle::Mono));
    const QFontMetricsF metrics(painter.font());
    const QRectF row = layout.ticks.adjusted(0, tickLength, 0, 0);
    for (std::int64_t tick = alignedUp(instantAt(0)); tick <= instantAt(width()); tick += step) {
        const double x = positionOf(tick);
        const QString text = tickText(tick, step, m_zone);
        const double half = metrics.horizontalAdvance(text) / 2;
        painter.fillRect(std::lround(x), layout.ticks.top(), 1, tickLength, color(Role::LineStrong));
        if (x - half < 4 || x + half > width() - 4)
            continue;
        painter.setPen(color(Role::Text3));
        painter.drawText(QRectF(x - half, row.top() + 2, 2 * half + 2, 20), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

std::vector<RulerLabel> TimeRuler::labels() const
{
    using Side = RulerLabel::Side;
    std::vector<RulerLabel> result;
    const auto add = [&](const QString& name, std::int64_t instant, Side side, Role role) {
        result.push_back({name, clockText(instant, m_now, m_zone), positionOf(instant), side, role});
    };
    add(tr("now"), m_now, Side::Behind, Role::AccentText);
    result.back().x = nowPosition();
    if (m_times.expires)
        add(QStringLiteral("exp"), *m_times.expires, Side::Centred, Role::JwtPayload);
    const bool merged = m_times.notBefore && m_times.issuedAt == m_times.notBefore;
    if (m_times.notBefore)
        add(merged ? QStringLiteral("iat, nbf") : QStringLiteral("nbf"), *m_times.notBefore, Side::Before,
            Role::JwtPayload);
    if (m_times.issuedAt && !merged)
        add(QStringLiteral("iat"), *m_times.issuedAt, Side::Before, Role::JwtPayload);
    return result;
}

double TimeRuler::nowPosition() const
{
    return std::clamp<double>(positionOf(m_now), nowDiameter, std::max(width() - nowDiameter, nowDiameter));
}

void TimeRuler::paintMarks(QPainter& painter, const Layout& layout) const
{
    const auto line = [&](double x, Role role) {
        painter.fillRect(static_cast<int>(std::lround(x)) - 1, layout.lineTop, 2, layout.lineBottom - layout.lineTop,
                         color(role));
    };
    // The handles draw the lines of nbf and exp.
    if (m_times.issuedAt && m_times.issuedAt != m_times.notBefore)
        line(positionOf(*m_times.issuedAt), Role::JwtPayload);
    line(nowPosition(), Role::AccentText);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Role::BgSurface), 2));
    painter.setBrush(color(Role::Accent));
    const QPointF middle(std::round(nowPosition()), layout.band.top() + layout.band.height() / 2.0);
    painter.drawEllipse(middle, nowDiameter / 2.0 + 1, nowDiameter / 2.0 + 1);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimeRuler::placeHandles()
{
    placeHandle(*m_notBefore, TimeClaim::NotBefore);
    placeHandle(*m_expires, TimeClaim::Expires);
}

void TimeRuler::placeHandle(RulerHandle& handle, TimeClaim claim)
{
    const auto instant = value(claim);
    const bool shown = instant && isShowableInstant(*instant);
    handle.setVisible(shown);
    if (!shown)
        return;
    const Layout layout = layoutOf();
    const int x = std::lround(positionOf(*instant));
    handle.setGeometry(x - RulerHandle::width / 2, layout.lineTop, RulerHandle::width,
                       layout.lineBottom - layout.lineTop);
    handle.setRing(layout.band.top() + layout.band.height() / 2 - layout.lineTop);
    handle.update();
}

void TimeRuler::resizeEvent(QResizeEvent*)
{
    placeHandles();
}

} // namespace claimsmith::app
