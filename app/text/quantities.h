// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QString>

#include <chrono>

namespace claimsmith::app {

/// Numbers as the interface writes them, translated where there are words. Thread: any.

/// How long something took: "0.42 ms", "2.91 ms", "46 ms", "1.8 s", "2 min 5 s".
QString durationText(std::chrono::nanoseconds duration);
/// The same where there is little room: whole milliseconds from one on, "3 ms".
QString briefDurationText(std::chrono::nanoseconds duration);

/// A length of time in its two largest units: "3 min 12 s", "10 min", "2 d 4 h". The sign is dropped.
QString spanText(std::chrono::seconds span);
/// Where a moment lies, seen from now: "3 min 12 s ago", "in 9 min 41 s", "now".
QString distanceText(std::chrono::seconds fromNow);
/// The same in one unit, for lists: "now", "3 s", "9 min", "2 h", "4 d".
QString briefAgeText(std::chrono::seconds age);

/// Time of day, local: "14:32:07".
QString clockText(TimePoint time);
/// "Today 14:28:55", "Yesterday 09:00:00", "21 Nov 2026 14:28:55"; local, seen from `now`.
QString dayAndClockText(TimePoint time, TimePoint now);

/// "23 B", "1.42 kB", "14.2 MB": powers of 1000.
QString sizeText(quint64 bytes);
/// "1,284".
QString countText(quint64 count);

/// A time in Unix seconds as a point of the clock, held within the years 1 and 9999.
TimePoint fromUnixSeconds(qint64 seconds);

} // namespace claimsmith::app
