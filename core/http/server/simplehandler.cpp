// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/simplehandler.h"

namespace claimsmith::http {

Task<void> SimpleStreamHandler::handle(ServerConnection& connection)
{
    Request request;
    while (!connection.isBodyComplete() && !connection.bodyError()) {
        const BytesView piece = co_await connection.readBody();
        request.body += piece;
    }
    if (connection.bodyError()) {
        const Response refusal = refuse(connection, *connection.bodyError());
        co_await connection.send(refusal.head, refusal.body);
        co_return;
    }
    request.head = connection.request();
    request.remoteAddress = connection.peer().address;
    request.remotePort = connection.peer().port;
    request.localPort = connection.local().port;
    const Response response = m_handler(request);
    co_await connection.send(response.head, response.body);
}

} // namespace claimsmith::http
