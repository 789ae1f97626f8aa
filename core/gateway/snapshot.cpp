// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/snapshot.h"

#include "base/random.h"
#include "gateway/router.h"

namespace claimsmith::gateway {
namespace {

template <class Map>
auto valueOrNull(const Map& map, std::string_view key) noexcept -> typename Map::mapped_type
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

std::string_view codeName(int code) noexcept
{
    switch (static_cast<ConfigurationErrorCode>(code)) {
    case ConfigurationErrorCode::NotADocument:
        return "not-a-document";
    case ConfigurationErrorCode::Refused:
        return "refused";
    case ConfigurationErrorCode::UnresolvedReference:
        return "unresolved-reference";
    case ConfigurationErrorCode::PluginFailed:
        return "plugin-failed";
    }
    return "unknown";
}

} // namespace

const ErrorDomain& errorDomain(ConfigurationErrorCode) noexcept
{
    static const ErrorDomain domain{"configuration", codeName};
    return domain;
}

Snapshot::Snapshot() = default;
Snapshot::~Snapshot() = default;

const Consumer* Snapshot::findConsumer(std::string_view id) const noexcept
{
    return valueOrNull(m_consumersById, id);
}

const Consumer* Snapshot::findAnonymous(std::string_view idOrUsername) const noexcept
{
    if (const Consumer* consumer = isUuid(idOrUsername) ? findConsumer(idOrUsername) : nullptr)
        return consumer;
    return valueOrNull(m_consumersByName, idOrUsername);
}

const Chain& Snapshot::chainOf(const Route* route) const
{
    static const Chain empty;
    const auto found = m_chains.find(route);
    return found == m_chains.end() ? empty : found->second;
}

} // namespace claimsmith::gateway
