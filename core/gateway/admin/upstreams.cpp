// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/reading.h"
#include "gateway/admin/responses.h"
#include "gateway/node.h"
#include "gateway/validation.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::admin {
namespace {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

Belonging targetsOfUpstreams()
{
    static const EntityType* const upstreams = findEntityType("upstreams");
    static const EntityType* const targets = findEntityType("targets");
    return {upstreams, targets, targets->schema().find("upstream")};
}

/// The upstream that the path names, or the answer.
Found findUpstream(const Call& call)
{
    Found found = findEntity(call, *targetsOfUpstreams().parent, call.segments[1]);
    if (const auto* entity = std::get_if<const Entity*>(&found); entity && !*entity)
        return notFound();
    return found;
}

bool probes(const Entity& upstream, std::string_view path)
{
    const Value* value = findPath(upstream.fields, path);
    return value && value->asNumber() && value->asNumber()->toDouble() > 0;
}

bool checksHealth(const Entity& upstream)
{
    for (const std::string_view path :
         {"healthchecks.active.healthy.interval", "healthchecks.active.unhealthy.interval",
          "healthchecks.passive.unhealthy.tcp_failures", "healthchecks.passive.unhealthy.timeouts",
          "healthchecks.passive.unhealthy.http_failures"})
        if (probes(upstream, path))
            return true;
    return false;
}

struct Place
{
    std::string host;
    std::uint16_t port = 0;
};

Place placeOf(const Entity& target)
{
    const std::string_view text = target.text("target");
    const auto colon = text.rfind(':');
    Place place{std::string(text.substr(0, colon)), 0};
    if (colon != std::string_view::npos)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), place.port);
    return place;
}

/// Without a balancer: what the name resolves to now.
TargetState resolve(const Entity& target)
{
    const Place place = placeOf(target);
    boost::asio::io_context context;
    boost::system::error_code failed;
    const auto found = boost::asio::ip::tcp::resolver(context).resolve(place.host, std::to_string(place.port), failed);
    TargetState state;
    if (failed)
        state.failure = "dns server error: 3 name error";
    else if (!found.empty())
        state.addresses.push_back({found.begin()->endpoint().address().to_string(), place.port});
    return state;
}

std::int64_t weightOf(const Entity& target)
{
    const Value* weight = target.fields.find("weight");
    return weight && weight->asNumber() ? weight->asNumber()->toInteger().value_or(0) : 0;
}

/// One upstream's target as both forms of /health show it.
class TargetHealth final
{
public:
    TargetHealth(const Call& call, const Entity& upstream, const Entity& target)
        : m_target(target), m_isChecked(checksHealth(upstream)),
          m_state(call.context.targetState ? call.context.targetState(upstream, target) : resolve(target))
    {
    }

    std::string_view word() const noexcept
    {
        if (!m_state.failure.empty())
            return "DNS_ERROR";
        if (!m_isChecked)
            return "HEALTHCHECKS_OFF";
        return available() > 0 ? "HEALTHY" : "UNHEALTHY";
    }

    std::int64_t total() const noexcept
    {
        return weightOf(m_target) * static_cast<std::int64_t>(m_state.addresses.size());
    }

    std::int64_t available() const noexcept
    {
        return weightOf(m_target) * std::ranges::count_if(m_state.addresses, &TargetState::Address::isHealthy);
    }

    /// \`tellsWords\`: "health": "HEALTHY" at each address instead of "healthy": true.
    Object describe(bool tellsWords) const
    {
        const Place place = placeOf(m_target);
        Array addresses;
        for (const TargetState::Address& address : m_state.addresses) {
            Object shown{{"ip", address.ip}, {"port", address.port}, {"weight", weightOf(m_target)}};
            if (tellsWords)
                shown.set("health", !m_isChecked ? "HEALTHCHECKS_OFF" : address.isHealthy ? "HEALTHY" : "UNHEALTHY");
            else
                shown.set("healthy", address.isHealthy);
            addresses.emplace_back(std::move(shown));
        }
        return {{"host", place.host},
                {"port", place.port},
                {"dns", m_state.failure.empty() ? m_state.record : m_state.failure},
                {"nodeWeight", weightOf(m_target)},
                {"weight", weights(total(), available())},
                {"addresses", addresses.empty() ? Value(Object{}) : Value(std::move(addresses))}}; // Lua's empty table
    }

