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
    explicit SimpleStreamHandler(SimpleHandler handler) : m_handler(std::move(handler)) {}

    Task<void> handle(ServerConnection& connection) override;

private:
    SimpleHandler m_handler;
};

} // namespace claimsmith::http
