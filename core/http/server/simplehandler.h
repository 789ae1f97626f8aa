// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/server.h"
#include "http/server/serverconnection.h"

namespace claimsmith::http {

/// Reads the whole body, asks a function, sends its response.
class SimpleStreamHandler final : public StreamHandler
{
public:
    /// `shown`: to clients under TLS; outlives it.
    SimpleStreamHandler(SimpleHandler handler, const crypto::TlsIdentity* shown)
        : m_handler(std::move(handler)), m_shown(shown)
    {
    }

    Task<void> handle(ServerConnection& connection) override;

    crypto::TlsOffer offer(std::string_view) override { return {m_shown}; }

private:
    SimpleHandler m_handler;
    const crypto::TlsIdentity* m_shown;
};

} // namespace claimsmith::http
