// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::botdetection {

/// Whether a User-Agent is one of those that Kong knows as a bot: crawlers, monitors, and the libraries that scripts
/// use. The names are those of the ua-parser project's list. Any thread.
bool isKnownBot(std::string_view agent);

} // namespace claimsmith::gateway::botdetection
