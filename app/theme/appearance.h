// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace claimsmith::app {

/// What Settings, Appearance says about looks. A plain value; Theme::setAppearance() applies it at once.
struct Appearance
{
    enum class Scheme { System, Light, Dark };
    enum class Density { Compact, Normal, Relaxed };
    enum class Motion { System, On, Off };

    Scheme scheme = Scheme::System;
    bool highContrast = false;
    QString interfaceFamily;  ///< empty: the bundled face
    QString editorFamily;     ///< empty: the bundled face
    int interfacePixels = 13; ///< size of body text; the other interface sizes follow in proportion
    int editorPixels = 12;    ///< size of mono text in editors and tables
    Density density = Density::Normal;
    Motion motion = Motion::System;
    bool railLabels = true;

    friend bool operator==(const Appearance&, const Appearance&) = default;
};

} // namespace claimsmith::app
