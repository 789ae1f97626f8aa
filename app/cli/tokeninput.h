// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/keyinput.h"

#include <string>

namespace claimsmith::cli {

/// The token that the operand is, or standard input's without an operand or for "-"; "Bearer " in front and white space
/// around it are left out.
Result<std::string> readToken(const Arguments& arguments);

} // namespace claimsmith::cli
