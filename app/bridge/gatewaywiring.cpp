// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaywiring.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"

namespace claimsmith::app {

GatewayWiring::GatewayWiring(GatewayDocument& document, WorkspaceSession& workspace, SecretService& secrets,
                             GatewaySession& gateway, QObject* parent)
    : QObject(parent), m_document(document), m_workspace(workspace), m_secrets(secrets), m_gateway(gateway)
{
    gateway::BuildOptions options;
    options.resolveReference = [this](std::string_view name) -> std::optional<std::string> {
        const auto secret = m_secrets.findSecret(name);
        return secret ? std::optional<std::string>(*secret) : std::nullopt;
    };
    m_document.setOptions(options);

    connect(&m_secrets, &SecretService::secretsChanged, &m_document, &GatewayDocument::revalidate);
    connect(&m_workspace, &WorkspaceSession::opened, this, &GatewayWiring::loadWorkspace);
    connect(&m_workspace, &WorkspaceSession::changed, this, [this](WorkspaceSession::Part part) {
        if (part == WorkspaceSession::Part::Gateway)
            takeReloaded();
    });
    connect(&m_document, &GatewayDocument::textChanged, this, &GatewayWiring::store);
    connect(&m_document, &GatewayDocument::applied, &m_gateway, &GatewaySession::apply);
    if (m_workspace.isOpen())
        loadWorkspace();
}

void GatewayWiring::loadWorkspace()
{
    const workspace::Workspace& workspace = m_workspace.workspace();
    m_gateway.setSettings({workspace.gateway.proxyListen, workspace.gateway.adminListen, GatewaySettings().threads,
                           workspace.gateway.echoStandsInFor});
    m_stored = workspace.kongYml;
    m_document.load(workspace.kongYml);
}

void GatewayWiring::takeReloaded()
{
    const std::string disk = m_workspace.workspace().kongYml;
    if (disk == m_stored)
        return;
    const std::string base = std::exchange(m_stored, disk);
    m_document.takeFromDisk(base, disk);
}

void GatewayWiring::store()
{
    if (m_document.text() == m_stored)
        return;
    m_stored = m_document.text();
    m_workspace.edit(WorkspaceSession::Part::Gateway,
                     [this](workspace::Workspace& workspace) { workspace.kongYml = m_stored; });
}

} // namespace claimsmith::app
