// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/client/client.h"
#include "runner/prepare.h"
#include "workspace/model.h"

#include <QObject>

#include <memory>

namespace claimsmith::gateway {
struct Trace;
} // namespace claimsmith::gateway

namespace claimsmith::app {

class GatewaySession;
class SecretService;
class WorkspaceSession;

/// How a sent request ended. Holds what was on the wire, secrets and tokens included: for the window, not for a log.
struct SendOutcome
{
    workspace::Id request;
    runner::Prepared prepared; ///< what was sent, as far as it got
    TimePoint sentAt{};        ///< by the workspace's clock
    Result<http::ClientResponse> response;
    std::shared_ptr<const gateway::Trace> trace; ///< null when sent directly, or when the gateway took no part
    std::shared_ptr<const gateway::Snapshot>
        snapshot; ///< that the gateway had when it was sent; null when sent directly
};

/// Sends requests of the workspace with its variables, secrets and tokens. Nothing here waits: the network has a thread
/// of its own, results come back as signals on the GUI thread.
class RequestSender final : public QObject
{
    Q_OBJECT

public:
    /// All have to outlive the sender.
    RequestSender(const WorkspaceSession& workspace, const SecretService& secrets, const GatewaySession& gateway,
                  const Clock& clock, QObject* parent = nullptr);
    ~RequestSender() override;

    /// What would be sent now: for previews of URL, headers and tokens. Signs tokens.
    Result<runner::Prepared> prepare(const workspace::Request& request) const;
    /// The token that the recipe gives now.
    Result<std::string> signToken(const workspace::TokenRecipe& recipe) const;
    /// What `{{…}}` in a text stands for now; when the environment can't be read, nothing resolves.
    workspace::Resolution resolve(std::string_view text) const;
    /// The variables in force, built-in ones included.
    Result<workspace::Variables> variables() const;

    /// Sends and returns a number that names this sending in the signals. finished() follows always, and later.
    quint64 send(const workspace::Request& request);
    /// finished() follows with ClientErrorCode::Cancelled, unless the request is over.
    void cancel(quint64 sending);

signals:
    void progressed(quint64 sending, claimsmith::http::ClientProgress progress);
    void finished(quint64 sending, std::shared_ptr<const claimsmith::app::SendOutcome> outcome);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
