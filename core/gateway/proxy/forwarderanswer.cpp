// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a Forwarder does once the upstream has answered, or can't any more.
#include "gateway/proxy/forwarder.h"

#include "gateway/entities.h"
#include "gateway/pipeline.h"
#include "gateway/proxy/upstreamhead.h"
#include "gateway/snapshot.h"
#include "http/net/tunnel.h"
#include "http/wire/headparser.h"

#include <variant>

namespace claimsmith::gateway {

using http::BodyFraming;
using std::chrono::steady_clock;

void Forwarder::recordUpstream(bool hasAnswer)
{
    if (!m_exchange.trace)
        return;
    Pipeline::UpstreamReport report;
    static constexpr http::HeadRules anything{1U << 20U, 1U << 20U};
    static_cast<void>(http::parseRequestHead(m_head, anything, report.head));
    report.address = m_result.address.empty()
                         ? http::Authority{m_exchange.upstream.host, m_exchange.upstream.port}.toString()
                         : m_result.address;
    if (hasAnswer) {
        report.status = m_answer.status;
        report.responseHeaders = m_answer.headers;
    } else {
        report.error = m_result.detail;
    }
    report.begin = m_times.balanced == steady_clock::time_point{} ? m_times.answered : m_times.balanced;
    report.end = m_times.answered;
    report.findings = m_tries.takeFindings();
    Pipeline::recordUpstream(m_exchange, std::move(report));
}

http::Task<void> Forwarder::relay()
{
    m_times.answered = steady_clock::now();
    m_result.upstreamStatus = m_answer.status;
    const auto framing = http::responseFraming(m_answer, m_exchange.upstream.method);
    if (std::holds_alternative<http::WireErrorCode>(framing) || (m_answer.status == 101 && !maySwitch())) {
        m_result.state = ForwardResult::State::Failed;
        static_cast<void>(failed(UpstreamFailure::Invalid, "the answer's framing is broken"));
        recordUpstream(false);
        co_return;
    }
    recordUpstream(true);
    m_exchange.figures.tries.back().status = m_answer.status;
    m_exchange.figures.tries.back().hasAnswered = true;
    adoptUpstreamHead(m_exchange, m_answer);
    if (!m_tries.setCookie().empty())
        m_exchange.response.headers.add("Set-Cookie", m_tries.setCookie());
    const BodyUse use = Pipeline::headerFilter(m_exchange);
    if (m_exchange.response.status == hangUpStatus && m_answer.status != hangUpStatus) {
        m_client.abort();
        m_result.state = ForwardResult::State::Broken;
        co_return;
    }
    finishHead();
    if (m_answer.status == 101) {
        co_await runTunnel();
        co_return;
    }
    const BodyFraming body = std::get<BodyFraming>(framing);
    const bool isRelayed = co_await m_relay.run(m_connection->stream, m_answer.headers, body, use);
    m_result.responseBytes = m_relay.bytes();
    m_result.state = isRelayed ? ForwardResult::State::Relayed : ForwardResult::State::Broken;
    const bool isReusable = isRelayed && body.kind != BodyFraming::Kind::UntilClose &&
                            http::isPersistent(m_answer.version, m_answer.headers) && !m_body.isUploading();
    if (isReusable && m_body.isSent() && m_client.isBodyComplete())
        m_pool.giveBack(*m_site, std::move(m_connection));
}

/// 101 may only come when the client asked for it and understands it (RFC 9110 §7.8).
bool Forwarder::maySwitch() const noexcept
{
    return asksForWebSocket(m_exchange.request.head.headers) && m_client.canSwitchProtocols() && !m_body.isStreamed();
}

/// Kong's own headers go to the first head that the upstream sends: when that is an interim one, the final one leaves
/// as it came.
void Forwarder::finishHead()
{
    if (m_interim > 0 && m_exchange.snapshot->conduct() == Conduct::Kong)
        m_client.omitKeepAlive();
    else
        finishClientHead(m_exchange, m_times, true, m_settings);
}

http::Task<void> Forwarder::runTunnel()
{
    http::ResponseHead& head = m_exchange.response;
    head.headers.set("Connection", "upgrade");
    if (const auto protocol = m_answer.headers.find("upgrade"))
        head.headers.set("Upgrade", *protocol);
    m_onAnswer();
    http::Stream* const client = co_await m_client.switchProtocols(head);
    m_result.state = ForwardResult::State::Relayed;
    if (client == nullptr)
        co_return;
    const http::TunnelLimits limits{m_service.readTimeout, m_service.writeTimeout};
    const http::TunnelBytes bytes =
        co_await http::tunnel(m_client.worker().context(), *client, m_connection->stream, limits);
    m_client.addTunnelled(bytes.forth, bytes.back);
    m_result.responseBytes = bytes.back;
    m_connection.reset();
}

} // namespace claimsmith::gateway