    static Object weights(std::int64_t total, std::int64_t available)
    {
        return {{"total", total}, {"unavailable", total - available}, {"available", available}};
    }

private:
    const Entity& m_target;
    bool m_isChecked;
    TargetState m_state;
};

Response showTargets(const Call& call, const Entity& upstream, const Rows& targets)
{
    Array data;
    for (const Entity* target : targets) {
        const TargetHealth health(call, upstream, *target);
        Object shown = target->fields;
        shown.set("health", health.word());
        shown.set("data", health.describe(true));
        data.emplace_back(std::move(shown));
    }
    return json(200, Object{{"data", std::move(data)}, {"next", nullptr}, {"node_id", nodeIdentity().id}});
}

Response showBalancer(const Call& call, const Entity& upstream, const Rows& targets)
{
    Array hosts;
    std::int64_t total = 0;
    std::int64_t available = 0;
    for (const Entity* target : targets) {
        const TargetHealth health(call, upstream, *target);
        hosts.emplace_back(health.describe(false));
        total += health.total();
        available += health.available();
    }
    const Value* threshold = findPath(upstream.fields, "healthchecks.threshold");
    const double least = threshold && threshold->asNumber() ? threshold->asNumber()->toDouble() : 0;
    const bool isHealthy = available > 0 && static_cast<double>(available) * 100 >= least * static_cast<double>(total);
    const char* const word = isHealthy ? "HEALTHY" : "UNHEALTHY";
    Object details{
        {"hosts", std::move(hosts)}, {"healthy", isHealthy}, {"weight", TargetHealth::weights(total, available)}};
    Object data{{"id", upstream.id},
                {"health", checksHealth(upstream) ? word : "HEALTHCHECKS_OFF"},
                {"balancer_health", word},
                {"details", std::move(details)}};
    return json(200, Object{{"data", std::move(data)}, {"next", nullptr}, {"node_id", nodeIdentity().id}});
}

Response showHealth(const Call& call)
{
    Found found = findUpstream(call);
    if (auto* answer = std::get_if<Response>(&found))
        return std::move(*answer);
    const Entity& upstream = *std::get<const Entity*>(found);
    const Rows targets = currentTargets(call.entities().referringTo("targets", "upstream", upstream.id));
    return call.argument("balancer_health") == "1" ? showBalancer(call, upstream, targets)
                                                   : showTargets(call, upstream, targets);
}

/// PUT …/healthy and …/unhealthy, of a target or of one of its addresses.
Response setHealth(const Call& call)
{
    Call named = call;
    named.segments.resize(4);
    Family family = findFamily(named, targetsOfUpstreams());
    if (family.answer)
        return std::move(*family.answer);
    if (!family.child)
        return notFound();
    const std::string_view address = call.segments.size() == 6 ? std::string_view(call.segments[4]) : "";
    const bool isHealthy = call.segments.back() == "healthy";
    if (call.context.setTargetHealth && call.context.setTargetHealth(*family.parent, *family.child, address, isHealthy))
        return empty(204);
    return message(400, "no healthchecker found for " + std::string(family.parent->text("name")));
}

} // namespace

void addUpstreamEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/upstreams/{upstreams}/health", {{"GET", showHealth}}});
    for (const char* const end : {"/healthy", "/unhealthy", "/{address}/healthy", "/{address}/unhealthy"})
        list.push_back({std::string("/upstreams/{upstreams}/targets/{targets}") + end, {{"PUT", setHealth}}});
}

} // namespace claimsmith::gateway::admin
