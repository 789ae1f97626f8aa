// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/proxyhandler.h"

#include "base/random.h"
#include "base/secret.h"
#include "base/text.h"
#include "gateway/chain.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/proxy/failure.h"
#include "gateway/proxy/product.h"
#include "http/wire/target.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;
using std::chrono::steady_clock;

/// Headers that nginx takes once (ngx_http_headers_in): twice is a bad request.
constexpr std::array<std::string_view, 8> singletons = {
    "authorization", "if-modified-since", "if-unmodified-since", "if-match", "if-none-match", "if-range",
    "expect",        "content-range",
};

std::uint64_t seed()
{
    const Bytes bytes = randomBytes(sizeof(std::uint64_t));
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

template <class Named>
std::string nameOf(const Named* entity)
{
    if (entity == nullptr)
        return {};
    return entity->name.empty() ? entity->id : entity->name;
}

std::string consumerName(const Consumer* consumer)
{
    if (consumer == nullptr)
        return {};
    if (!consumer->username.empty())
        return consumer->username;
    return consumer->customId.empty() ? consumer->id : consumer->customId;
}

/// The text of the "message" member of an answer that the gateway made, for lists; "" when it has none.
std::string messageOf(const Answer& answer)
{
    static constexpr std::string_view key = "\"message\":\"";
    const std::size_t begin = answer.body.find(key);
    if (begin == std::string::npos)
        return {};
    const std::size_t from = begin + key.size();
    return answer.body.substr(from, std::min(answer.body.find('"', from), answer.body.size()) - from);
}

/// Lets a trusted peer speak for the client behind it (kong-core.md §4.2).
void believe(ClientRequest& request, const TrustSettings& trust)
{
    if (trust.trusted.empty() || !trust.isTrusted(request.peer.address))
        return;
    const http::HeaderMap& headers = request.head.headers;
    if (auto address = trust.clientAddress(headers.joined(trust.header)))
        request.clientAddress = *std::move(address);
    if (const std::string_view scheme = headers.value("x-forwarded-proto"); !scheme.empty())
        request.forwardedScheme = equalIgnoringCase(scheme, "https") ? Scheme::Https : Scheme::Http;
    if (const std::string_view host = headers.value("x-forwarded-host"); !host.empty())
        request.forwardedHost = host;
    const std::string_view port = headers.value("x-forwarded-port");
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (!port.empty() && error == std::errc() && end == port.data() + port.size())
        request.forwardedPort = number;
}

/// Where a plugin's decision arrives while its request waits. The waiting coroutine owns it.
struct Waiting
{
    explicit Waiting(asio::io_context& context) : arrived(context)
    {
        arrived.expires_at(steady_clock::time_point::max());
    }
    http::SteadyTimer arrived; ///< cancelled when `decision` is there
    std::optional<Decision> decision;
};

} // namespace

/// What is known about an exchange when it is over.
struct ProxyHandler::Ending
{
    int status = 0;
    std::uint64_t responseBytes = 0;
    bool isProxied = false;
    std::string message = {};
};

http::ServerLimits proxyLimits() noexcept
{
    http::ServerLimits limits;
    limits.head.asNginx = true;
    limits.head.hostFromTarget = false;
    limits.head.allowsAsterisk = false;
    limits.head.singletons = singletons;
    return limits;
}

ProxyHandler::ProxyHandler(http::Worker& worker, EngineState& state, WorkerReport& report)
    : m_worker(worker), m_state(state), m_report(report), m_snapshot(state.snapshot), m_balancers(state.balancers),
      m_mailbox(std::make_shared<http::Mailbox>(worker.context())),
      m_pool(worker.context(), worker.deadlines(), m_mailbox, state.settings.keepalive), m_random(seed())
{
    for (const StandIn& standIn : state.standIns)
        m_pool.standIn(standIn.authority, standIn.endpoint);
}

void ProxyHandler::release()
{
    m_mailbox->close();
    m_pool.clear();
}

crypto::TlsOffer ProxyHandler::offer(std::string_view serverName)
{
    crypto::TlsOffer offer = m_snapshot.get()->tls().offer(serverName);
    if (offer.identity != nullptr)
        return offer;
    const auto& identities = m_state.settings.identities;
    if (!identities.empty())
        offer.identity = &identities.front();
    else if (m_state.ownIdentity)
        offer.identity = &*m_state.ownIdentity;
    if (identities.size() > 1)
        offer.alternative = &identities.back();
    return offer;
}

std::string ProxyHandler::makeRequestId()
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string id(32, '0');
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t bits = m_random();
        for (std::size_t i = 0; i < 16; ++i, bits >>= 4U)
            id[half * 16 + i] = digits[bits & 15U];
    }
    return id;
}

