// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/server.h"

#include <memory>

namespace claimsmith::http {

/// An upstream that answers every request with a JSON description of it, so that one sees what a gateway made of a
/// request.
///
///     {"method": "GET", "target": "/a?b=c", "path": "/a", "version": "1.1",
///      "query": [["b", "c"]],                  an argument without "=" has null
///      "headers": [["Host", "x"], …],          as received, in order
///      "body": "…" | "bodyBase64": "…",        the second when it is no UTF-8
///      "bodySize": 0, "remoteAddress": "127.0.0.1", "remotePort": 50000, "localPort": 3000}
///
/// The request header `X-Echo-Status: 418` asks for another status than 200.
class EchoServer final
{
public:
    static Result<std::unique_ptr<EchoServer>> start(const Authority& listen, std::size_t threads = 1);

    const Authority& address() const noexcept { return m_server->address(); }

    void stop(std::chrono::milliseconds grace) { m_server->stop(grace); }

private:
    explicit EchoServer(std::unique_ptr<Server> server) : m_server(std::move(server)) {}

    std::unique_ptr<Server> m_server;
};

/// The description of one request, as EchoServer answers it.
Response echo(const Request& request);

} // namespace claimsmith::http
