// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QSettings;

namespace claimsmith::app {

class ActionRegistry;

/// Gives the commands the keys that the user chose; those that no command knows any more are left alone.
void loadShortcuts(const QSettings& settings, ActionRegistry& actions);
/// Writes the keys of commands whose keys are not those from the start, and forgets the others.
void saveShortcuts(QSettings& settings, const ActionRegistry& actions);

} // namespace claimsmith::app
