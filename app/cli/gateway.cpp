// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/accesslog.h"
#include "cli/commands.h"
#include "cli/io.h"
#include "cli/signals.h"
#include "gateway/engine.h"
#include "http/echo/echoserver.h"
#include "http/net/descriptors.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <unistd.h>

namespace claimsmith::cli {

Command gatewayCommand();

namespace {

constexpr std::chrono::seconds drainTime{10};
constexpr std::size_t loggedExchanges = 65'536;
/// Each client may need an upstream of its own; many shells start programs with 1,024.
constexpr std::size_t wantedDescriptors = 65'536;

/// Values for `${{ env "DECK_…" }}`, which is how decK files name secrets.
std::optional<std::string> fromEnvironment(std::string_view name)
{
    const char* const value = name.starts_with("DECK_") ? std::getenv(std::string(name).c_str()) : nullptr;
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// What the command line asks for, read and checked.
struct Settings
{
    std::string config;
    std::string log; ///< empty: no log
    gateway::EngineOptions engine;
    std::vector<http::Authority> echoes; ///< authorities that the built-in echo upstream stands in for
};

Result<http::Authority> address(const Arguments& arguments, std::string_view option, std::string_view fallback)
{
    auto parsed = http::parseAuthority(arguments.valueOr(option, fallback));
    if (!parsed)
        return std::move(parsed).error().in(option);
    return parsed;
}

std::optional<std::size_t> number(std::string_view text)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Error wrongValue(std::string_view option, std::string expected)
{
    Error error{ArgumentsErrorCode::UnexpectedValue};
    error.place.file = option;
    error.detail = std::move(expected);
    error.parameters = {{"option", std::string(option)}};
    return error;
}

/// Kong's own settings: from --kong-conf, and over it from variables named KONG_*.
Result<void> readKongSettings(const Arguments& arguments, gateway::EngineOptions& engine)
{
    gateway::SettingValues values;
    if (const auto file = arguments.value("--kong-conf")) {
        CLAIMSMITH_TRY(const std::string text, readInput(*file));
        auto parsed = gateway::parseKongConf(text);
        if (!parsed)
            return std::move(parsed).error().in(*file);
        values = std::move(parsed).value();
    }
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        const std::size_t equals = text.find('=');
        if (text.starts_with("KONG_") && equals != std::string_view::npos)
            values.insert_or_assign(toLower(text.substr(5, equals - 5)), std::string(text.substr(equals + 1)));
    }
    CLAIMSMITH_TRY(gateway::SettingsReading reading, gateway::readSettings(values));
    for (const std::string& name : reading.unsupported)
        report("the setting " + name + " changes nothing here");
    engine.settings = std::move(reading.settings);
    return {};
}

/// Options of the command line win over proxy_listen and admin_listen.
Result<void> readAddresses(const Arguments& arguments, gateway::EngineOptions& engine)
{
    const bool isGiven = arguments.has("--proxy") || arguments.has("--proxy-ssl");
    if (engine.settings.proxyListen && engine.settings.proxyListen->empty() && !isGiven)
        return wrongValue("proxy_listen", "a gateway without a proxy is not offered; name an address");
    if (engine.settings.proxyListen && !isGiven) {
        engine.listeners = *engine.settings.proxyListen;
    } else {
        CLAIMSMITH_TRY(engine.listeners.front().address, address(arguments, "--proxy", "127.0.0.1:8000"));
        if (arguments.has("--proxy-ssl")) {
            CLAIMSMITH_TRY(const http::Authority secure, address(arguments, "--proxy-ssl", ""));
            engine.listeners.push_back({secure, true});
        }
    }
    if (arguments.has("--admin")) {
        CLAIMSMITH_TRY(http::Authority admin, address(arguments, "--admin", ""));
        engine.adminListeners = {{std::move(admin)}};
    } else {
        engine.adminListeners = engine.settings.adminListen.value_or(std::vector<gateway::ProxyListener>());
    }
    return {};
}

Result<Settings> readSettings(const Arguments& arguments)
{
    Settings settings;
    const auto config = arguments.value("--config");
    if (!config)
        return wrongValue("--config", "the declarative configuration is missing");
    settings.config = *config;
    CLAIMSMITH_CHECK(readKongSettings(arguments, settings.engine));
    CLAIMSMITH_CHECK(readAddresses(arguments, settings.engine));
    const auto threads = number(arguments.valueOr("--threads", "2"));
    if (!threads || *threads < 1 || *threads > 256)
        return wrongValue("--threads", "expected a number from 1 to 256");
    settings.engine.threads = *threads;

    const std::string_view edition = arguments.valueOr("--edition", "enterprise");
    if (edition != "oss" && edition != "enterprise")
        return wrongValue("--edition", "expected oss or enterprise");
    settings.engine.build.edition = edition == "oss" ? gateway::Edition::OpenSource : gateway::Edition::Enterprise;
    const std::string_view conduct = arguments.valueOr("--conduct", "kong");
    if (conduct != "kong" && conduct != "strict")
        return wrongValue("--conduct", "expected kong or strict");
    settings.engine.build.conduct = conduct == "kong" ? gateway::Conduct::Kong : gateway::Conduct::Strict;
    settings.engine.build.resolveReference = fromEnvironment;
    // Kong's setting: without a database the Admin API takes whole documents only.
    const char* const database = std::getenv("KONG_DATABASE");
    settings.engine.adminWrites = database != nullptr && std::string_view(database) != "off";

    for (const std::string_view text : arguments.values("--echo")) {
        auto authority = http::parseAuthority(text, std::uint16_t{80});
        if (!authority)
            return std::move(authority).error().in("--echo");
        settings.echoes.push_back(std::move(authority).value());
    }
    settings.log = arguments.valueOr("--log", "");
    settings.engine.summaries = settings.log.empty() ? 0 : loggedExchanges;
    return settings;
}

/// "kong.yml:3:7: /services/0/port: expected an integer", one line for each.
void reportAll(const std::vector<gateway::Problem>& problems, std::string_view kind = {})
{
    for (const gateway::Problem& problem : problems) {
        std::string text = problem.place.file;
        if (problem.place.line != 0)
            text += ':' + std::to_string(problem.place.line) + ':' + std::to_string(problem.place.column);
        text += ": " + std::string(kind) + problem.place.pointer + ": " + problem.message + '\n';
        writeDiagnostic(text);
    }
}

void reportProblems(const gateway::ConfigurationReport& problems, const Error& first)
{
    if (problems.problems.empty())
        report(first.toString());
    reportAll(problems.problems);
}

Result<std::shared_ptr<const gateway::Snapshot>> load(const Settings& settings, gateway::ConfigurationReport& problems)
{
    CLAIMSMITH_TRY(const std::string text, readInput(settings.config));
    gateway::BuildOptions options = settings.engine.build;
    options.now = systemClock().now();
    return gateway::loadSnapshot(text, settings.config, options, &problems);
}

/// Starts the echo upstream when somebody is to be stood in for; null otherwise.
Result<std::unique_ptr<http::EchoServer>> startEcho(Settings& settings)
{
    if (settings.echoes.empty())
        return std::unique_ptr<http::EchoServer>();
    CLAIMSMITH_TRY(auto echo, http::EchoServer::start({"127.0.0.1", 0}));
    for (const http::Authority& authority : settings.echoes)
        settings.engine.standIns.push_back({authority, echo->address()});
    return echo;
}

std::string readyLine(const gateway::Engine& engine)
{
    std::string line = "ready proxy=" + engine.proxyAddress().toString();
    if (const auto secure = engine.proxyTlsAddress())
        line += " proxy-ssl=" + secure->toString();
    if (const auto admin = engine.adminAddress())
        line += " admin=" + admin->toString();
    if (const auto secure = engine.adminTlsAddress())
        line += " admin-ssl=" + secure->toString();
    return line;
}

/// Serves until SIGTERM; SIGHUP loads the file again, and a bad file changes nothing.
void serve(gateway::Engine& engine, const Settings& settings, Signals& signals)
{
    while (signals.wait() == Signals::Event::Reload) {
        gateway::ConfigurationReport problems;
        auto snapshot = load(settings, problems);
        if (snapshot) {
            reportAll(problems.notes, "note: ");
            engine.apply(std::move(snapshot).value());
            writeLine("reloaded " + settings.config);
            std::fflush(stdout);
        } else {
            reportProblems(problems, snapshot.error());
            report("the configuration in force stays");
        }
    }
}

int runGateway(const Arguments& arguments)
{
    auto read = readSettings(arguments);
    if (!read)
        return fail(WrongUsage, read.error());
    Settings settings = std::move(read).value();
    gateway::ConfigurationReport problems;
    auto snapshot = load(settings, problems);
    if (!snapshot) {
        reportProblems(problems, snapshot.error());
        const bool isUnreadable = snapshot.error().code == ErrorCode(InputErrorCode::NotReadable);
        return isUnreadable ? Environment : WrongUsage;
    }
    reportAll(problems.notes, "note: ");
    http::raiseDescriptorLimit(wantedDescriptors);
    Signals signals;
    auto echo = startEcho(settings);
    if (!echo)
        return fail(Environment, echo.error());
    auto engine = gateway::Engine::start(settings.engine, std::move(snapshot).value());
    if (!engine)
        return fail(Environment, engine.error());
    auto log = AccessLog::open(settings.log, **engine);
    if (!log)
        return fail(Environment, log.error());
    writeLine(readyLine(**engine));
    std::fflush(stdout); // whoever waits for the line reads it through a pipe
    serve(**engine, settings, signals);
    (*engine)->stop(drainTime);
    return Success;
}

} // namespace

Command gatewayCommand()
{
    return {"gateway",
            "",
            "serve a declarative configuration as Kong would",
            {{"--config", "FILE", "declarative configuration (YAML or JSON); SIGHUP reads it again"},
             {"--proxy", "HOST:PORT", "where to listen; 127.0.0.1:8000 unless given"},
             {"--proxy-ssl", "HOST:PORT", "where to listen with TLS"},
             {"--admin", "HOST:PORT", "where to offer the Admin API; nowhere unless given"},
             {"--kong-conf", "FILE", "settings by Kong's names; variables KONG_* win over it"},
             {"--threads", "N", "worker threads; 2 unless given"},
             {"--edition", "oss|enterprise", "which Kong to play; enterprise unless given"},
             {"--conduct", "kong|strict", "answer as Kong does, or as the standards ask; kong unless given"},
             {"--echo", "HOST:PORT", "let the built-in echo upstream stand in for this upstream", true},
             {"--log", "FILE|-", "write a line of JSON for each request"}},
            runGateway};
}

} // namespace claimsmith::cli
