// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/signingkey.h"

#include <QString>

#include <string>
#include <vector>

namespace claimsmith::app {

/// A key that the side list offers: a credential of the gateway or one of the keyring.
struct KeyEntry
{
    KeyChoice choice;
    QString name;
    QString detail;
    std::string algorithm;
    bool canSign = true; ///< the private half is at hand, as far as the workspace knows
    bool isSecret = false;
};

/// Credentials first, then the keyring. `snapshot` may be null.
std::vector<KeyEntry> keyEntries(const workspace::Workspace& workspace, const gateway::Snapshot* snapshot);

} // namespace claimsmith::app
