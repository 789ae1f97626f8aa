// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace claimsmith::app {

class ActionRegistry;

/// Settings, Keyboard: every command with its shortcut.
class KeyboardPage final : public QWidget
{
    Q_OBJECT

public:
    explicit KeyboardPage(const ActionRegistry& actions, QWidget* parent = nullptr);
};

} // namespace claimsmith::app
