// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/endpoints/endpoints.h"
#include "identity/oautherror.h"
#include "identity/signing.h"
#include "jose/jwk.h"

namespace claimsmith::identity {
namespace {

constexpr int keptSeconds = 60; // short: what a rotation shows should be seen

} // namespace

/// RFC 7517 §5.
http::Response keysEndpoint(Call& call)
{
    if (call.realm.has(Fault::KeysDown)) {
        note(call.log, refusal(OAuthErrorCode::FaultInjected));
        return http::Response::make(503, "text/plain; charset=utf-8", "Service Unavailable\n");
    }
    const auto keys = publishedKeys(call.realm);
    if (!keys)
        return errorAnswer(call, keys.error());
    return keptJsonAnswer(jose::writeJwks(*keys, jose::KeyParts::Public), keptSeconds);
}

} // namespace claimsmith::identity
