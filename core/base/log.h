// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

namespace claimsmith {

enum class LogLevel { Debug, Info, Warning, Error };

/// Where log lines go; called from any thread, one line at a time. Must not throw.
using LogSink = std::function<void(LogLevel, std::string_view area, std::string_view message)>;

/// Replaces the sink (standard error until then). Call it before the first thread starts.
void setLogSink(LogSink sink);

/// Writes one line. `message` must hold no secret and no token.
void log(LogLevel level, std::string_view area, std::string_view message);

} // namespace claimsmith
