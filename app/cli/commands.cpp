// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

namespace claimsmith::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> list{};
    return list;
}

} // namespace claimsmith::cli
