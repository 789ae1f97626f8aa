// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// Every plugin that is built in. The list is explicit on purpose: an object that registers itself from a static
/// library is dropped by the linker.
const std::vector<PluginDescriptor>& allPlugins();

/// Null when there is no such plugin.
const PluginDescriptor* findPlugin(std::string_view name) noexcept;
/// Null also when only the other edition of Kong has it.
const PluginDescriptor* findPlugin(std::string_view name, Edition edition) noexcept;

/// What this plugin adds to a plugin entity, or forbids. The enterprise edition takes a little more.
const Schema& pluginSchemaOf(const PluginDescriptor& plugin, Edition edition);
/// The schema of a plugin entity of this kind: what all plugins have, and pluginSchemaOf() over it.
const Schema& entitySchemaOf(const PluginDescriptor& plugin, Edition edition = Edition::Enterprise);

} // namespace claimsmith::gateway
