// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace claimsmith::app {

/// The instants of a token's life, in seconds since 1970 (RFC 7519 §4.1.4–4.1.6). Absent claims are absent here.
struct TokenTimes
{
    std::optional<std::int64_t> issuedAt;
    std::optional<std::int64_t> notBefore;
    std::optional<std::int64_t> expires;

    friend bool operator==(const TokenTimes&, const TokenTimes&) = default;
};

enum class TimeClaim { IssuedAt, NotBefore, Expires };

/// The stretch of time a ruler shows: the life and a fifth of it at both ends. `now` is in it unless it lies further
/// off than twice the life; without an expiry it shows an hour.
struct TimeRange
{
    std::int64_t from = 0;
    std::int64_t to = 0;

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};
TimeRange rangeFor(const TokenTimes& times, std::int64_t now);

/// Seconds between two marks of the ruler, so that marks are at least `minimumGap` pixels apart.
std::int64_t tickStep(const TimeRange& range, int pixels, int minimumGap);

class RulerHandle;
struct RulerLabel;

/// A token's life drawn to scale: when it is not valid yet, valid, expired, and where now is. The ends of the life are
/// handles: dragged in steps of 1 s (with Shift 10 s), moved by the arrow keys by 1 s and the Page keys by 1 min, each
/// with the keyboard focus and an accessible value of its own.
class TimeRuler final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int fullHeight = 104;
    static constexpr int lowHeight = 72;

    explicit TimeRuler(QWidget* parent = nullptr);

    void setTimes(const TokenTimes& times, std::int64_t now);
    void setZone(const QTimeZone& zone);
    /// For low windows: 72 high and fewer marks.
    void setLow(bool low);

    const TokenTimes& times() const noexcept { return m_times; }
    std::int64_t now() const noexcept { return m_now; }
    TimeRange range() const noexcept { return m_range; }
    const QTimeZone& zone() const noexcept { return m_zone; }

    double positionOf(std::int64_t instant) const;
    std::int64_t instantAt(double x) const;
    std::optional<std::int64_t> value(TimeClaim claim) const;

    /// What a person does with a handle: emits moved(). The ruler itself changes when setTimes() comes back.
    void move(TimeClaim claim, std::int64_t instant);
    /// While a handle is dragged the scale stays, so that the handle follows the pointer.
    void beginDrag();
    void endDrag(TimeClaim claim);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void moved(claimsmith::app::TimeClaim claim, qint64 instant);
    /// The gesture that moved a handle is over.
    void moveEnded(claimsmith::app::TimeClaim claim);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Layout;
    Layout layoutOf() const;
    void paintBand(QPainter& painter, const Layout& layout) const;
    void paintTicks(QPainter& painter, const Layout& layout) const;
    void paintMarks(QPainter& painter, const Layout& layout) const;
    std::vector<RulerLabel> labels() const;
    double nowPosition() const;
    QString stateText() const;
    std::optional<std::int64_t> start() const;
    void placeHandles();
    void placeHandle(RulerHandle& handle, TimeClaim claim);

    TokenTimes m_times;
    std::int64_t m_now = 0;
    TimeRange m_range;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    bool m_low = false;
    bool m_dragging = false;
    RulerHandle* m_notBefore = nullptr;
    RulerHandle* m_expires = nullptr;
};

} // namespace claimsmith::app
