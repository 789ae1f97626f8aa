// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/server.h"
#include "identity/provider.h"

#include <chrono>
#include <memory>

namespace claimsmith::identity {

/// The provider behind a listener of its own, with one thread.
class ProviderServer final
{
public:
    /// Listens and serves until it is destroyed. `listen` as in http::Listener; its host becomes part of the issuers'
    /// names as it stands here. Fails with http::ServerErrorCode, or as Provider::create().
    static Result<std::unique_ptr<ProviderServer>> start(const http::Authority& listen,
                                                         ProviderConfiguration configuration, ProviderOptions options);
    ProviderServer(const ProviderServer&) = delete;
    ProviderServer& operator=(const ProviderServer&) = delete;
    ~ProviderServer();

    Provider& provider() noexcept { return *m_provider; }

    /// With the host as it was asked for and the real port.
    const http::Authority& address() const noexcept { return m_address; }

    /// As http::Server::stop().
    bool stop(std::chrono::milliseconds grace) { return m_server->stop(grace); }

private:
    ProviderServer() = default;

    std::unique_ptr<Provider> m_provider; ///< outlives the server's thread
    std::unique_ptr<http::Server> m_server;
    http::Authority m_address;
};

} // namespace claimsmith::identity
