// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"
#include "jose/forge/attack.h"

#include <string>
#include <string_view>

namespace claimsmith::runner {

/// Where forged tokens are sent.
struct AttackTarget
{
    http::ClientRequest request;          ///< without its token
    std::string header = "Authorization"; ///< that carries the token
    std::string prefix = "Bearer ";       ///< in front of it there
    std::string query = "jwt";            ///< parameter of the second token, where a forgery has two
    std::string cookie = "jwt";           ///< the same as a cookie
};

/// Whether nobody but this machine can be hit: a host that is a loopback address, or localhost and names below it (RFC
/// 6761 §6.3). Names are not looked up.
bool isLoopback(std::string_view url);

/// Sends each forged token to the target and waits for the answer. A status below 400 means that it was accepted, 4xx
/// that it was refused, and 5xx or a cut connection that it did harm. The client has to outlive the verifier.
jose::forge::Verifier httpVerifier(http::Client& client, AttackTarget target);

} // namespace claimsmith::runner
