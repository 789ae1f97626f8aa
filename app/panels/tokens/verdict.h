// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "gateway/trace.h"
#include "jose/verify.h"
#include "panels/tokens/signingkey.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {
struct Route;
class Snapshot;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// One check of a token in words: "Signature is valid", "HMAC-SHA256".
struct CheckLine
{
    enum class State { Passed, Failed, Skipped };

    State state = State::Skipped;
    QString text;
    QString detail;  ///< what was seen, or which setting decides
    QString toolTip; ///< the whole sentence, and what asks for the check
    friend bool operator==(const CheckLine&, const CheckLine&) = default;
};

/// Checks of a token in their order and what they come to. Always says with which key, from where, under which checks.
struct Verdict
{
    enum class Outcome {
        Good,
        Bad,
        Open, ///< nothing was decided: no key, or the route has no jwt plugin
    };

    std::vector<CheckLine> checks;
    Outcome outcome = Outcome::Open;
    QString title;    ///< "Route api will accept this token"
    QString sentence; ///< "as consumer login_server_issuer"
    bool signatureFailed = false;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// A name for where the chosen keys come from: "the secret of login_server_issuer", "the pasted PEM".
QString describeKeys(const KeyChoice& choice, const ChosenKeys& keys);

/// Why there is no key to sign with, and what to do about it.
QString keyProblemText(const Error& problem, std::string_view algorithm);

/// The verification ladder with the chosen keys. `detached` is the payload that travels beside the token.
Verdict ladderVerdict(const std::string& token, const KeyChoice& choice, const ChosenKeys& keys, const Clock& clock,
                      const std::optional<std::string>& detached = {});

/// A route that is guarded by a jwt plugin.
struct GuardedRoute
{
    std::string id;
    std::string name; ///< its id when it has no name
};
std::vector<GuardedRoute> guardedRoutes(const gateway::Snapshot& snapshot);

/// What the gateway says: a request for this route with the token goes through the gateway's own plugins, without a
/// socket. Nothing is sent.
Verdict routeVerdict(const std::string& token, const std::string& routeId,
                     const std::shared_ptr<const gateway::Snapshot>& snapshot, const Clock& clock);

/// The line for one finding of the jwt plugin. `allReached`: nothing failed, so what was not checked was not asked for.
CheckLine checkLine(const gateway::Finding& finding, bool allReached);

/// Short words about a token's life for the toolbar and the list: "Valid, 9 min 41 s left", "Expired 3 min ago".
struct LifeState
{
    enum class Kind { Valid, Endless, NotYetValid, Expired, Unusable };
    Kind kind = Kind::Endless;
    std::int64_t distance = 0; ///< seconds to the end of this state
};
LifeState lifeState(const document::Object& claims, std::int64_t now);

} // namespace claimsmith::app
