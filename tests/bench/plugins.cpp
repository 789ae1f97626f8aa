// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What each plugin costs in the chain of a request, traced and untraced: processor time of the pipeline without
// sockets, as the difference to the same route without the plugin, measured in turns in one run so that the machine's
// moods hit all alike.

#include "core/gateway/gatewaybench.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

namespace {

constexpr int rounds = 11;
constexpr int requestsPerRound = 1'000;

struct Scenario
{
    const char* name;
    const char* plugins; ///< of the route, as JSON
    std::vector<std::pair<std::string, std::string>> headers = {};
    const char* base = "plain"; ///< the scenario that it is compared with
    const char* note = "";
};

/// {"iss":"k"} signed with HS256 and the secret "s3cr3t"; never expires.
constexpr const char* token =
    "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJrIn0.yDvwm6LDhU0L-HYnTrsRw4HTEdqYjxPB3PoWE-o-tg4";
/// Over the Date of testNow, by the secret "s3cr3t".
constexpr const char* signedDate =
    R"(hmac username="u", algorithm="hmac-sha256", headers="date", signature="1Q1POIoUnYKGvG1AOPMCuXh2rDPUmKtD/SjKsy5inxU=")";

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all = {
        {"plain", "[]"},
        {"acl",
         R"([{"name": "key-auth"}, {"name": "acl", "config": {"allow": ["g"]}}])",
         {{"apikey", "abc"}},
         "key-auth"},
        {"basic-auth", R"([{"name": "basic-auth"}])", {{"Authorization", "Basic dTpw"}}, "plain", "digest"},
        {"bot-detection",
         R"([{"name": "bot-detection"}])",
         {{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"}}},
        {"correlation-id", R"([{"name": "correlation-id"}])"},
        {"cors", R"([{"name": "cors"}])", {{"Origin", "http://a.test"}}},
        {"file-log", R"([{"name": "file-log", "config": {"path": "/dev/null"}}])"},
        {"hmac-auth",
         R"([{"name": "hmac-auth"}])",
         {{"Date", "Sun, 22 Nov 2026 00:00:00 GMT"}, {"Authorization", signedDate}},
         "plain",
         "HMAC"},
        {"http-log", R"([{"name": "http-log", "config": {"http_endpoint": "http://127.0.0.1:9",
            "queue": {"max_batch_size": 1000000, "max_coalescing_delay": 3600, "max_entries": 100}}}])"},
        {"ip-restriction", R"([{"name": "ip-restriction", "config": {"allow": ["10.0.0.0/8", "127.0.0.0/8"]}}])"},
        {"jwt", R"([{"name": "jwt"}])", {{"Authorization", token}}, "plain", "HMAC"},
        {"key-auth", R"([{"name": "key-auth"}])", {{"apikey", "abc"}}},
        {"post-function",
         R"json([{"name": "post-function", "config": {"access": ["kong.service.request.set_header('x-a', '1')"]}}])json",
         {},
         "plain",
         "Lua"},
        {"proxy-cache, hit", R"([{"name": "proxy-cache", "config": {"strategy": "memory"}}])", {}, "plain", "digest"},
        {"rate-limiting", R"([{"name": "rate-limiting", "config": {"hour": 1000000000}}])"},
        {"rate-limiting, all periods", R"([{"name": "rate-limiting", "config": {"second": 1e9, "minute": 1e9,
            "hour": 1e9, "day": 1e9, "month": 1e9, "year": 1e9}}])"},
        {"redirect", R"([{"name": "redirect", "config": {"location": "http://a.test/x"}}])"},
        {"request-size-limiting", R"([{"name": "request-size-limiting"}])"},
        {"request-termination", R"([{"name": "request-termination", "config": {"status_code": 200}}])"},
        {"request-transformer", R"([{"name": "request-transformer", "config": {"add": {"headers": ["x-a:1"]}}}])"},
        {"request-transformer, template",
         R"json([{"name": "request-transformer", "config": {"add": {"headers": ["x-a:$(headers['host'])"]}}}])json",
         {},
         "plain",
         "template"},
        {"request-transformer-advanced",
         R"([{"name": "request-transformer-advanced", "config": {"add": {"headers": ["x-a:1"]}}}])"},
        {"response-ratelimiting",
         R"([{"name": "response-ratelimiting", "config": {"limits": {"sms": {"hour": 1000000000}}}}])"},
        {"response-transformer", R"([{"name": "response-transformer", "config": {"add": {"headers": ["x-a:1"]}}}])"},
        {"x-custom-jwt",
         R"([{"name": "key-auth"}, {"name": "x-custom-jwt", "config": {"private_jwk":
            "{\"kty\": \"oct\", \"alg\": \"HS256\", \"kid\": \"k\", \"k\": \"0123456789abcdef0123456789abcdef\"}"}}])",
         {{"apikey", "abc"}},
         "key-auth",
         "HMAC"},
    };
    return all;
}

