// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/keylist.h"
#include "panels/tokens/keys/publishedjwks.h"

#include <string>
#include <vector>

namespace claimsmith::app {

struct AppContext;

/// Everything that goes on with a key and has to be told of a new one.
struct RotationPlan
{
    std::string kid; ///< of the keyring, that is to be replaced
    std::string algorithm;
    std::vector<std::string> recipes;     ///< ids of those that sign with it
    std::vector<PublishedJwks> sets;      ///< that hold its public half: the new one joins it there
    std::vector<std::string> credentials; ///< pointers of those with its public half, or its secret
};

RotationPlan rotationPlan(const std::string& kid, const KeySources& sources, const ConfigAnalysis& config);

/// What is taken along: a person may leave any of it as it is.
struct RotationChoice
{
    bool recipes = true;
    bool sets = true;
    bool credentials = true;
};

/// Puts the new key in place: into the keyring beside the old one, which stays to verify what it signed; into the
/// published sets; into the credentials, which know one key only; and recipes sign with it from now on. kong.yml is
/// changed in one step. Fails, with nothing changed, when it does not take the edits.
Result<void> rotate(AppContext& context, const RotationPlan& plan, const RotationChoice& choice,
                    const jose::Key& fresh);

} // namespace claimsmith::app
