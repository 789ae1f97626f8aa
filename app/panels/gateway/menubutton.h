// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QMenu>

namespace claimsmith::app {

/// Opens the menu below the button, without the arrow that QToolButton would draw beside an icon.
inline void openMenuOnClick(QAbstractButton* button, QMenu* menu)
{
    QObject::connect(button, &QAbstractButton::clicked, menu,
                     [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
}

} // namespace claimsmith::app
