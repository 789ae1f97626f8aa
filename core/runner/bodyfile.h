// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>

namespace claimsmith::runner {

/// Reads a body file. A relative path starts at the workspace's folder and has to stay inside it, also through links: a
/// workspace from somebody else must not be able to send other files of this machine. Absolute paths are the user's own
/// word.
Result<Bytes> readBodyFile(const std::string& folder, const std::string& file);

} // namespace claimsmith::runner
