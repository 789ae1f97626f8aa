// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/snapshot.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// Pointers of values that stand without quotes in the text of a document.
using PlainValues = std::set<std::string, std::less<>>;

/// What buildSnapshot() and loadSnapshot() share. `hashed` is what the configuration's hash is made of; places in the
/// error and the report have only their pointers.
Result<std::shared_ptr<const Snapshot>> compileSnapshot(document::Value document, const BuildOptions& options,
                                                        ConfigurationReport& report, std::string_view hashed,
                                                        const PlainValues& plain);

} // namespace claimsmith::gateway
