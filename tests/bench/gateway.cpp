// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a request through the gateway costs, beside nginx and HAProxy with equal settings: one worker thread each, the
// same upstream, the same clients, in turns. Prints processor time of the proxy for each request, what the proxy adds
// to the latency of one client alone, and the memory that an idle connection holds. Only loopback.

#include "bench/support/load.h"
#include "bench/support/proxies.h"
#include "http/server/server.h"
#include "jose/generate.h"
#include "jose/sign.h"
#include "support/rawclient.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

using namespace claimsmith;

namespace {

constexpr std::size_t rounds = 3;
constexpr std::size_t connections = 16;
constexpr std::size_t latencyRequests = 2000;
constexpr std::size_t idleConnections = 1000;

/// One kind of request; n-th of them in `texts`, from the beginning again when they are used up.
struct Scenario
{
    std::string name;
    std::vector<std::string> texts;
    std::size_t requests = 0;
    bool needsTokens = false;
    bool needsPlugins = false;
};

std::string get(const std::string& path, const std::string& headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: bench\r\nAccept: */*\r\n" + headers + "\r\n";
}

std::string post(const std::string& path, std::size_t size)
{
    return "POST " + path + " HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: bench\r\nAccept: */*\r\nContent-Length: " +
           std::to_string(size) + "\r\n\r\n" + std::string(size, 'x');
}

std::vector<std::string> tokenRequests(const bench::Issuer& issuer, std::size_t count)
{
    const std::string header = R"({"alg":")" + std::string(jose::toString(issuer.algorithm)) + R"(","typ":"JWT"})";
    const std::string claims = R"({"iss":")" + issuer.name + R"(","sub":"bench","exp":)" +
                               std::to_string(std::time(nullptr) + 3600) + R"(,"jti":")";
    std::vector<std::string> requests;
    for (std::size_t n = 0; n < count; ++n) {
        const auto token = jose::signCompact(header, claims + std::to_string(n) + "\"}", issuer.key);
        if (!token) {
            std::fprintf(stderr, "%s\n", token.error().toString().c_str());
            std::exit(1);
        }
        requests.push_back(get("/jwt-" + issuer.name, "Authorization: Bearer " + *token + "\r\n"));
    }
    return requests;
}

std::vector<bench::Issuer> makeIssuers()
{
    std::vector<bench::Issuer> issuers;
    issuers.push_back({"hs", jose::Algorithm::HS256,
                       jose::Key::fromSecret(SecretBytes(BytesView("benchbenchbenchbenchbenchbench12")))});
    for (const auto& [name, algorithm] :
         {std::pair{"rs", jose::Algorithm::RS256}, std::pair{"es", jose::Algorithm::ES256}}) {
        auto key = jose::generateKey(algorithm);
        if (!key)
            std::exit(1);
        issuers.push_back({name, algorithm, std::move(*key)});
    }
    return issuers;
}

std::vector<Scenario> makeScenarios(const std::vector<bench::Issuer>& issuers)
{
    std::vector<Scenario> scenarios = {
        {"plain", {get("/plain")}, 20000},
        {"1 kB body", {post("/plain", 1024)}, 20000},
        {"1 MB body", {post("/plain", 1 << 20)}, 300},
        {"1 MB response", {get("/plain?size=1048576")}, 300},
    };
    for (const auto& issuer : issuers) {
        const std::string name = "jwt " + std::string(jose::toString(issuer.algorithm));
        scenarios.push_back({name + ", one token", tokenRequests(issuer, 1), 20000, true});
        scenarios.push_back({name + ", new tokens", tokenRequests(issuer, 4000), 4000, true});
    }
    scenarios.push_back({"1 plugin", {get("/one")}, 20000, false, true});
    scenarios.push_back(
        {"10 plugins", {get("/ten", "apikey: bench\r\nOrigin: http://a.test\r\n")}, 20000, false, true});
    return scenarios;
}

struct Figures
{
    double processor = 0; ///< microseconds a request
    double p50 = 0;       ///< microseconds, one client alone
    double p99 = 0;
};

bench::Load loadOf(const Scenario& scenario, std::uint16_t port, std::size_t clients, std::size_t requests)
{
    return {port, clients, requests,
            [&scenario](std::size_t n) { return std::string_view(scenario.texts[n % scenario.texts.size()]); }};
}

bool canRun(const Scenario& scenario, const bench::Proxy& proxy)
{
    return (!scenario.needsTokens || proxy.checksTokens) && (!scenario.needsPlugins || proxy.hasPlugins);
}

