// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/correlation_id/correlation_id.h"

#include "base/random.h"
#include "base/text.h"
#include "gateway/fieldrules.h"
#include "gateway/node.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/requestarguments.h"
#include "gateway/snapshot.h"

#include <array>
#include <atomic>
#include <cstdio>

namespace claimsmith::gateway {
namespace {

const Schema& schema()
{
    static const Schema correlation{
        .fields =
            {
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        stringField("header_name")
                            .describe("The HTTP header name to use for the correlation ID.")
                            .hint("Header that carries the id.")
                            .as(Format::HeaderName)
                            .defaultTo("Kong-Request-ID"),
                        stringField("generator")
                            .describe("The generator to use for the correlation ID. Accepted values are `uuid`, "
                                      "`uuid#counter`, and `tracker`. See [Generators](#generators).")
                            .hint("How an id is made for a request that brings none.")
                            .require()
                            .oneOf({"uuid", "uuid#counter", "tracker"})
                            .defaultTo("uuid#counter"),
                        booleanField("echo_downstream")
                            .describe("Whether to echo the header back to downstream (the client).")
                            .hint("Tell the client the id, too.")
                            .require()
                            .defaultTo(false),
                    })
                    .require(),
            },
        .checks = {},
    };
    return correlation;
}

/// What all instances of a configuration count together.
class Counter final : public PluginData
{
public:
    std::uint64_t next() const noexcept { return m_last.fetch_add(1, std::memory_order_relaxed) + 1; }

    const std::string& prefix() const noexcept { return m_prefix; }

private:
    std::string m_prefix = randomUuid();
    mutable std::atomic<std::uint64_t> m_last{0};
};

class CorrelationIdPlugin final : public Plugin
{
public:
    CorrelationIdPlugin(const PluginContext& context, const Counter& counter)
        : m_header(textSetting(context.config, "header_name").value_or("")),
          m_generator(textSetting(context.config, "generator").value_or("")),
          m_echoes(flagSetting(context.config, "echo_downstream")), m_counter(counter)
    {
    }

    Decision access(Exchange& exchange) const override
    {
        if (m_header.empty())
            throw Fault{"there is no header_name"};
        const std::optional<std::string> sent = idOf(exchange.upstream.headers);
        const std::string id = sent ? *sent : generate(exchange);
        if (!sent)
            exchange.upstream.headers.set(m_header, id);
        exchange.memory() = id;
        exchange.logFields.set("correlation_id", id);
        return Continue{};
    }

    void headerFilter(Exchange& exchange) const override
    {
        if (!m_echoes || m_header.empty())
            return;
        // The access phase did not run when the request ended before.
        const auto* const known = std::any_cast<std::string>(&exchange.memory());
        const std::string id = known ? *known : idOf(exchange.request.head.headers).value_or(std::string());
        exchange.response.headers.set(m_header, id.empty() ? generate(exchange) : id);
    }

private:
    std::optional<std::string> idOf(const http::HeaderMap& headers) const
    {
        const auto lines = findHeaderLines(headers, m_header);
        if (lines.empty() || trimmed(lines.front()).empty())
            return std::nullopt;
        return std::string(lines.front());
    }

    std::string generate(const Exchange& exchange) const
    {
        if (m_generator == "uuid")
            return randomUuid();
        if (m_generator == "tracker")
            return track(exchange);
        return m_counter.prefix() + "#" + std::to_string(m_counter.next());
    }

    /// Address, port, process, two counters and the time. Where Kong counts connections and the requests of one, the
    /// requests that were given an id are counted.
    std::string track(const Exchange& exchange) const
    {
        using std::chrono::milliseconds;
        const auto now = std::chrono::floor<milliseconds>(exchange.clock.now()).time_since_epoch().count();
        std::array<char, 40> time{};
        std::snprintf(time.data(), time.size(), "%lld.%03lld", static_cast<long long>(now / 1000),
                      static_cast<long long>(now % 1000));
        const Endpoint& local = exchange.request.local;
        return local.address + "-" + std::to_string(local.port) + "-" + std::to_string(nodeIdentity().processId) + "-" +
               std::to_string(m_counter.next()) + "-1-" + time.data();
    }

    std::string m_header;
    std::string m_generator;
    bool m_echoes;
    const Counter& m_counter;
};

std::shared_ptr<const PluginData> prepare(const Snapshot&)
{
    return std::make_shared<const Counter>();
}

} // namespace

PluginDescriptor correlationIdPlugin()
{
    return {
        .name = "correlation-id",
        .priority = 100001,
        .phases = {Phase::Access, Phase::HeaderFilter},
        .schema = schema,
        .prepare = prepare,
        .create = makePluginWith<CorrelationIdPlugin, Counter>,
    };
}

} // namespace claimsmith::gateway
