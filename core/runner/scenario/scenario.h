// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "gateway/snapshot.h"
#include "identity/configuration.h"
#include "workspace/model.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace claimsmith::runner {

enum class ScenarioErrorCode {
    Unreadable,    ///< the file, its configuration or its workspace; the cause says why
    NoRoom,        ///< the gateway or the echo can't listen; the cause says why
    Configuration, ///< the gateway refuses the configuration; the cause is the first problem
    Undeliverable, ///< a request can't be put together or sent; the cause says why
};
const ErrorDomain& errorDomain(ScenarioErrorCode) noexcept;

/// One request and what is hoped of its answer.
struct ScenarioStep
{
    std::string name;
    workspace::Request request;
    int times = 1;                               ///< sent so often; the last answer counts
    std::chrono::seconds clock{0};               ///< how far the clock of gateway and signer is ahead of this machine's
    std::map<std::string, std::string> captures; ///< variables for later steps, from pointers into the outcome
    document::Value expectation; ///< a pattern (expectation.h) for outcome() (outcome.h); always an object
    std::size_t line = 0;        ///< of the step in the scenario's file
};

/// A test of a gateway configuration: requests in their order, and what has to come of each. Files are YAML or JSON:
///
///     name: Only with a token
///     configuration: ../gateway/kong.yml   # or the document itself; default: the workspace's gateway/kong.yml
///     workspace: ..                        # default: the nearest folder above with a workspace.json, if there is one
///     environment: local                   # default: the one that no other refines
///     edition: enterprise                  # or oss
///     conduct: kong                        # or strict
///     echo: ["localhost:3000"]             # upstreams that the built-in echo stands in for; default: all
///     secrets: made-up                     # all of them, for this run; or the names of some
///     tokens:                              # beside the workspace's recipes
///     - {name: late, key: {secret: DECK_LOGIN_SERVER_ISSUER}, payload: {iss: login, exp: now-1m}}
///     steps:
///     - name: A token that has expired is refused
///       request: GET /api                  # or a request of the workspace: my-api-service/Call /api; or, past the
///                                          # gateway: GET http://localhost:8085/realms/demo/jwks
///       token: late                        # sent as bearer; or `auth`, as in a request's file
///       headers: {Accept: text/plain}
///       body: {any: json}                  # or a text
///       clock: now+15m
///       times: 1
///       expect:
///         status: 401
///         headers: {WWW-Authenticate: {$contains: invalid_token}}
///         body: {exp: token expired}
///         findings: [jwt.exp]
///         upstream: null
///       capture: {reason: /body/exp}       # {{reason}} in the steps that follow
///
/// Where the workspace has an identity/provider.json, the provider runs too: gateway and steps reach it under the name
/// that the file gives it, wherever it listens.
///
/// A member that is none of these is refused, so that a slip of the pen does not pass a test.
struct Scenario
{
    std::string name;
    std::string file;
    workspace::Workspace workspace; ///< with the scenario's own recipes
    std::filesystem::path folder;   ///< of the workspace; empty when there is none
    std::string configuration;      ///< the document's text
    std::string configurationFile;  ///< where it is from, for errors
    std::string environment;
    std::optional<identity::ProviderConfiguration> provider; ///< the workspace's identity/provider.json, if it has one
    gateway::Edition edition = gateway::Edition::Enterprise;
    gateway::Conduct conduct = gateway::Conduct::Kong;
    std::optional<std::vector<std::string>> echoes; ///< authorities; nothing: every service and target
    std::set<std::string> madeUpSecrets;            ///< names; see madeupsecrets.h for their values
    std::vector<ScenarioStep> steps;
};

/// Names of all secrets that a run needs, the made-up ones among them.
std::set<std::string> secretNames(const Scenario& scenario);

/// Reads a scenario and what it refers to. Fails with the codes above, or with workspace::StorageErrorCode for a member
/// that makes no sense; places have file, line and pointer.
Result<Scenario> readScenario(const std::filesystem::path& file);

} // namespace claimsmith::runner
