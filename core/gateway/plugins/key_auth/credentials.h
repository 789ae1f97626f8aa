// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace claimsmith::gateway::keyauth {

struct KeyCredential
{
    const Entity* entity = nullptr;
    const Consumer* consumer = nullptr;
};

/// The API keys of a snapshot.
class KeyCredentials final : public PluginData
{
public:
    explicit KeyCredentials(const Snapshot& snapshot);
    const KeyCredential* find(std::string_view key) const noexcept;

private:
    std::unordered_map<std::string_view, KeyCredential> m_byKey; ///< views into the entities
};

/// The entity `keyauth_credentials`.
const EntityType& keyAuthCredentialType();

} // namespace claimsmith::gateway::keyauth
