// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client/wait.h"

#include <future>

namespace claimsmith::http {

Result<ClientResponse> sendAndWait(Client& client, ClientRequest request)
{
    std::promise<Result<ClientResponse>> promise;
    client.send(std::move(request),
                {.done = [&promise](Result<ClientResponse> response) { promise.set_value(std::move(response)); }});
    return promise.get_future().get();
}

} // namespace claimsmith::http
