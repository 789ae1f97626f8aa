// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimeZone>

#include <cstdint>
#include <optional>

namespace claimsmith::app {

/// Instants of tokens in words: seconds since 1970-01-01T00:00:00Z, as NumericDate counts them (RFC 7519 §2). Claims
/// may hold any number, so every function takes any. Zones are passed in. Lengths of time are written by
/// text/quantities.h.

/// "14:41:48"; on another day than `now` also the day, "24 Nov 14:41:48"; in another year also the year.
QString clockText(std::int64_t instant, std::int64_t now, const QTimeZone& zone);

/// "14:41:48, in 9 min 41 s".
QString instantText(std::int64_t instant, std::int64_t now, const QTimeZone& zone);

/// Date, zone and ISO form, on three lines: for tool tips.
QString instantDetails(std::int64_t instant, const QTimeZone& zone);

/// The time that is left as it is counted down: to the second, but above ten minutes to the minute.
QString countdownText(std::int64_t seconds);

/// Whether Qt can show the instant as a date: claims may hold any number.
bool isShowableInstant(std::int64_t instant) noexcept;

/// What a person types for an instant: "now", "+10 min", "-1 h", "in 2 d", "5 s ago", an ISO 8601 date with or without
/// time and zone (without: `zone`). Nothing when it is none of these; a bare number is none of them.
std::optional<std::int64_t> parseInstant(const QString& text, std::int64_t now, const QTimeZone& zone);

} // namespace claimsmith::app
