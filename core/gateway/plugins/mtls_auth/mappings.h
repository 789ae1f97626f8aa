// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/certificate.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway::mtlsauth {

/// The names that a certificate speaks for, in the order in which they are looked up.
struct SubjectNames
{
    std::vector<std::string> alternative; ///< subjectAltName
    std::string common;                   ///< commonName; may be empty

    /// Alternative names, then the common name.
    std::vector<std::string> all() const;
    /// The common name only where there is no alternative one.
    std::vector<std::string> preferred() const;
};

SubjectNames namesOf(const crypto::Certificate& certificate);

/// Who a certificate belongs to.
struct Owner
{
    const Consumer* consumer = nullptr;
    const Entity* credential = nullptr; ///< a mapping, or the consumer itself
    std::string name;                   ///< that led to it
};

/// Which certificates belong to which consumers of a snapshot.
class Mappings final : public PluginData
{
public:
    explicit Mappings(const Snapshot& snapshot);

    /// A mapping made by hand: first one for this authority (the id of a CA certificate), then one for any.
    Owner findMapping(const SubjectNames& names, std::string_view authority) const;
    /// The consumer one of whose fields ("username", "custom_id") is a name of the certificate.
    Owner findConsumer(const SubjectNames& names, const std::vector<std::string>& fields) const;

private:
    using Key = std::pair<std::string_view, std::string_view>; ///< texts of entities and consumers

    const Snapshot& m_snapshot;
    std::map<Key, const Entity*> m_mappings;    ///< by subject name and authority, which may be empty
    std::map<Key, const Consumer*> m_consumers; ///< by field and value
};

/// The entity `mtls_auth_credentials`.
const EntityType& mtlsAuthCredentialType();

} // namespace claimsmith::gateway::mtlsauth
