// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace claimsmith::app {

/// The kinds of text of the interface. "Strong" is the same size in weight 500.
enum class TextStyle {
    Hero,
    Page,
    Section,
    Large, ///< the palette's field
    Title,
    Body,
    BodyStrong,
    Small,
    SmallStrong,
    SmallBold, ///< pills
    Caption,
    PageMono,
    Mono,
    MonoLarge,
    MonoSmall, ///< chips and second lines
    Method,
    Keycap,
};

inline constexpr int textStyleCount = static_cast<int>(TextStyle::Keycap) + 1;

/// Loads the bundled faces. False when one of them does not resolve, in which case every picture would change.
bool loadBundledFonts();

/// The font of a style in the current appearance, sized in pixels. Digits are tabular, the mono face has no ligatures.
QFont textFont(TextStyle style);

/// Height of one line of the style in pixels, scaled with the appearance.
int lineHeight(TextStyle style);

/// `textFont(style)` for QScintilla, which takes points: pixels × 72 / `logicalDpi`.
QFont textPointFont(TextStyle style, int logicalDpi);

} // namespace claimsmith::app