void ProxyHandler::prepare(Exchange& exchange, http::ServerConnection& connection)
{
    ClientRequest& request = exchange.request;
    std::swap(request.head, connection.request());
    request.peer = {connection.peer().address, connection.peer().port};
    request.local = {connection.local().address, connection.local().port};
    request.scheme = connection.tls() ? Scheme::Https : Scheme::Http;
    request.tls = connection.tls();
    if (request.tls)
        request.serverName = request.tls->serverName;
    request.clientAddress = request.peer.address;
    request.forwardedScheme = request.scheme;
    if (!connection.targetHost().empty() && exchange.snapshot->conduct() == Conduct::Strict)
        request.head.headers.set("Host", connection.targetHost());
    request.forwardedHost =
        http::nginxHost(connection.targetHost().empty() ? request.head.headers.value("host")
                                                        : std::string_view(connection.targetHost()));
    if (request.forwardedHost.empty())
        request.forwardedHost = "kong"; // HTTP/1.0 without Host: nginx's server_name
    request.forwardedPort = m_state.settings.mappedPort(request.local.port);
    believe(request, m_state.settings.trust);
    exchange.requestId = makeRequestId();
    const auto nonce = request.head.headers.find(Engine::traceHeader);
    if (nonce && equalInConstantTime(*nonce, m_state.traceNonce)) {
        request.head.headers.remove(Engine::traceHeader);
        startTrace(exchange);
    }
}

void ProxyHandler::startTrace(Exchange& exchange)
{
    exchange.trace = std::make_unique<Trace>();
    exchange.trace->requestId = exchange.requestId;
    exchange.trace->time = exchange.clock.now();
}

http::Task<void> ProxyHandler::handle(http::ServerConnection& connection)
{
    Exchange exchange(m_snapshot.get(), m_state.clock, m_state.shared);
    prepare(exchange, connection);
    ExchangeTimes times{connection.receivedAt()};
    Ending ending;
    std::optional<Answer> answer = co_await runPipeline(exchange, connection);
    if (!answer) {
        std::function<void()> onAnswer = [] {};
        if (exchange.trace) {
            onAnswer = [this, &exchange] {
                Pipeline::recordResponse(exchange, exchange.response);
                storeTrace(exchange);
            };
        }
        std::shared_ptr<Balancer> balancer = m_balancers.find(exchange.snapshot, exchange.upstream.host);
        Forwarder forwarder(exchange, connection, m_pool, times, m_state.settings, std::move(onAnswer),
                            std::move(balancer));
        const ForwardResult result = co_await forwarder.run();
        ending.responseBytes = result.responseBytes;
        ending.isProxied = true;
        if (result.state == ForwardResult::State::Failed || result.state == ForwardResult::State::BadRequest)
            answer = failureAnswer(exchange, result, m_state.settings);
    }
    if (answer) {
        ending.isProxied = answer->isProxied;
        if (!answer->isProxied)
            completeAnswer(*answer, exchange, m_state.settings);
        ending.message = m_report.queue.isWanted() ? messageOf(*answer) : std::string();
        ending.responseBytes = answer->body.size();
        co_await sendAnswer(exchange, connection, *answer, times);
    }
    ending.status = connection.hasBegun() ? exchange.response.status : 0;
    exchange.figures.requestBytes = connection.receivedBytes();
    exchange.figures.responseBytes = connection.sentBytes();
    conclude(exchange, times, ending);
    // The connection's next request is read into the memory of this one.
    std::swap(exchange.request.head, connection.request());
}

/// Route and access phases; nothing when the request goes to its service.
http::Task<std::optional<Answer>> ProxyHandler::runPipeline(Exchange& exchange, http::ServerConnection& connection)
{
    const http::RequestHead& head = exchange.request.head;
    if (head.method == "TRACE")
        co_return errorPage(head.headers, exchange.requestId, 405);
    const auto host = head.headers.find("host");
    if (host && exchange.snapshot->conduct() == Conduct::Strict && !http::isHost(*host))
        co_return errorPage(head.headers, exchange.requestId, 400);
    Routing routing = Pipeline::route(exchange);
    if (routing.answer)
        co_return std::move(routing.answer);
    if (routing.needsRequestBody) {
        std::optional<Answer> refusal = co_await readWholeBody(exchange, connection);
        if (refusal)
            co_return refusal;
    }
    Outcome outcome = Pipeline::access(exchange);
    while (std::holds_alternative<Wait>(outcome))
        outcome = co_await await(exchange, std::get<Wait>(std::move(outcome)));
    if (auto* const answer = std::get_if<Answer>(&outcome))
        co_return std::move(*answer);
    co_return std::nullopt;
}

http::Task<Outcome> ProxyHandler::await(Exchange& exchange, Wait wait)
{
    const auto waiting = std::make_shared<Waiting>(m_worker.context());
    wait.start([mailbox = m_mailbox, weak = std::weak_ptr(waiting)](Decision decision) {
        mailbox->post([weak, decided = std::move(decision)]() mutable {
            if (const auto request = weak.lock()) {
                request->decision = std::move(decided);
                request->arrived.cancel();
            }
        });
    });
    while (!waiting->decision)
        co_await waiting->arrived.async_wait(http::useTask);
    co_return Pipeline::resume(exchange, *std::move(waiting->decision));
}

