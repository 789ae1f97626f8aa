// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/scenariorun.h"

#include "document/json.h"
#include "gateway/engine.h"
#include "http/client/wait.h"
#include "http/echo/echoserver.h"
#include "identity/providerserver.h"
#include "runner/madeupsecrets.h"
#include "runner/prepare.h"
#include "runner/scenario/outcome.h"
#include "workspace/lookup.h"

#include <algorithm>

namespace claimsmith::runner {
namespace {

constexpr std::chrono::milliseconds patience{30'000};
constexpr std::chrono::milliseconds grace{1'000};

/// The secrets of one run: some made up, all others asked for.
class RunSecrets final : public workspace::SecretSource
{
public:
    RunSecrets(SecretsByName madeUp, const workspace::SecretSource& others)
        : m_madeUp(std::move(madeUp)), m_others(others)
    {
    }

    std::optional<BytesView> findSecret(std::string_view name) const override
    {
        const auto found = m_madeUp.find(name);
        return found == m_madeUp.end() ? m_others.findSecret(name) : found->second.view();
    }

private:
    SecretsByName m_madeUp;
    const workspace::SecretSource& m_others;
};

Error wrapped(ScenarioErrorCode code, const Scenario& scenario, Error cause)
{
    return {code, {scenario.file}, {}, {}, std::make_shared<Error>(std::move(cause))};
}

Result<std::shared_ptr<const gateway::Snapshot>> load(const Scenario& scenario, const workspace::SecretSource& secrets)
{
    gateway::BuildOptions options;
    options.edition = scenario.edition;
    options.conduct = scenario.conduct;
    options.resolveReference = [&secrets](std::string_view name) -> std::optional<std::string> {
        const auto secret = secrets.findSecret(name);
        return secret ? std::optional<std::string>(*secret) : std::nullopt;
    };
    auto snapshot = gateway::loadSnapshot(scenario.configuration, scenario.configurationFile, options);
    if (!snapshot)
        return wrapped(ScenarioErrorCode::Configuration, scenario, std::move(snapshot).error());
    return snapshot;
}

/// Every place that the configuration sends requests to.
std::vector<http::Authority> upstreams(const gateway::Snapshot& snapshot)
{
    std::vector<http::Authority> all;
    for (const auto& service : snapshot.services())
        all.push_back({service->host, service->port});
    for (const auto& target : snapshot.entities().all("targets")) {
        if (auto authority = http::parseAuthority(target->text("target"), std::uint16_t{8000}))
            all.push_back(std::move(*authority));
    }
    return all;
}

Result<std::vector<http::Authority>> echoed(const Scenario& scenario, const gateway::Snapshot& snapshot)
{
    if (!scenario.echoes)
        return upstreams(snapshot);
    std::vector<http::Authority> all;
    for (const std::string& text : *scenario.echoes) {
        CLAIMSMITH_TRY(http::Authority authority, http::parseAuthority(text, std::uint16_t{80}));
        all.push_back(std::move(authority));
    }
    return all;
}

/// Gateway, echo upstream and client for one run.
class Stage final
{
public:
    static Result<std::unique_ptr<Stage>> set(const Scenario& scenario, const workspace::SecretSource& others)
    {
        CLAIMSMITH_TRY(SecretsByName madeUp, makeUpSecrets(scenario.madeUpSecrets, scenario.folder));
        auto stage = std::unique_ptr<Stage>(new Stage(scenario, RunSecrets(std::move(madeUp), others)));
        CLAIMSMITH_CHECK(stage->start());
        return stage;
    }

    ~Stage()
    {
        if (m_engine)
            m_engine->stop(grace);
        if (m_provider)
            m_provider->stop(grace);
        if (m_echo)
            m_echo->stop(grace);
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    StepResult run(const ScenarioStep& step)
    {
        StepResult result{step.name, step.line, {}, {}, {}, {}};
        m_clock.setOffset(step.clock);
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < step.times && !result.error; ++i) {
            auto answer = exchange(step.request);
            if (answer)
                result.outcome = std::move(*answer);
            else
                result.error = wrapped(ScenarioErrorCode::Undeliverable, m_scenario, std::move(answer).error());
        }
        result.duration =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        if (!result.error) {
            result.mismatches = compare(step.expectation, &result.outcome);
            capture(step, result);
        }
        return result;
    }

private:
    Stage(const Scenario& scenario, RunSecrets secrets)
        : m_scenario(scenario), m_secrets(std::move(secrets)), m_clock(systemClock())
    {
    }

    Result<void> start()
    {
        CLAIMSMITH_TRY(m_snapshot, load(m_scenario, m_secrets));
        CLAIMSMITH_CHECK(startProvider());
        CLAIMSMITH_CHECK(startEcho());
        gateway::EngineOptions options;
        options.listeners = {{.address = {"127.0.0.1", 0}}};
        options.threads = 1;
        options.clock = &m_clock;
        options.standIns = m_standIns;
        auto engine = gateway::Engine::start(std::move(options), m_snapshot);
        if (!engine)
            return wrapped(ScenarioErrorCode::NoRoom, m_scenario, std::move(engine).error());
        m_engine = std::move(*engine);
        return readVariables();
    }

    /// Issuers keep the names that the file gives them, whatever port there is.
    Result<void> startProvider()
    {
        if (!m_scenario.provider)
            return {};
        identity::ProviderConfiguration configuration = *m_scenario.provider;
        CLAIMSMITH_TRY(http::Authority named, http::parseAuthority(configuration.listen));
        if (configuration.publicUrl.empty())
            configuration.publicUrl = "http://" + named.toString();
        identity::ProviderOptions options;
        options.clock = &m_clock;
        options.logEntries = 0;
        for (const std::string& name : identity::secretNames(configuration)) {
            if (const auto secret = m_secrets.findSecret(name))
                options.secrets.emplace(name, SecretBytes(*secret));
        }
        auto server = identity::ProviderServer::start({"127.0.0.1", 0}, std::move(configuration), std::move(options));
        if (!server)
            return wrapped(ScenarioErrorCode::NoRoom, m_scenario, std::move(server).error());
        m_provider = std::move(*server);
        m_standIns.push_back({std::move(named), m_provider->address()});
        return {};
    }

    Result<void> startEcho()
    {
        CLAIMSMITH_TRY(const std::vector<http::Authority> authorities, echoed(m_scenario, *m_snapshot));
        auto echo = http::EchoServer::start({"127.0.0.1", 0});
        if (!echo)
            return wrapped(ScenarioErrorCode::NoRoom, m_scenario, std::move(echo).error());
        m_echo = std::move(*echo);
        for (const http::Authority& authority : authorities)
            m_standIns.push_back({authority, m_echo->address()});
        return {};
    }

    Result<void> readVariables()
    {
        const std::string environment =
            m_scenario.environment.empty() ? workspace::onlyEnvironment(m_scenario.workspace) : m_scenario.environment;
        CLAIMSMITH_TRY(m_variables, workspace::Variables::of(m_scenario.workspace, environment));
        m_variables.addBuiltIn("gateway", "http://" + m_engine->proxyAddress().toString());
        return {};
    }

    void capture(const ScenarioStep& step, StepResult& result)
    {
        for (const auto& [name, pointer] : step.captures) {
            const document::Value* value = result.outcome.at(pointer);
            if (value)
                m_variables.set(name, {value->asString() ? *value->asString() : document::toJson(*value), step.name});
            else
                result.mismatches.push_back({pointer, "a value to capture", {}});
        }
    }

    Result<document::Value> exchange(const workspace::Request& request)
    {
        const Context context{m_scenario.workspace,      m_variables, m_secrets,
                              m_snapshot.get(),          m_clock,     m_engine->proxyAddress().toString(),
                              m_scenario.folder.string()};
        CLAIMSMITH_TRY(Prepared prepared, prepare(request, context));
        const bool isTraced = prepared.via == workspace::Via::Gateway;
        http::ClientRequest wire = toClientRequest(prepared);
        wire.totalTimeout = patience;
        if (isTraced)
            wire.headers.add(gateway::Engine::traceHeader, m_engine->traceNonce());
        else
            connectToStandIn(wire);
        CLAIMSMITH_TRY(const http::ClientResponse response, http::sendAndWait(m_client, std::move(wire)));
        const auto trace = isTraced ? m_engine->findTrace(response.head.headers.value("X-Kong-Request-Id")) : nullptr;
        return outcome(response, trace.get());
    }

    void connectToStandIn(http::ClientRequest& wire) const
    {
        const auto url = http::parseUrl(wire.url);
        if (!url)
            return;
        const auto authority = http::parseAuthority(url->authority(), std::uint16_t{80});
        for (const gateway::StandIn& standIn : m_standIns) {
            if (authority && standIn.authority == *authority)
                wire.connectTo = standIn.endpoint.toString();
        }
    }

    const Scenario& m_scenario;
    const RunSecrets m_secrets;
    ShiftedClock m_clock;
    std::shared_ptr<const gateway::Snapshot> m_snapshot;
    std::vector<gateway::StandIn> m_standIns;
    std::unique_ptr<identity::ProviderServer> m_provider;
    std::unique_ptr<http::EchoServer> m_echo;
    std::unique_ptr<gateway::Engine> m_engine;
    workspace::Variables m_variables;
    http::Client m_client;
};

} // namespace

std::size_t ScenarioResult::failures() const noexcept
{
    return static_cast<std::size_t>(
        std::ranges::count_if(steps, [](const StepResult& step) { return !step.passed(); }));
}

Result<ScenarioResult> runScenario(const Scenario& scenario, const workspace::SecretSource& secrets)
{
    CLAIMSMITH_TRY(const std::unique_ptr<Stage> stage, Stage::set(scenario, secrets));
    ScenarioResult result{scenario.name, scenario.file, {}};
    for (const ScenarioStep& step : scenario.steps)
        result.steps.push_back(stage->run(step));
    return result;
}

} // namespace claimsmith::runner
