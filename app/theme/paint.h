// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QColor>
#include <QKeySequence>
#include <QLatin1String>
#include <QRect>
#include <QSize>
#include <QString>

class QPainter;

namespace claimsmith::app {

/// What a chip says about its subject, drawn as its colours.
enum class Tone { Neutral, Outline, Accent, Ok, Warn, Bad, Info, Secret };

/// A small box around a name: 20 high, radius 4.
struct Chip
{
    QString text;
    Tone tone = Tone::Outline;
    QLatin1String icon = {}; ///< empty: none
    bool mono = false;
    bool closable = false; ///< a cross at the end

    friend bool operator==(const Chip&, const Chip&) = default;
};

/// A rounded state: 20 high, fully round, with an optional dot before the word.
struct Pill
{
    QString text;
    Tone tone = Tone::Neutral;
    bool dot = false;

    friend bool operator==(const Pill&, const Pill&) = default;
};

struct ToneColors
{
    Role text;
    Role background;
    Role solid;
};

ToneColors toneColors(Tone tone);

QSize sizeOf(const Chip& chip);
QSize sizeOf(const Pill& pill);

/// Draws the chip from the left edge of `box`, centred vertically, its text elided where the box is too narrow.
/// Returns the rectangle that it took.
QRect paintChip(QPainter& painter, const QRect& box, const Chip& chip, bool hovered = false);
QRect paintPill(QPainter& painter, const QRect& box, const Pill& pill);
/// The cross of a closable chip that paintChip() drew into `chipRect`.
QRect chipCloseRect(const QRect& chipRect);

/// A shortcut as keys are named: "Ctrl Shift E", "Ctrl Enter".
QString keysText(const QKeySequence& keys);

/// The little key of a shortcut: "Ctrl K". `outline` colours frame and text, the ground stays what is below for
/// accents.
QSize keycapSize(const QString& keys);
void paintKeycap(QPainter& painter, const QRect& box, const QString& keys, bool onAccent = false);

/// A filled round mark of `diameter`, centred in `box`.
void paintDot(QPainter& painter, const QRect& box, int diameter, Role role);

/// A rounded box whose outline lies wholly inside `rect`. An invalid colour leaves fill or outline out.
void paintBox(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line,
              qreal width = 1);

/// 2xx ok, 3xx information, 4xx warning, but 401, 403, 429 and 5xx failure, as is 0: no answer at all.
Tone toneOfStatus(int status);

/// The method word in its colour, three or four letters: "DEL" for DELETE, "OPT" for OPTIONS.
QString methodWord(const QString& method);
Role methodRole(const QString& method);

/// Turning arc for "starting": `phase` from 0 to 1.
void paintSpinner(QPainter& painter, const QRect& box, qreal phase, Role role);

} // namespace claimsmith::app
