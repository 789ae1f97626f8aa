// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actionregistry.h"

class QMenuBar;

namespace claimsmith::app {

/// The window's own commands: files, views, gateway, help.
QList<ActionSpec> windowActions();

/// Makes the menus of the bar from the registry, in the order in which commands were added; "page" and window commands
/// are kept apart by lines.
void fillMenuBar(QMenuBar& bar, const ActionRegistry& actions);

} // namespace claimsmith::app
