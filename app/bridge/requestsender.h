// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "runner/sender.h"
#include "workspace/model.h"

#include <QObject>

#include <memory>

namespace claimsmith::gateway {
struct Trace;
}

namespace claimsmith::app {

class GatewaySession;
class SecretService;
class WorkspaceSession;

/// How a sent request ended.
struct SendOutcome
{
    workspace::Id request;
    Result<runner::Exchange> exchange;
    std::shared_ptr<const gateway::Trace> trace; ///< null when sent directly, or when the gateway took no part
};

/// Sends requests of the workspace with its variables, secrets and tokens. Nothing here waits; work runs on threads of
/// the core, results come back as signals on the GUI thread.
class RequestSender final : public QObject
{
    Q_OBJECT

public:
    RequestSender(const WorkspaceSession& workspace, const SecretService& secrets, const GatewaySession& gateway,
                  const Clock& clock, QObject* parent = nullptr);
    ~RequestSender() override;

    /// What would be sent now: for previews of URL, headers and tokens. Signs tokens; takes well under a millisecond.
    Result<runner::Prepared> prepare(const workspace::Request& request) const;
    /// What `{{…}}` in a text stands for now.
    workspace::Resolution resolve(std::string_view text) const;

    /// Sends and returns a number that names this sending in the signals. finished() follows always, later.
    quint64 send(const workspace::Request& request);
    void cancel(quint64 sending);

signals:
    /// Bytes received so far and the phase, at most ten times a second.
    void progressed(quint64 sending, claimsmith::runner::Progress progress);
    void finished(quint64 sending, std::shared_ptr<const claimsmith::app::SendOutcome> outcome);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
