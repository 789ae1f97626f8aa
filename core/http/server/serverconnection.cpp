// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/serverconnection.h"

namespace claimsmith::http {

Response StreamHandler::refuse(ServerConnection&, WireErrorCode error)
{
    const int status = statusOf(error);
    return Response::make(status, "text/plain; charset=utf-8", std::string(reasonPhrase(status)) + '\n');
}

crypto::TlsOffer StreamHandler::offer(std::string_view)
{
    return {};
}

} // namespace claimsmith::http
