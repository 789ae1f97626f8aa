// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::gateway::xcustomjwt {

/// A subject in the notation of RFC 2253 ("CN=kong,O=Kong\, Inc.,C=US") as the plugin writes it: in the order of the
/// certificate, nothing escaped ("C=US, O=Kong, Inc., CN=kong").
std::string subjectText(std::string_view rfc2253);

} // namespace claimsmith::gateway::xcustomjwt
