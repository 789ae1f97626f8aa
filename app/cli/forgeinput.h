// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/keyinput.h"
#include "jose/forge/forge.h"

#include <string>
#include <vector>

namespace claimsmith::cli {

/// --public-key, --signer-key, --secrets, --own-url, --variant, --now: what the commands that forge have in common.
std::vector<Option> forgeOptions();

struct ForgeInput
{
    std::string token;
    jose::forge::Knowledge knowledge;
    std::vector<jose::forge::ForgedVariant> forged;
};

/// Reads the token and what is known about it, and forges the variants asked for.
Result<ForgeInput> readForgeInput(const Arguments& arguments);

} // namespace claimsmith::cli
