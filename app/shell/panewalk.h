// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace claimsmith::app {

/// The panes of a page: what its splitters part, innermost first; the page itself when it has none.
QWidgetList panesOf(QWidget* page);

/// F6: puts the focus into the next pane (`by` 1) or the one before it (-1) that can take it.
void stepPane(const QWidgetList& panes, int by);

} // namespace claimsmith::app
