// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/workspacerequest.h"

#include "cli/clisecrets.h"
#include "cli/io.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "runner/prepare.h"
#include "workspace/format.h"
#include "workspace/lookup.h"
#include "workspace/secretnames.h"
#include "workspace/storage.h"

#include <algorithm>

namespace claimsmith::cli {
namespace {

namespace fs = std::filesystem;

Result<workspace::Workspace> readWorkspace(const fs::path& folder)
{
    if (folder.empty())
        return workspace::Workspace();
    CLAIMSMITH_TRY(const workspace::Storage storage, workspace::Storage::open(folder));
    for (const Error& problem : storage.problems())
        report("left out: " + problem.toString());
    return storage.workspace();
}

/// Whether a token is signed for the request. References within variables count too.
bool needsToken(const workspace::Request& request, const workspace::Workspace& workspace)
{
    if (std::holds_alternative<workspace::SignedTokenAuth>(request.auth))
        return true;
    std::string texts = document::toJson(document::Value(workspace::toValue(request).members));
    for (const workspace::Environment& environment : workspace.environments)
        texts += environment.text;
    return texts.find("{{token.") != std::string::npos || texts.find("{{ token.") != std::string::npos;
}

/// The part of a workspace that matters for one request: no other secret is asked for.
workspace::Workspace reduced(workspace::Workspace workspace, const workspace::Request& request)
{
    workspace.folders = {workspace::Folder{{}, {}, {request}, {}}};
    if (!needsToken(request, workspace)) {
        workspace.tokens.clear();
        workspace.keys.clear();
        workspace.kongYml.clear();
    }
    return workspace;
}

/// The gateway's configuration, for the credentials that tokens are signed with.
Result<std::shared_ptr<const gateway::Snapshot>> readGateway(const workspace::Workspace& workspace,
                                                             const fs::path& folder, const CliSecrets& secrets)
{
    if (workspace.kongYml.empty())
        return std::shared_ptr<const gateway::Snapshot>();
    gateway::BuildOptions options;
    options.resolveReference = [&secrets](std::string_view name) -> std::optional<std::string> {
        const auto secret = secrets.findSecret(name);
        return secret ? std::optional<std::string>(*secret) : std::nullopt;
    };
    return gateway::loadSnapshot(workspace.kongYml, (folder / "gateway" / "kong.yml").string(), options);
}

} // namespace

Result<http::ClientRequest> workspaceRequest(std::string_view file, std::string_view environment,
                                             std::string_view gateway)
{
    CLAIMSMITH_TRY(const std::string text, readInput(file));
    CLAIMSMITH_TRY(const workspace::Request request, workspace::parseRequest(text, std::string(file)));
    const fs::path folder = workspace::findWorkspaceFolder(file);
    CLAIMSMITH_TRY(workspace::Workspace whole, readWorkspace(folder));
    const workspace::Workspace workspace = reduced(std::move(whole), request);

    const std::string authority(gateway.empty() ? workspace.gateway.proxyListen : gateway);
    CLAIMSMITH_TRY(workspace::Variables variables,
                   workspace::Variables::of(workspace, environment.empty() ? workspace::onlyEnvironment(workspace)
                                                                           : std::string(environment)));
    variables.addBuiltIn("gateway", "http://" + authority);
    const CliSecrets secrets(workspace::secretNames(workspace), workspace.id);
    CLAIMSMITH_TRY(const std::shared_ptr<const gateway::Snapshot> snapshot, readGateway(workspace, folder, secrets));
    const runner::Context context{workspace,     variables, secrets,        snapshot.get(),
                                  systemClock(), authority, folder.string()};
    CLAIMSMITH_TRY(const runner::Prepared prepared, runner::prepare(request, context));
    return runner::toClientRequest(prepared);
}

} // namespace claimsmith::cli
