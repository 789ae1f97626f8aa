// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/requestsender.h"

namespace claimsmith::app {

class RequestSender::Implementation
{
};

RequestSender::RequestSender(const WorkspaceSession&, const SecretService&, const GatewaySession&, const Clock&, QObject* parent)
    : QObject(parent), m(std::make_unique<Implementation>())
{
}

RequestSender::~RequestSender() = default;

} // namespace claimsmith::app
