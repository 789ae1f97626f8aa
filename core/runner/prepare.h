// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/client/client.h"
#include "http/message.h"
#include "workspace/model.h"
#include "workspace/variables.h"

#include <string>
#include <vector>

namespace claimsmith::gateway {
class Snapshot;
}

namespace claimsmith::runner {

enum class PrepareErrorCode {
    Unresolved,         ///< a `{{…}}` has no value; parameters "name", "field"
    NoUrl,              ///< there is nothing to send to
    GatewayStopped,     ///< via gateway, and it does not run
    UnknownRecipe,      ///< parameter "name"
    UnknownCredential,  ///< the recipe's consumer or key is not in the configuration; parameters "consumer", "key"
    KeyMissing,         ///< the secret or private key is not in the store, or the store is locked; parameter "name"
    BadRecipe,          ///< header or payload is not a JSON object; the cause has the place
    BodyFileUnreadable, ///< parameter "file"
};
const ErrorDomain& errorDomain(PrepareErrorCode) noexcept;

/// What a request is prepared with. Everything referred to has to live as long as the call.
struct Context
{
    const workspace::Workspace& workspace;
    const workspace::Variables& variables;
    const workspace::SecretSource& secrets;
    const gateway::Snapshot* snapshot = nullptr; ///< to find the credentials that recipes sign with; null: none
    const Clock& clock;
    std::string gatewayAuthority; ///< "127.0.0.1:8000"; empty while the gateway does not run
    std::string folder;           ///< of the workspace, for body files
};

/// A request ready for the wire. Holds secrets and tokens.
struct Prepared
{
    http::RequestHead head; ///< target is the whole URL (absolute form); headers as the client will send them
    Bytes body;
    workspace::Via via = workspace::Via::Gateway;
    std::string host;  ///< authority it connects to
    std::string token; ///< that was signed for it or stands in it as bearer; empty when there is none
    std::vector<std::string> automaticHeaders; ///< names of headers that the user did not write
};

/// Puts variables, parameters, authentication and body together. Via gateway, the URL's origin is replaced by the
/// gateway's and everything else stays.
Result<Prepared> prepare(const workspace::Request& request, const Context& context);

/// The same request for the client of core/http.
http::ClientRequest toClientRequest(const Prepared& prepared);

/// Signs the recipe's token as of now. `request` is what it is for, as the gateway will get it: the jwt plugin on its
/// route says whether a credential's secret is decoded. Null while that is not known.
Result<std::string> signToken(const workspace::TokenRecipe& recipe, const Context& context,
                              const http::RequestHead* request = nullptr);

} // namespace claimsmith::runner
