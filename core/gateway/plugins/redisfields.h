// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// What plugins that can count in Redis have in common. This gateway has no Redis: it counts by itself, and says so.

/// The record `redis`.
Field redisField();
/// The old names of its fields, `redis_host`…, which the plugin's `config` still accepts.
std::vector<Field> redisShorthands(const std::string& plugin);
/// What `policy: redis` asks for.
std::vector<EntityCheck> redisChecks();
/// `policy`, where there is no database.
Field policyField();

/// Tells the log of a configuration that asks for Redis. Whether it does not.
bool usesNoRedis(std::string_view plugin, const document::Value& config);

} // namespace claimsmith::gateway
