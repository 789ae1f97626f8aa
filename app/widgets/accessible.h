// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace claimsmith::app {

/// Teaches Qt what own widgets are to screen readers. Call before the first widget is made: Qt keeps the first answer.
void installAccessibleFactory();

} // namespace claimsmith::app
