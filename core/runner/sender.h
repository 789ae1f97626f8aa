// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/message.h"
#include "workspace/model.h"
#include "workspace/variables.h"

#include <chrono>
#include <cstdint>
#include <optional>
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

/// Signs the recipe's token as of now.
Result<std::string> signToken(const workspace::TokenRecipe& recipe, const Context& context);

/// How long each phase took; a phase that did not happen is zero.
struct Timings
{
    std::chrono::microseconds resolve{0};
    std::chrono::microseconds connect{0};
    std::chrono::microseconds tls{0};
    std::chrono::microseconds send{0};
    std::chrono::microseconds wait{0}; ///< from the last byte sent to the first received
    std::chrono::microseconds receive{0};
    std::chrono::microseconds total{0};
};

/// A request and its answer as they were on the wire.
struct Exchange
{
    http::RequestHead request;
    Bytes requestBody;
    http::ResponseHead response;
    Bytes responseBody;
    std::string remoteAddress; ///< connected to, with port
    Timings timings;
    TimePoint sentAt{};
    std::uint64_t sentBytes = 0;     ///< head and body
    std::uint64_t receivedBytes = 0; ///< head and body
};

struct Progress
{
    enum class Phase { Resolving, Connecting, Sending, Waiting, Receiving };
    Phase phase = Phase::Resolving;
    std::uint64_t received = 0;
    std::optional<std::uint64_t> expected; ///< from Content-Length
};

} // namespace claimsmith::runner
