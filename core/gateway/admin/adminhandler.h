// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/engine.h"
#include "http/message.h"

#include <functional>
#include <memory>
#include <string_view>

namespace claimsmith::gateway {

class Balancer;
struct SharedState;

namespace admin {
struct Memory;
} // namespace admin

/// What the Admin API asks of the engine that it belongs to.
struct AdminContext
{
    BuildOptions build;
    std::function<void(std::shared_ptr<const Snapshot>)> apply;
    std::function<std::shared_ptr<const Snapshot>()> snapshot;
    std::function<EngineCounters()> counters;
    std::vector<std::string> listenHosts; ///< as they were asked for: a Host that names one is no foreign one
    /// The balancer of an upstream, by its id; null when there is none.
    std::function<std::shared_ptr<Balancer>(std::string_view upstreamId)> balancer = {};
    SharedState* shared = nullptr; ///< tables of plugins that requests share; null: there are none
    bool writes = false;           ///< whether entities can be written one by one, as a Kong with a database lets them
};

/// Kong's Admin API (kong-admin-deck.md §1 and §2). Used by one thread.
///
/// Guarded, unlike Kong's: a page in a browser must not reach it, neither by a form or script of another site (Origin,
/// Sec-Fetch-Site) nor by DNS rebinding (Host). Both get 403 in every conduct. Sites under "test", which nobody can
/// register, are none of the others.
class AdminHandler final
{
public:
    explicit AdminHandler(AdminContext context);
    ~AdminHandler();
    AdminHandler(const AdminHandler&) = delete;
    AdminHandler& operator=(const AdminHandler&) = delete;

    http::Response handle(const http::Request& request);

private:
    http::Response route(const http::Request& request);

    AdminContext m_context;
    std::unique_ptr<admin::Memory> m_memory;
};

/// Whether a Host header names this machine: loopback addresses, the listener's own name, and names that nobody can
/// register (localhost and test, RFC 6761). Ports are not looked at.
bool isOwnHost(std::string_view host, std::string_view listenHost) noexcept;

} // namespace claimsmith::gateway
