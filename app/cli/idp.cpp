// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clisecrets.h"
#include "cli/commands.h"
#include "cli/io.h"
#include "cli/signals.h"
#include "identity/providerserver.h"
#include "workspace/lookup.h"
#include "workspace/storage.h"

#include <cstdio>

namespace claimsmith::cli {

Command idpCommand();

namespace {

constexpr std::chrono::seconds drainTime{5};

Result<identity::ProviderConfiguration> load(std::string_view path)
{
    CLAIMSMITH_TRY(const std::string text, readInput(path));
    return identity::readConfiguration(text, std::string(path));
}

/// The workspace that the file belongs to; empty when there is none. Its secrets are in the keychain under this id.
std::string workspaceIdOf(std::string_view path)
{
    const std::filesystem::path folder = workspace::findWorkspaceFolder(path);
    if (folder.empty())
        return {};
    const auto storage = workspace::Storage::open(folder);
    return storage ? storage->workspace().id : std::string();
}

/// The secrets that the configuration names, from the environment or the workspace's keychain; what is missing is
/// named, each on its line.
Result<identity::Secrets> findSecrets(const identity::ProviderConfiguration& configuration, std::string_view path)
{
    const std::set<std::string> names = identity::secretNames(configuration);
    const CliSecrets source(names, workspaceIdOf(path));
    identity::Secrets secrets;
    for (const std::string& name : names) {
        if (const auto secret = source.findSecret(name))
            secrets.emplace(name, SecretBytes(*secret));
        else
            report("the secret \"" + name + "\" is missing: set " + secretVariable(name));
    }
    if (secrets.size() != names.size()) {
        Error error{InputErrorCode::NotReadable};
        error.detail = "secrets are missing";
        return error;
    }
    return secrets;
}

/// Serves until SIGTERM; SIGHUP loads the file again, and a bad file changes nothing.
void serve(identity::Provider& provider, std::string_view path, Signals& signals)
{
    while (signals.wait() == Signals::Event::Reload) {
        auto configuration = load(path);
        auto secrets =
            configuration ? findSecrets(*configuration, path) : Result<identity::Secrets>(configuration.error());
        const auto applied =
            secrets ? provider.apply(std::move(*configuration), std::move(*secrets)) : Result<void>(secrets.error());
        if (applied) {
            writeLine("reloaded " + std::string(path));
            std::fflush(stdout);
        } else {
            report(applied.error().toString());
            report("the configuration in force stays");
        }
    }
}

std::string readyLine(identity::ProviderServer& server)
{
    std::string line = "ready listen=" + server.address().toString();
    for (const identity::IssuerDescription& issuer : server.provider().issuers())
        line += " issuer=" + issuer.url;
    return line;
}

int runIdp(const Arguments& arguments)
{
    const auto path = arguments.value("--config");
    if (!path)
        return fail(WrongUsage, "--config: the provider's configuration is missing");
    auto configuration = load(*path);
    if (!configuration) {
        const bool isUnreadable = configuration.error().code == ErrorCode(InputErrorCode::NotReadable);
        return fail(isUnreadable ? Environment : WrongUsage, configuration.error());
    }
    const auto listen = http::parseAuthority(arguments.valueOr("--listen", configuration->listen));
    if (!listen)
        return fail(WrongUsage, "--listen: " + listen.error().detail);
    Signals signals; // before the keychain, which starts threads
    identity::ProviderOptions options;
    auto secrets = findSecrets(*configuration, *path);
    if (!secrets)
        return fail(Environment, secrets.error());
    options.secrets = std::move(*secrets);
    options.logEntries = 0;
    const auto server = identity::ProviderServer::start(*listen, std::move(*configuration), std::move(options));
    if (!server)
        return fail(Environment, server.error());
    writeLine(readyLine(**server));
    std::fflush(stdout); // whoever waits for the line reads it through a pipe
    serve((*server)->provider(), *path, signals);
    (*server)->stop(drainTime);
    return Success;
}

} // namespace

Command idpCommand()
{
    return {"idp",
            "",
            "serve an OpenID Provider for tests",
            {{"--config", "FILE", "issuers, clients and users (JSON); SIGHUP reads it again"},
             {"--listen", "HOST:PORT", "where to listen; what the file says, or localhost:8085, unless given"}},
            runIdp};
}

} // namespace claimsmith::cli
