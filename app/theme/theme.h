// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/appearance.h"
#include "theme/fonts.h"
#include "theme/roles.h"

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QPointer>

#include <array>

class QApplication;
class QWidget;

namespace claimsmith::app {

class SystemScheme;

/// The look of the program: colours by role, palette, sizes that settings change. One object for the process, used on
/// the GUI thread only.
///
/// A switch takes effect at once: the application palette is set, widgets marked by setTextRole() and setTextStyle()
/// are brought up to date, then changed() is emitted for everything that keeps colours elsewhere (highlighters,
/// QScintilla styles, HTML). Painted widgets ask color() while painting and need nothing.
class Theme final : public QObject
{
    Q_OBJECT

public:
    static Theme& instance();

    /// Loads fonts and sets style, palette and application font. Call once, after QApplication is made and before the
    /// first widget is.
    void install(const Appearance& appearance);

    const Appearance& appearance() const noexcept { return m_appearance; }

    void setAppearance(const Appearance& appearance);

    QColor color(Role role) const { return m_colors[static_cast<std::size_t>(role)]; }

    bool isDark() const noexcept { return m_dark; }

    /// Height of rows in trees and tables: the density's, or more when the text needs it.
    int rowHeight() const;
    /// `milliseconds`, or 0 where motion is off.
    int duration(int milliseconds) const;

    QPalette palette() const;

signals:
    void changed();

private:
    Theme();
    void apply();
    void loadColors();

    Appearance m_appearance;
    bool m_dark = false;
    bool m_installed = false;
    std::array<QColor, roleCount> m_colors;
    QPointer<SystemScheme> m_system;
};

/// Shorthand for Theme::instance().color(role).
QColor color(Role role);

/// The colour of a role in the light or the dark scheme, whichever is shown now: for pictures of themes.
QColor schemeColor(Role role, bool dark);

/// Gives a widget the text colour of a role, also below scroll areas, and keeps it so through theme switches.
void setTextRole(QWidget* widget, Role role);
/// Gives a widget the font of a style, and keeps it so when sizes change.
void setTextStyle(QWidget* widget, TextStyle style);
/// Fills the widget's background with a role (QPalette::Window and Base), and keeps it so through theme switches.
void setFillRole(QWidget* widget, Role role);

} // namespace claimsmith::app
