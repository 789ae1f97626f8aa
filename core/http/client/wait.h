// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"

namespace claimsmith::http {

/// Sends and waits for the end. Not on the client's own thread.
Result<ClientResponse> sendAndWait(Client& client, ClientRequest request);

} // namespace claimsmith::http
