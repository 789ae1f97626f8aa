// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/json.h"
#include "gateway/entities.h"
#include "gateway/pipeline.h"
#include "gateway/sharedstate.h"
#include "gateway/snapshot.h"
#include "support/testing.h"

#include <future>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::gateway::testing {

/// A clock that stands still.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(std::int64_t seconds) noexcept : m_now(std::chrono::seconds(seconds)) {}

    TimePoint now() const noexcept override { return m_now; }

private:
    TimePoint m_now;
};

/// 2026-11-22T00:00:00Z.
inline constexpr std::int64_t testNow = 1795305600;

inline document::Value json(std::string_view text)
{
    auto value = document::parseJson(text);
    if (!value)
        qFatal("test document: %s", value.error().toString().c_str());
    return std::move(*value);
}

inline std::shared_ptr<const Snapshot> snapshotOf(std::string_view text, Conduct conduct = Conduct::Kong,
                                                  Edition edition = Edition::OpenSource)
{
    BuildOptions options;
    options.conduct = conduct;
    options.edition = edition;
    auto snapshot = buildSnapshot(json(text), options);
    if (!snapshot)
        qFatal("test configuration: %s", snapshot.error().toString().c_str());
    return *snapshot;
}

struct Sent
{
    std::string method = "GET";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::optional<std::string> body = {};
    Scheme scheme = Scheme::Http;
    /// What the upstream answers with its 200.
    std::vector<std::pair<std::string, std::string>> responseHeaders = {};
    std::string responseBody = {};
    std::shared_ptr<const crypto::TlsPeer> tls = {}; ///< what the client proved, over TLS
};

/// A request through the pipeline without sockets: what the proxy does, around an upstream that answers 200.
class Passage final
{
public:
    /// Alone, at testNow.
    Passage(std::shared_ptr<const Snapshot> snapshot, const Sent& sent, bool traced = false)
        : Passage(std::move(snapshot), sent, std::make_shared<SharedState>(), testNow, traced)
    {
    }

    /// One of several requests through the same gateway, at a time in Unix seconds.
    Passage(std::shared_ptr<const Snapshot> snapshot, const Sent& sent, std::shared_ptr<SharedState> state,
            std::int64_t now, bool traced = false)
        : clock(now), shared(std::move(state)), exchange(std::move(snapshot), clock, *shared)
    {
        ClientRequest& request = exchange.request;
        request.head.method = sent.method;
        request.head.target = sent.target;
        request.head.headers.add("Host", "gw.test");
        for (const auto& [name, value] : sent.headers)
            name == "Host" ? request.head.headers.set(name, value) : request.head.headers.add(name, value);
        request.peer = {"127.0.0.1", 51834};
        request.local = {"127.0.0.1", 8000};
        request.scheme = request.forwardedScheme = sent.scheme;
        request.tls = sent.tls;
        request.forwardedHost = "gw.test";
        request.forwardedPort = 8000;
        request.clientAddress = "127.0.0.1";
        exchange.requestId = "0123456789abcdef0123456789abcdef";
        if (traced)
            exchange.trace = std::make_unique<Trace>();
        run(sent);
    }

    bool isProxied() const noexcept { return !answer; }

    int status() const noexcept { return answer ? answer->status : 200; }

    std::string body() const { return answer ? answer->body : std::string(); }

    /// As the client gets it, after the response phases.
    std::string received(std::string_view name) const { return exchange.response.headers.joined(name); }
    std::string receivedBody;
    bool isBroken = false; ///< a plugin broke over the body

    std::string sentUpstream(std::string_view name) const { return exchange.upstream.headers.joined(name); }

    FixedClock clock;
    std::shared_ptr<SharedState> shared;
    Exchange exchange;
    std::optional<Answer> answer;

private:
    void run(const Sent& sent)
    {
        Routing routing = Pipeline::route(exchange);
        answer = std::move(routing.answer);
        if (!answer) {
            if (routing.needsRequestBody)
                exchange.request.body = sent.body.value_or("");
            Outcome outcome = Pipeline::access(exchange);
            while (const auto* wait = std::get_if<Wait>(&outcome))
                outcome = Pipeline::resume(exchange, await(*wait));
            if (auto* made = std::get_if<Answer>(&outcome))
                answer = std::move(*made);
        }
        if (answer) {
            exchange.response.status = answer->status;
            exchange.response.headers = answer->headers;
        } else {
            reachUpstream();
            for (const auto& [name, value] : sent.responseHeaders)
                exchange.response.headers.add(name, value);
        }
        receivedBody = answer ? answer->body : sent.responseBody;
        if (Pipeline::headerFilter(exchange) != BodyUse::None) {
            BodyPiece piece(receivedBody, true);
            isBroken = !Pipeline::bodyFilter(exchange, piece);
            receivedBody = Bytes(piece.bytes());
        }
        Pipeline::recordResponse(exchange, exchange.response, answer ? BytesView(answer->body) : BytesView());
        Pipeline::log(exchange);
    }

    static Decision await(const Wait& wait)
    {
        std::promise<Decision> arrived;
        wait.start([&arrived](Decision decision) { arrived.set_value(std::move(decision)); });
        return arrived.get_future().get();
    }

    void reachUpstream()
    {
        Pipeline::UpstreamReport report;
        report.head.method = exchange.upstream.method;
        report.head.target = exchange.upstream.path;
        report.head.headers = exchange.upstream.headers;
        report.head.headers.set("Host", exchange.upstream.hostHeader.value_or(exchange.upstream.host));
        report.head.headers.set("Via", "1.1 kong/3.9.1");
        report.address = exchange.upstream.host + ":" + std::to_string(exchange.upstream.port);
        report.status = 200;
        report.begin = report.end = std::chrono::steady_clock::now();
        Pipeline::recordUpstream(exchange, std::move(report));
        exchange.response.status = 200;
    }
};

} // namespace claimsmith::gateway::testing
