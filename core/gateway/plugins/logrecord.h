// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace claimsmith::gateway {

struct Exchange;

/// What Kong tells a log about an exchange that is over (kong-plugins.md G1), for plugins in their log phase: who asked
/// what, what went upstream, what came back, how long each took. One JSON object, its slashes escaped as Kong's are.
/// Credentials in Authorization and Proxy-Authorization are left out. Members of Exchange::logFields come last; a name
/// with dots in it makes objects in objects, a null takes out what is there.
std::string logRecord(const Exchange& exchange);

} // namespace claimsmith::gateway