/// For plugins that want the body whole; an answer when it can't be read.
http::Task<std::optional<Answer>> ProxyHandler::readWholeBody(Exchange& exchange, http::ServerConnection& connection)
{
    exchange.request.body.emplace();
    while (!connection.isBodyComplete() && !connection.bodyError()) {
        const BytesView piece = co_await connection.readBody();
        exchange.request.body->append(piece);
    }
    if (!connection.bodyError())
        co_return std::nullopt;
    co_return errorPage(exchange.request.head.headers, exchange.requestId, http::statusOf(*connection.bodyError()));
}

http::Task<void> ProxyHandler::sendAnswer(Exchange& exchange, http::ServerConnection& connection, const Answer& answer,
                                          ExchangeTimes& times)
{
    if (answer.isProxied)
        times.balanced = times.answered = steady_clock::now();
    exchange.response.clear();
    exchange.response.status = answer.status;
    exchange.response.headers = answer.headers;
    const BodyUse use = Pipeline::headerFilter(exchange);
    if (exchange.response.status == hangUpStatus) {
        connection.abort();
        co_return;
    }
    finishClientHead(exchange, times, answer.isProxied, m_state.settings);
    // nginx tells a client to send what it will then read over.
    if (exchange.snapshot->conduct() == Conduct::Kong)
        co_await connection.continueIfExpected();
    BodyPiece body(answer.body, true);
    const bool isSound = use == BodyUse::None || Pipeline::bodyFilter(exchange, body);
    if (exchange.trace) {
        Pipeline::recordResponse(exchange, exchange.response, body.bytes());
        storeTrace(exchange);
    }
    if (!isSound) {
        connection.abort();
    } else if (use != BodyUse::Change) {
        co_await connection.send(exchange.response, body.bytes());
    } else {
        connection.begin(exchange.response, {http::BodyFraming::Kind::UntilClose});
        co_await connection.write(body.bytes());
        co_await connection.end();
    }
}

/// Before the client has its answer, so that whoever has the answer finds the trace; and once more at the end.
void ProxyHandler::storeTrace(const Exchange& exchange)
{
    m_state.traces.add(std::make_shared<const Trace>(*exchange.trace));
}

void ProxyHandler::conclude(Exchange& exchange, const ExchangeTimes& times, const Ending& ending)
{
    completeFigures(exchange, times, ending.isProxied);
    Pipeline::log(exchange);
    const int status = ending.status;
    const bool isRefusal = !ending.isProxied && (status == 401 || status == 403 || status == 429);
    m_report.counters.requests.fetch_add(1, std::memory_order_relaxed);
    if (status >= 500 || isRefusal)
        m_report.counters.errors.fetch_add(1, std::memory_order_relaxed);
    if (exchange.trace)
        storeTrace(exchange);
    if (m_report.queue.isWanted() && m_report.queue.hasRoom())
        summarise(exchange, times, ending);
}

void ProxyHandler::summarise(const Exchange& exchange, const ExchangeTimes& times, const Ending& ending)
{
    using std::chrono::duration_cast;
    using std::chrono::microseconds;
    ExchangeSummary summary;
    summary.requestId = exchange.requestId;
    summary.duration = duration_cast<microseconds>(steady_clock::now() - times.received);
    summary.time = exchange.figures.begin;
    summary.method = exchange.request.head.method;
    summary.path = exchange.request.head.target;
    if (exchange.match) {
        summary.route = nameOf(exchange.match->route);
        summary.service = nameOf(exchange.match->service);
    }
    summary.consumer = consumerName(exchange.identity.consumer);
    summary.status = ending.status;
    if (times.balanced != steady_clock::time_point{} && times.answered > times.balanced)
        summary.upstreamDuration = duration_cast<microseconds>(times.answered - times.balanced);
    summary.responseBytes = ending.responseBytes;
    summary.message = ending.message;
    if (const PluginInstance* const plugin = exchange.answeredBy())
        summary.answeredBy = plugin->descriptor->name;
    for (const auto& [instance, verdict] : exchange.verdicts())
        summary.plugins.emplace_back(instance->descriptor->name, verdict);
    if (exchange.trace)
        summary.trace = std::make_shared<const Trace>(*exchange.trace);
    m_report.queue.add(std::move(summary));
}

http::Response ProxyHandler::refuse(http::ServerConnection& connection, http::WireErrorCode error)
{
    const std::string requestId = makeRequestId();
    http::Response response = refusal(connection.request().headers, requestId, error, m_state.settings);
    const auto latency =
        std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - connection.receivedAt());
    const HeaderTokens& tokens = m_state.settings.headers;
    if (tokens.responseLatency)
        response.head.headers.set("X-Kong-Response-Latency", std::to_string(latency.count()));
    if (tokens.server)
        response.head.headers.set("Server", productName);
    if (tokens.requestId)
        response.head.headers.set("X-Kong-Request-Id", requestId);
    m_report.counters.requests.fetch_add(1, std::memory_order_relaxed);
    return response;
}

} // namespace claimsmith::gateway
