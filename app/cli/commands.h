// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

#include <vector>

namespace claimsmith::cli {

/// Every subcommand, in the order of `claimctl --help`. To add one: a file with its function, its declaration and its
/// line in commands.cpp.
const std::vector<Command>& commands();

} // namespace claimsmith::cli
