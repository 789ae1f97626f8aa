// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway {
class Snapshot;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// The plugin that a token came from, when it is one that the gateway minted for an upstream.
struct Minter
{
    std::string pointer;     ///< of the plugin in kong.yml
    QString scope;           ///< "service httpbin", "route api" or "all routes"
    std::string clientClaim; ///< claim of the sent token that client_id is taken from
};

/// The x-custom-jwt instance whose issuer and key URL the token carries; nothing when none of the configuration does.
std::optional<Minter> minterOf(const gateway::Snapshot& snapshot, const document::Object& header,
                               const document::Object& claims);

/// Where the minter got a member from: "constant of the plugin", "clock", "copied from the token that was sent".
/// `wasSent`: the token before has the same value.
QString provenance(const Minter& minter, std::string_view pointer, bool wasSent);

} // namespace claimsmith::app
