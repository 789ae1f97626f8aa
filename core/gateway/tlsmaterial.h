// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "crypto/tls.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

class Entities;
struct Entity;
struct Route;

/// How to speak TLS to the upstreams of a service.
struct UpstreamTls
{
    std::shared_ptr<const crypto::TlsClientContext> context;
    bool verifies = false; ///< the upstream's certificate has to speak for the Host that it is sent
    /// The same for the same settings and certificates, whatever configuration they stand in: connections are shared
    /// by it.
    std::string key;
};

/// Patterns of server names with something behind each (kong-core.md §2.8): looked up as sent, exact names before
/// "*.rest" before "start.*" before "*". A star stands for one label.
template <class Value>
class ServerNames final
{
public:
    void add(std::string name, Value value) { m_values.emplace(std::move(name), std::move(value)); }

    bool empty() const noexcept { return m_values.empty(); }

    const Value* find(std::string_view name) const
    {
        if (m_values.empty())
            return nullptr;
        if (const Value* const exact = at(name); exact != nullptr || name.empty())
            return exact != nullptr ? exact : at("*");
        const std::size_t first = name.find('.');
        const std::size_t last = name.rfind('.');
        if (first != std::string_view::npos) {
            if (const Value* const value = at('*' + std::string(name.substr(first))))
                return value;
            if (const Value* const value = at(std::string(name.substr(0, last + 1)) + '*'))
                return value;
        }
        return at("*");
    }

private:
    const Value* at(std::string_view name) const
    {
        const auto found = m_values.find(name);
        return found == m_values.end() ? nullptr : &found->second;
    }

    std::map<std::string, Value, std::less<>> m_values;
};

/// What a configuration says about TLS, compiled: part of a snapshot, immutable.
class TlsMaterial final
{
public:
    /// Reads every certificate. Fails, naming the entity's place, when one can't be used.
    static Result<TlsMaterial> read(const Entities& entities);

    /// What to show a client that asks for this name; no identity when the configuration has none for it.
    crypto::TlsOffer offer(std::string_view serverName) const;
    /// Asks clients for a certificate from now on: on the names of this route, or on all when it names none.
    void askOn(const Route& route);

    /// For a service whose protocol is one over TLS. Contexts are shared by services that want the same.
    Result<std::shared_ptr<const UpstreamTls>> upstream(const Entity& service);

private:
    struct Shown
    {
        crypto::TlsIdentity identity;
        std::optional<crypto::TlsIdentity> alternative;
    };

    Result<void> addCertificate(const Entity& entity);
    Result<void> setTrust(const Entity& service, crypto::TlsClientOptions& options, std::string& key) const;
    Result<void> setIdentity(const Entity& service, crypto::TlsClientOptions& options, std::string& key) const;

    std::map<std::string, std::shared_ptr<const Shown>, std::less<>> m_certificates; ///< by id
    std::map<std::string, crypto::Certificate, std::less<>> m_authorities;           ///< by id
    ServerNames<std::shared_ptr<const Shown>> m_names;
    ServerNames<bool> m_asking;
    std::map<std::string, std::shared_ptr<const UpstreamTls>, std::less<>> m_upstreams; ///< by key
};

} // namespace claimsmith::gateway
