// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace claimsmith::gateway::openidconnect {

/// The text, or what it stands for when it refers to the environment, `{vault://env/a-name}`: the variable A_NAME, as
/// Kong's vault `env` reads it; empty when there is none. References to other vaults stay.
std::string resolved(std::string text);

} // namespace claimsmith::gateway::openidconnect
