// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/call.h"

#include <string>

namespace claimsmith::identity {

/// Ends the browser's session with everything that came from it, and goes where the client wants, or says so.
http::Response signOut(Call& call, const std::string& target);

} // namespace claimsmith::identity
