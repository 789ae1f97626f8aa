// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace claimsmith::app {

/// Calls `then` once, on the turn of the event loop after the window's first paint; at the latest a quarter of a second
/// from now, for a window that starts minimised. What takes time at the start goes here: the window is seen first.
void afterFirstFrame(QWidget& window, std::function<void()> then);

} // namespace claimsmith::app
