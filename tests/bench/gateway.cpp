// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a request through the gateway costs. The gateway runs in a process of its own, so that its processor time is
// told apart from that of the clients and the upstream; each line is compared with the first. Needs no network but
// loopback.

#include "gateway/engine.h"
#include "http/server/server.h"
#include "support/rawclient.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace claimsmith;

namespace {

using std::chrono::steady_clock;

constexpr int connections = 16;
constexpr std::chrono::milliseconds warmUp{300};

/// {"iss":"k"} signed with HS256 and the secret "s3cr3t"; never expires.
constexpr std::string_view token =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJrIn0.yDvwm6LDhU0L-HYnTrsRw4HTEdqYjxPB3PoWE-o-tg4";

struct Scenario
{
    std::string_view name;
    std::string_view path;
    std::string headers = {};
    bool isTraced = false;
    std::size_t body = 0;
};

struct Measure
{
    double perSecond = 0;
    double microseconds = 0; ///< of the gateway's processor time for each request
};

std::string configurationFor(std::uint16_t upstream)
{
    return "{_format_version: '3.0', services: [{name: s, url: 'http://127.0.0.1:" + std::to_string(upstream) +
           "', routes: [{name: plain, paths: [/plain]}, {name: jwt, paths: [/jwt], plugins: [{name: jwt}]},"
           " {name: key, paths: [/key], plugins: [{name: key-auth}]},"
           " {name: ends, paths: [/ends], plugins: [{name: request-termination, config: {status_code: 200, message: "
           "ok}}]}]}],"
           " consumers: [{username: c, jwt_secrets: [{key: k, secret: s3cr3t}], keyauth_credentials: [{key: abc}]}]}";
}

/// What the gateway's process tells the other one.
struct Ready
{
    std::uint16_t port = 0;
    char nonce[33] = {};
};

/// Serves until its standard input ends; in a process of its own.
[[noreturn]] void serveGateway(std::uint16_t upstream, int ready, int goOn)
{
    auto snapshot = gateway::loadSnapshot(configurationFor(upstream), "bench", {});
    if (!snapshot) {
        std::fprintf(stderr, "%s\n", snapshot.error().toString().c_str());
        std::_Exit(1);
    }
    gateway::EngineOptions options;
    options.proxyListen.port = 0;
    options.threads = 1;
    auto engine = gateway::Engine::start(options, *snapshot);
    Ready message;
    message.port = (*engine)->proxyAddress().port;
    (*engine)->traceNonce().copy(message.nonce, sizeof message.nonce - 1);
    if (::write(ready, &message, sizeof message) != sizeof message)
        std::_Exit(1);
    char byte = 0;
    while (::read(goOn, &byte, 1) > 0) {
    }
    (*engine)->stop(std::chrono::milliseconds(200));
    std::_Exit(0);
}

/// Processor time of a running process in seconds, from /proc.
double processorTime(pid_t process)
{
    std::FILE* const file = std::fopen(("/proc/" + std::to_string(process) + "/stat").c_str(), "r");
    unsigned long user = 0;
    unsigned long system = 0;
    if (file != nullptr) {
        if (std::fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
            user = system = 0;
        std::fclose(file);
    }
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Measure measure(const Scenario& scenario, const Ready& gateway, pid_t process, std::chrono::milliseconds length)
{
    std::string request = (scenario.body > 0 ? "POST " : "GET ") + std::string(scenario.path) +
                          " HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: bench\r\nAccept: */*\r\n" + scenario.headers;
    if (scenario.isTraced)
        request += std::string(gateway::Engine::traceHeader) + ": " + gateway.nonce + "\r\n";
    if (scenario.body > 0)
        request += "Content-Length: " + std::to_string(scenario.body) + "\r\n";
    request += "\r\n" + std::string(scenario.body, 'x');

    std::atomic<bool> goOn{true};
    std::atomic<std::uint64_t> answered{0};
    std::atomic<std::uint64_t> wrong{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < connections; ++i) {
        clients.emplace_back([&] {
            test::RawClient client(gateway.port);
            while (goOn) {
                client.send(request);
                wrong += test::statusOf(client.readResponse()) == 200 ? 0 : 1;
                answered.fetch_add(1, std::memory_order_relaxed);
            }
        });
    }
    std::this_thread::sleep_for(warmUp);
    const double processorBegin = processorTime(process);
    const std::uint64_t answeredBegin = answered;
    const auto begin = steady_clock::now();
    std::this_thread::sleep_for(length);
    const std::uint64_t count = answered - answeredBegin;
    const double processor = processorTime(process) - processorBegin;
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    goOn = false;
    for (std::thread& client : clients)
        client.join();
    if (wrong > 0)
        std::fprintf(stderr, "%llu answers were not 200\n", static_cast<unsigned long long>(wrong));
    return {static_cast<double>(count) / seconds, processor * 1e6 / static_cast<double>(count)};
}

} // namespace

int main(int argc, char* argv[])
{
    const std::chrono::milliseconds length(argc > 1 ? std::atoi(argv[1]) : 3000);
    std::array<int, 2> ready{};
    std::array<int, 2> goOn{};
    std::array<int, 2> upstreamPort{};
    if (::pipe(ready.data()) != 0 || ::pipe(goOn.data()) != 0 || ::pipe(upstreamPort.data()) != 0)
        return 1;
    // Forked before this process has threads.
    const pid_t gatewayProcess = ::fork();
    if (gatewayProcess == 0) {
        ::close(goOn[1]);
        std::uint16_t port = 0;
        if (::read(upstreamPort[0], &port, sizeof port) != sizeof port)
            std::_Exit(1);
        serveGateway(port, ready[1], goOn[0]);
    }
    const auto upstream =
        http::Server::start({}, [](const http::Request&) { return http::Response::make(200, "text/plain", "ok"); });
    if (!upstream)
        return 1;
    const std::uint16_t port = (*upstream)->address().port;
    Ready gateway;
    if (::write(upstreamPort[1], &port, sizeof port) != sizeof port ||
        ::read(ready[0], &gateway, sizeof gateway) != sizeof gateway)
        return 1;

    const std::array scenarios = {
        Scenario{"plain", "/plain"},
        Scenario{"key-auth", "/key", "apikey: abc\r\n"},
        Scenario{"jwt HS256", "/jwt", "Authorization: Bearer " + std::string(token) + "\r\n"},
        Scenario{"answered by a plugin", "/ends"},
        Scenario{"traced", "/plain", {}, true},
        Scenario{"jwt traced", "/jwt", "Authorization: Bearer " + std::string(token) + "\r\n", true},
        Scenario{"64 kB body", "/plain", {}, false, 64 * 1024},
    };
    std::printf("%-22s %12s %14s %8s\n", "", "requests/s", "CPU us/request", "ratio");
    double first = 0;
    for (const Scenario& scenario : scenarios) {
        const Measure result = measure(scenario, gateway, gatewayProcess, length);
        first = first == 0 ? result.microseconds : first;
        std::printf("%-22s %12.0f %14.1f %8.2f\n", std::string(scenario.name).c_str(), result.perSecond,
                    result.microseconds, result.microseconds / first);
    }
    ::close(goOn[1]);
    int status = 0;
    ::waitpid(gatewayProcess, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
