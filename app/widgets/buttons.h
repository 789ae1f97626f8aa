// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/claimstyle.h"

#include <QPushButton>
#include <QToolButton>

namespace claimsmith::app {

/// A push button of a kind, with an optional icon.
QPushButton* makeButton(const QString& text, ButtonKind kind = ButtonKind::Default, QLatin1String icon = {},
                        ControlSize size = ControlSize::Normal);

/// A square button with an icon alone. Its name is its accessible name and, with the shortcut, its tooltip.
class IconButton final : public QToolButton
{
    Q_OBJECT

public:
    IconButton(QLatin1String icon, const QString& name, QWidget* parent = nullptr);

    /// Side 24 with the same icon.
    void setSmall();
    void setGlyph(QLatin1String icon);
    /// Takes name, shortcut, state and trigger from an action.
    void setAction(QAction* action);
};

/// A primary button with a menu at its right: Send. Texts change while work runs.
class SplitButton final : public QToolButton
{
    Q_OBJECT

public:
    SplitButton(QLatin1String icon, const QString& text, QWidget* parent = nullptr);

    void setFace(QLatin1String icon, const QString& text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLatin1String m_icon;
};

} // namespace claimsmith::app
