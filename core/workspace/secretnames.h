// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::workspace {

/// Names of all secrets that a workspace refers to, and so those to load when it opens: `{{secret:NAME}}` in requests
/// and environments, `${{ env "DECK_NAME" }}` in kong.yml, the secrets that recipes sign with, and "key/<kid>" for
/// private keys.
std::set<std::string> secretNames(const Workspace& workspace);

/// Names in decK's references to the environment, `${{ env "DECK_NAME" }}`, in the order of the text.
std::vector<std::string> environmentReferences(std::string_view kongYml);

} // namespace claimsmith::workspace
