// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/reading.h"
#include "gateway/admin/responses.h"
#include "gateway/balancer/balancer.h"
#include "gateway/node.h"
#include "http/url.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

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

/// The engine's balancer; without an engine, one that has seen nothing.
std::shared_ptr<Balancer> balancerOf(const Call& call, const Entity& upstream)
{
    auto balancer = call.context.balancer ? call.context.balancer(upstream.id) : nullptr;
    if (!balancer)
        balancer = std::make_shared<Balancer>(
            UpstreamSettings(upstream, call.entities().referringTo("targets", "upstream", upstream.id)));
    return balancer;
}

/// What a target's name resolves to now.
struct Addresses
{
    std::vector<std::string> list;
    std::string failure; ///< why it could not be resolved, in Kong's words; empty when it could
};

Addresses resolve(const TargetSettings& target)
{
    boost::asio::io_context context;
    boost::system::error_code failed;
    const auto found =
        boost::asio::ip::tcp::resolver(context).resolve(target.host, std::to_string(target.port), failed);
    Addresses addresses;
    if (failed)
        addresses.failure = "dns server error: 3 name error";
    else if (!found.empty())
        addresses.list.push_back(found.begin()->endpoint().address().to_string());
    return addresses;
}

/// One upstream's target as both forms of /health show it. Its addresses fare alike.
class TargetHealth final
{
public:
    TargetHealth(const Balancer& balancer, std::size_t index)
        : m_target(balancer.settings().targets[index]), m_isChecked(balancer.settings().checksHealth),
          m_isHealthy(balancer.healthOf(index) != Balancer::Health::Unhealthy), m_addresses(resolve(m_target))
    {
    }

    std::string_view word() const noexcept { return m_addresses.failure.empty() ? addressWord() : "DNS_ERROR"; }

    std::int64_t total() const noexcept
    {
        return std::int64_t{m_target.weight} * static_cast<std::int64_t>(m_addresses.list.size());
    }

    std::int64_t available() const noexcept { return m_isHealthy ? total() : 0; }

    /// `tellsWords`: "health": "HEALTHY" at each address instead of "healthy": true.
    Object describe(bool tellsWords) const
    {
        Array addresses;
        for (const std::string& address : m_addresses.list) {
            Object shown{{"ip", address}, {"port", m_target.port}, {"weight", m_target.weight}};
            if (tellsWords)
                shown.set("health", addressWord());
            else
                shown.set("healthy", m_isHealthy);
            addresses.emplace_back(std::move(shown));
        }
        return {{"host", m_target.host},
                {"port", m_target.port},
                {"dns", m_addresses.failure.empty() ? "A" : m_addresses.failure},
                {"nodeWeight", m_target.weight},
                {"weight", weights(total(), available())},
                {"addresses", addresses.empty() ? Value(Object{}) : Value(std::move(addresses))}}; // Lua's empty table
    }

    static Object weights(std::int64_t total, std::int64_t available)
    {
        return {{"total", total}, {"unavailable", total - available}, {"available", available}};
    }

private:
    std::string_view addressWord() const noexcept
    {
        if (!m_isChecked)
            return "HEALTHCHECKS_OFF";
        return m_isHealthy ? "HEALTHY" : "UNHEALTHY";
    }

    const TargetSettings& m_target; ///< the balancer's
    bool m_isChecked;
    bool m_isHealthy;
    Addresses m_addresses;
};

Response showTargets(const Balancer& balancer, const Rows& targets)
{
    Array data;
    for (const Entity* target : targets) {
        const auto index = balancer.indexOf(target->id);
        if (!index)
            continue; // another configuration came in between
        const TargetHealth health(balancer, *index);
        Object shown = target->fields;
        shown.set("health", health.word());
        shown.set("data", health.describe(true));
        data.emplace_back(std::move(shown));
    }
    return json(200, Object{{"data", std::move(data)}, {"next", nullptr}, {"node_id", nodeIdentity().id}});
}

Response showBalancer(const Balancer& balancer, const Rows& targets)
{
    Array hosts;
    std::int64_t total = 0;
    std::int64_t available = 0;
    for (const Entity* target : targets) {
        const auto index = balancer.indexOf(target->id);
        if (!index)
            continue;
        const TargetHealth health(balancer, *index);
        hosts.emplace_back(health.describe(false));
        total += health.total();
        available += health.available();
    }
    const double least = balancer.settings().threshold;
    const bool isHealthy = available > 0 && static_cast<double>(available) * 100 >= least * static_cast<double>(total);
    const char* const word = isHealthy ? "HEALTHY" : "UNHEALTHY";
    Object details{
        {"hosts", std::move(hosts)}, {"healthy", isHealthy}, {"weight", TargetHealth::weights(total, available)}};
    Object data{{"id", balancer.settings().id},
                {"health", balancer.settings().checksHealth ? word : "HEALTHCHECKS_OFF"},
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
    const auto balancer = balancerOf(call, upstream);
    return call.argument("balancer_health") == "1" ? showBalancer(*balancer, targets) : showTargets(*balancer, targets);
}

/// Whether an address ("10.0.0.1:80") is one of a target's.
bool isAt(const TargetSettings& target, std::string_view address)
{
    const auto addresses = resolve(target).list;
    return std::ranges::any_of(addresses, [&](const std::string& own) {
        return http::Authority{own, target.port}.toString() == address;
    });
}

/// PUT …/healthy and …/unhealthy, of a target or of one of its addresses, which stands for all of them.
Response setHealth(const Call& call)
{
    Call named = call;
    named.segments.resize(4);
    Family family = findFamily(named, targetsOfUpstreams());
    if (family.answer)
        return std::move(*family.answer);
    if (!family.child)
        return notFound();
    const auto balancer = balancerOf(call, *family.parent);
    const auto index = balancer->indexOf(family.child->id);
    if (!index || (call.segments.size() == 6 && !isAt(balancer->settings().targets[*index], call.segments[4])))
        return notFound();
    balancer->setHealthy(*index, call.segments.back() == "healthy");
    return empty(204);
}

} // namespace

void addUpstreamEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/upstreams/{upstreams}/health", {{"GET", showHealth}}});
    for (const char* const end : {"/healthy", "/unhealthy", "/{address}/healthy", "/{address}/unhealthy"})
        list.push_back({std::string("/upstreams/{upstreams}/targets/{targets}") + end, {{"PUT", setHealth}}});
}

} // namespace claimsmith::gateway::admin
