// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaysession.h"

namespace claimsmith::app {

class GatewaySession::Implementation
{
public:
    State state = State::Stopped;
    std::optional<Error> failure;
    GatewaySettings settings;
    std::shared_ptr<const gateway::Snapshot> snapshot;
};

GatewaySession::GatewaySession(const Clock&, QObject* parent) : QObject(parent), m(std::make_unique<Implementation>())
{
}
GatewaySession::~GatewaySession() = default;

GatewaySession::State GatewaySession::state() const noexcept
{
    return m->state;
}

const std::optional<Error>& GatewaySession::failure() const noexcept
{
    return m->failure;
}

void GatewaySession::setSettings(const GatewaySettings& settings)
{
    m->settings = settings;
}

const GatewaySettings& GatewaySession::settings() const noexcept
{
    return m->settings;
}

void GatewaySession::start() {}
void GatewaySession::stop() {}
void GatewaySession::restart() {}

void GatewaySession::apply(std::shared_ptr<const gateway::Snapshot> snapshot)
{
    m->snapshot = std::move(snapshot);
}

std::shared_ptr<const gateway::Snapshot> GatewaySession::snapshot() const noexcept
{
    return m->snapshot;
}

QString GatewaySession::proxyAddress() const
{
    return {};
}

QString GatewaySession::adminAddress() const
{
    return {};
}

quint64 GatewaySession::requestCount() const noexcept
{
    return 0;
}

quint64 GatewaySession::errorCount() const noexcept
{
    return 0;
}

std::pair<std::string, std::string> GatewaySession::traceHeader() const
{
    return {};
}

std::shared_ptr<const gateway::Trace> GatewaySession::findTrace(const std::string&) const
{
    return {};
}

} // namespace claimsmith::app
