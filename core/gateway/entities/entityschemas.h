// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

#include <string_view>

namespace claimsmith::gateway {

/// The schemas of Kong's own entities (kong-core.md §2). Those of credentials lie in their plugins' folders.
const Schema& serviceSchema();
const Schema& routeSchema();
const Schema& consumerSchema();
const Schema& consumerGroupSchema();
const Schema& consumerGroupConsumerSchema(); ///< that a consumer is in a group
/// Without the part that each plugin adds: `config`, its protocols and forbidden scopes.
const Schema& pluginSchema();
const Schema& openSourcePluginSchema();
const Schema& upstreamSchema();
const Schema& targetSchema();
const Schema& certificateSchema();
const Schema& sniSchema();
const Schema& caCertificateSchema();
const Schema& keySchema();
const Schema& keySetSchema();
const Schema& vaultSchema();

/// Entities of Kong that documents can't have, which only /schemas tells of: "workspaces", "tags"…; null for others.
const Schema* findInternalSchema(std::string_view name) noexcept;

/// Credentials without a plugin here, so that documents that have them load.
const Schema& oauth2CredentialSchema();

} // namespace claimsmith::gateway