std::shared_ptr<const Snapshot> snapshotFor(const Scenario& scenario)
{
    auto snapshot =
        buildSnapshot(json(R"json({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"name": "r", "paths": ["/r"], "plugins": )json" +
                           std::string(scenario.plugins) + R"json(}]}], "consumers": [{"username": "c",
        "acls": [{"group": "g"}], "basicauth_credentials": [{"username": "u", "password": "p"}],
        "hmacauth_credentials": [{"username": "u", "secret": "s3cr3t"}],
        "jwt_secrets": [{"key": "k", "secret": "s3cr3t"}], "keyauth_credentials": [{"key": "abc"}]}]})json"),
                      {});
    if (!snapshot)
        qFatal("%s: %s", scenario.name, snapshot.error().toString().c_str());
    return *snapshot;
}

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// A scenario with what its requests share, and what they took.
struct Run
{
    const Scenario* scenario;
    bool isTraced;
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<SharedState> state = std::make_shared<SharedState>();
    std::vector<double> measures = {};

    double median()
    {
        std::ranges::sort(measures);
        return measures[measures.size() / 2];
    }
};

/// Microseconds of processor time for each request of one round.
double measure(const Run& run)
{
    Sent sent{.target = "/r", .headers = run.scenario->headers};
    sent.responseHeaders = {{"Content-Type", "text/plain"}, {"X-Kong-Limit", "sms=1"}};
    sent.responseBody = "hello";
    const double begin = processorSeconds();
    for (int i = 0; i < requestsPerRound; ++i)
        if (Passage(run.snapshot, sent, run.state, testNow, run.isTraced).status() >= 400)
            qFatal("%s refuses the request", run.scenario->name);
    return (processorSeconds() - begin) * 1e6 / requestsPerRound;
}

} // namespace

int main()
{
    std::vector<Run> runs; // untraced and traced by turns, in the order of the scenarios
    for (const Scenario& scenario : scenarios())
        for (const bool isTraced : {false, true})
            runs.push_back({&scenario, isTraced, snapshotFor(scenario)});
    for (int round = 0; round < rounds; ++round)
        for (Run& run : runs)
            run.measures.push_back(measure(run));
    std::vector<double> medians;
    for (Run& run : runs)
        medians.push_back(run.median());
    std::printf("%-30s %10s %8s %10s %8s\n", "us of a request with", "untraced", "more", "traced", "more");
    for (std::size_t i = 0; i < runs.size(); i += 2) {
        const Scenario& scenario = *runs[i].scenario;
        const auto base = static_cast<std::size_t>(
            std::ranges::find(scenarios(), std::string_view(scenario.base), &Scenario::name) - scenarios().begin());
        std::printf("%-30s %10.2f %+8.2f %10.2f %+8.2f  %s\n", scenario.name, medians[i],
                    medians[i] - medians[2 * base], medians[i + 1], medians[i + 1] - medians[2 * base + 1],
                    scenario.note);
    }
    return 0;
}
