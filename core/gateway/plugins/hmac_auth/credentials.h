// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/hmac.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace claimsmith::gateway::hmacauth {

/// The algorithms by the names that clients and configurations use.
struct Algorithm
{
    std::string_view name;
    crypto::DigestKind digest;
};

inline constexpr std::array<Algorithm, 4> algorithms{{{"hmac-sha1", crypto::DigestKind::Sha1},
                                                      {"hmac-sha256", crypto::DigestKind::Sha256},
                                                      {"hmac-sha384", crypto::DigestKind::Sha384},
                                                      {"hmac-sha512", crypto::DigestKind::Sha512}}};

struct HmacCredential
{
    const Entity* entity = nullptr;
    const Consumer* consumer = nullptr;
    std::array<crypto::Hmac, algorithms.size()> keys; ///< in the order of `algorithms`
};

/// The user names of a snapshot, with prepared keys.
class HmacCredentials final : public PluginData
{
public:
    explicit HmacCredentials(const Snapshot& snapshot);
    const HmacCredential* find(std::string_view username) const noexcept;

private:
    std::unordered_map<std::string_view, HmacCredential> m_byUsername; ///< views into the entities
};

/// The entity `hmacauth_credentials`.
const EntityType& hmacAuthCredentialType();

} // namespace claimsmith::gateway::hmacauth
