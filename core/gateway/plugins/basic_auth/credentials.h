// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace claimsmith::gateway::basicauth {

struct BasicCredential
{
    const Entity* entity = nullptr;
    const Consumer* consumer = nullptr;
    std::string digest; ///< as stored: lower-case SHA-1 of password and consumer id, unless the document gave another

    /// Compares in constant time.
    bool accepts(std::string_view password) const;
};

/// The user names of a snapshot.
class BasicCredentials final : public PluginData
{
public:
    explicit BasicCredentials(const Snapshot& snapshot);
    const BasicCredential* find(std::string_view username) const noexcept;

private:
    std::unordered_map<std::string_view, BasicCredential> m_byUsername; ///< views into the entities
};

/// Kong's stored form: lower-case hexadecimal SHA-1 of the password followed by the id of its consumer.
std::string digestOf(std::string_view password, std::string_view consumerId);

/// Whether the password stands in the snapshot's document in the clear, so that it can be sent.
bool isPasswordKnown(const Entity& credential, const Snapshot& snapshot);

/// The entity `basicauth_credentials`.
const EntityType& basicAuthCredentialType();

} // namespace claimsmith::gateway::basicauth