double processorOf(const Scenario& scenario, const bench::Proxy& proxy)
{
    const std::uint64_t before = proxy.process->processorTime();
    const auto result = bench::run(loadOf(scenario, proxy.port, connections, scenario.requests));
    if (result.failed > 0)
        std::fprintf(stderr, "%s, %s: %zu answers were not 200\n", proxy.name.c_str(), scenario.name.c_str(),
                     result.failed);
    return static_cast<double>(proxy.process->processorTime() - before) / 1000 / static_cast<double>(scenario.requests);
}

std::vector<Figures> measure(const Scenario& scenario, const std::vector<bench::Proxy>& proxies)
{
    std::vector<Figures> figures(proxies.size());
    std::vector<std::array<double, rounds>> times(proxies.size());
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < proxies.size(); ++i)
            if (canRun(scenario, proxies[i]))
                times[i][round] = processorOf(scenario, proxies[i]);
    for (std::size_t i = 0; i < proxies.size(); ++i) {
        if (!canRun(scenario, proxies[i]))
            continue;
        std::ranges::sort(times[i]);
        const auto alone =
            bench::run(loadOf(scenario, proxies[i].port, 1, std::min(scenario.requests, latencyRequests)));
        figures[i] = {times[i][rounds / 2], alone.latencyAt(0.5), alone.latencyAt(0.99)};
    }
    return figures;
}

void print(const Scenario& scenario, const std::vector<bench::Proxy>& proxies, const std::vector<Figures>& figures,
           const bench::LoadResult& direct)
{
    for (std::size_t i = 0; i < proxies.size(); ++i) {
        if (!canRun(scenario, proxies[i]))
            continue;
        std::printf("%-24s %-12s %9.1f %8.2f", i == 0 ? scenario.name.c_str() : "", proxies[i].name.c_str(),
                    figures[i].processor, figures.front().processor / figures[i].processor);
        if (direct.latencies.empty())
            std::printf("\n");
        else
            std::printf(" %9.1f %9.1f\n", figures[i].p50 - direct.latencyAt(0.5),
                        figures[i].p99 - direct.latencyAt(0.99));
    }
}

void measureIdleConnections(const std::vector<bench::Proxy>& proxies)
{
    for (const bench::Proxy& proxy : proxies) {
        const std::size_t before = proxy.process->residentBytes();
        std::vector<std::unique_ptr<test::RawClient>> clients;
        for (std::size_t i = 0; i < idleConnections; ++i) {
            clients.push_back(std::make_unique<test::RawClient>(proxy.port));
            clients.back()->send(get("/plain"));
            clients.back()->readResponse();
        }
        const std::size_t grown = std::max(proxy.process->residentBytes(), before) - before;
        std::printf("%-24s %-12s %9.1f kB\n", "idle connection", proxy.name.c_str(),
                    static_cast<double>(grown) / idleConnections / 1024);
    }
}

void raiseFileLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

http::Response answer(const http::Request& request)
{
    const auto query = request.head.query();
    const std::string_view size = query && query->starts_with("size=") ? std::string_view(*query).substr(5) : "2";
    return http::Response::make(200, "text/plain", Bytes(std::strtoul(std::string(size).c_str(), nullptr, 10), 'x'));
}

/// A folder that is gone at the end.
class TemporaryFolder final
{
public:
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "claimsmith-bench-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }

    ~TemporaryFolder()
    {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const noexcept { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace

int main(int argc, char* argv[])
{
    const std::string filter = argc > 1 ? argv[1] : "";
    raiseFileLimit();
    const TemporaryFolder folder;
    http::ServerOptions options;
    const auto upstream = http::Server::start(options, answer);
    if (!upstream)
        return 1;
    const std::uint16_t upstreamPort = (*upstream)->address().port;
    const bench::Setup setup{folder.path(), upstreamPort, makeIssuers(), CLAIMSMITH_BINARY_DIR "/bin/claimctl"};
    const std::vector<bench::Proxy> proxies = bench::startProxies(setup);
    if (proxies.empty() || !proxies.front().hasPlugins)
        return 1;
    std::printf("%-24s %-12s %9s %8s %9s %9s\n", "", "", "CPU us", "ours/it", "+p50 us", "+p99 us");
    for (const Scenario& scenario : makeScenarios(setup.issuers)) {
        if (scenario.name.find(filter) == std::string::npos)
            continue;
        const auto direct = bench::run(loadOf(scenario, upstreamPort, 1, std::min(scenario.requests, latencyRequests)));
        print(scenario, proxies, measure(scenario, proxies), direct);
        std::fflush(stdout);
    }
    if (filter.empty())
        measureIdleConnections(proxies);
    return 0;
}
