// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner/prepare.h"

#include <QString>

namespace claimsmith::app {

/// A command for a POSIX shell that sends the same request. It holds what the request holds, tokens included.
QString curlCommand(const runner::Prepared& prepared);

} // namespace claimsmith::app
