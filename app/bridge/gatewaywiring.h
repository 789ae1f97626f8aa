// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <string>

namespace claimsmith::app {

class GatewayDocument;
class GatewaySession;
class SecretService;
class WorkspaceSession;

/// Keeps the gateway document in step with its surroundings: the workspace's file, the secrets that it names, and the
/// running gateway, which gets every configuration that the document applies.
class GatewayWiring final : public QObject
{
    Q_OBJECT

public:
    /// All four have to outlive this object.
    GatewayWiring(GatewayDocument& document, WorkspaceSession& workspace, SecretService& secrets,
                  GatewaySession& gateway, QObject* parent = nullptr);

private:
    void loadWorkspace();
    void takeReloaded();
    void store();

    GatewayDocument& m_document;
    WorkspaceSession& m_workspace;
    SecretService& m_secrets;
    GatewaySession& m_gateway;
    std::string m_stored; ///< the text that the workspace has from here
};

} // namespace claimsmith::app
