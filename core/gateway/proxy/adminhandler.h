// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/engine.h"
#include "http/message.h"

#include <functional>
#include <string_view>

namespace claimsmith::gateway {

/// What the Admin API asks of the engine that it belongs to.
struct AdminContext
{
    BuildOptions build;
    std::function<void(std::shared_ptr<const Snapshot>)> apply;
    std::function<std::shared_ptr<const Snapshot>()> snapshot;
    std::function<EngineCounters()> counters;
    std::string listenHost; ///< as it was asked for: a Host that names it is no foreign one
};

/// Kong's Admin API, as far as it is offered: POST /config, GET /status and GET /; everything else is 404. Used by one
/// thread.
///
/// Guarded, unlike Kong's: a page in a browser must not reach it, neither by a form or script of another site (Origin,
/// Sec-Fetch-Site) nor by DNS rebinding (Host). Both get 403 in every conduct.
class AdminHandler final
{
public:
    explicit AdminHandler(AdminContext context) : m_context(std::move(context)) {}

    http::Response handle(const http::Request& request) const;

private:
    http::Response route(const http::Request& request) const;
    http::Response configure(const http::Request& request) const;
    http::Response status() const;
    http::Response root() const;

    AdminContext m_context;
};

/// Whether a Host header names this machine: loopback addresses, the listener's own name, and names that nobody can
/// register (localhost and test, RFC 6761). Ports are not looked at.
bool isOwnHost(std::string_view host, std::string_view listenHost) noexcept;

} // namespace claimsmith::gateway
