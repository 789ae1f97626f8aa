// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/acl/acl.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/acl/checks.h"
#include "gateway/plugins/acl/explain.h"
#include "gateway/plugins/acl/groups.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"

#include <algorithm>
#include <unordered_set>

namespace claimsmith::gateway {

using acl::ConsumerGroups;
using acl::Groups;

namespace {

constexpr std::string_view consumerHeader = "X-Consumer-Groups";
constexpr std::string_view authenticatedHeader = "X-Authenticated-Groups";

const Schema& schema()
{
    static const Schema accessList{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField("config",
                            {
                                arrayField("allow", stringField())
                                    .describe("Arbitrary group names that are allowed to consume the service or route. "
                                              "One of `config.allow` or `config.deny` must be specified.")
                                    .hint("Groups that are let in; nobody else is."),
                                arrayField("deny", stringField())
                                    .describe("Arbitrary group names that are not allowed to consume the service or "
                                              "route. One of `config.allow` or `config.deny` must be specified.")
                                    .hint("Groups that are kept out; everybody else is let in."),
                                booleanField("hide_groups_header")
                                    .describe("If enabled (`true`), prevents the `X-Consumer-Groups` header from being "
                                              "sent in the request to the upstream service.")
                                    .hint("Do not tell the upstream the groups.")
                                    .require()
                                    .defaultTo(false),
                                booleanField("always_use_authenticated_groups")
                                    .describe("If enabled (`true`), the authenticated groups will always be used even "
                                              "when an authenticated consumer already exists. If the authenticated "
                                              "groups don't exist, it will fallback to use the groups associated with "
                                              "the consumer. By default the authenticated groups will only be used "
                                              "when there is no consumer or the consumer is anonymous.")
                                    .hint("Let the groups that authentication found count before the consumer's own.")
                                    .require()
                                    .defaultTo(false),
                            })
                    .require(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::ExactlyOne, {"config.allow", "config.deny"}},
                   FieldGroup{FieldGroup::Rule::AtLeastOne, {"config.allow", "config.deny"}}},
    };
    return accessList;
}

const Schema& enterpriseSchema()
{
    static const Schema accessList = [] {
        Schema whole = schema();
        std::ranges::find(whole.fields, "config", &Field::name)
            ->fields.push_back(booleanField("include_consumer_groups")
                                   .describe("If enabled (`true`), allows the consumer-groups to be used in the "
                                             "`allow|deny` fields.")
                                   .hint("Let the names of the consumer's groups count too.")
                                   .defaultTo(false));
        return whole;
    }();
    return accessList;
}

/// What earlier plugins found out beside the consumer; nothing when they left no list.
std::optional<Groups> authenticatedGroups(const Exchange& exchange)
{
    const document::Value* list = exchange.shared.find("authenticated_groups");
    if (!list || !list->asArray())
        return std::nullopt;
    Groups groups;
    for (const document::Value& name : *list->asArray())
        if (name.asString())
            groups.add(*name.asString());
    return groups;
}

std::string joined(const std::vector<std::string>& names)
{
    Groups groups;
    for (const std::string& name : names)
        groups.add(name);
    return groups.joined;
}

class AclPlugin final : public Plugin
{
public:
    AclPlugin(const PluginContext& context, const ConsumerGroups& groups)
        : m_list(textsSetting(context.config, "allow")), m_allows(!m_list.empty()),
          m_hidesHeader(flagSetting(context.config, "hide_groups_header")),
          m_prefersAuthenticated(flagSetting(context.config, "always_use_authenticated_groups")),
          m_countsConsumerGroups(flagSetting(context.config, "include_consumer_groups")), m_conduct(context.conduct),
          m_groups(groups)
    {
        if (!m_allows)
            m_list = textsSetting(context.config, "deny");
        m_listed.insert(m_list.begin(), m_list.end());
        m_listPointer = document::joinPointer(context.pointer, m_allows ? "allow" : "deny");
    }

    Decision access(Exchange& exchange) const override
    {
        Findings findings(exchange.step(), acl::all);
        Decision decision = decide(exchange, findings);
        findings.closeUnchecked();
        return decision;
    }

private:
    Decision decide(Exchange& exchange, Findings& findings) const
    {
        const Identity& identity = exchange.identity;
        const auto authenticated = authenticatedGroups(exchange);
        const bool takesAuthenticated =
            authenticated && (!identity.consumer || !identity.credential || m_prefersAuthenticated);
        if (!identity.consumer && !takesAuthenticated) {
            if (findings)
                noteNobody(findings, identity);
            return identity.credential ? forbidden(exchange) : unauthorized(exchange);
        }
        const Groups& groups =
            takesAuthenticated ? *authenticated : m_groups.of(*identity.consumer, m_countsConsumerGroups);
        const std::string* hit = findListed(groups);
        const bool isLet = (hit != nullptr) == m_allows;
        if (findings)
            note(findings, exchange, groups, hit, isLet);
        if (!isLet) {
            const bool isAnonymous = groups.names.empty() && !takesAuthenticated && !identity.credential;
            return isAnonymous ? unauthorized(exchange) : forbidden(exchange);
        }
        tellUpstream(exchange.upstream.headers, groups, takesAuthenticated);
        return Continue{};
    }

    const std::string* findListed(const Groups& groups) const
    {
        const auto hit = std::ranges::find_if(groups.names, [&](const auto& name) { return m_listed.contains(name); });
        return hit == groups.names.end() ? nullptr : &*hit;
    }

    /// Kong leaves what the client sent when it is told to hide the groups.
    void tellUpstream(http::HeaderMap& headers, const Groups& groups, bool isAuthenticated) const
    {
        if (m_conduct == Conduct::Strict) {
            headers.remove(consumerHeader);
            headers.remove(authenticatedHeader);
        }
        if (!m_hidesHeader)
            headers.set(isAuthenticated ? authenticatedHeader : consumerHeader, groups.joined);
    }

    static void noteNobody(Findings& findings, const Identity& identity)
    {
        findings.failed({.check = std::string(acl::somebody),
                         .found = identity.credential ? identity.credential->identifier : std::string(),
                         .parameters = {{"problem", identity.credential ? "no-consumer" : "nobody"}}});
    }

    void note(Findings& findings, const Exchange& exchange, const Groups& groups, const std::string* hit,
              bool isLet) const
    {
        const Consumer* consumer = exchange.identity.consumer;
        findings.passed({.check = std::string(acl::somebody),
                         .found = consumer ? std::string(consumer->entity->name()) : std::string(),
                         .pointer = consumer ? consumer->entity->pointer : std::string()});
        Finding listed{.check = std::string(acl::groups),
                       .expected = joined(m_list),
                       .found = groups.joined,
                       .pointer = m_listPointer,
                       .parameters = {{"mode", m_allows ? "allow" : "deny"},
                                      {"group", hit ? *hit : std::string()},
                                      {"own", groups.names.empty() ? std::string() : groups.names.front()}}};
        if (isLet && m_hidesHeader && m_conduct == Conduct::Kong && exchange.upstream.headers.contains(consumerHeader))
            listed.quirk = acl::claimedGroups;
        findings.record(isLet, std::move(listed));
    }

    static Answer forbidden(const Exchange& exchange)
    {
        return errorAnswer(exchange.request.head.headers, exchange.requestId, 403, "You cannot consume this service");
    }

    static Answer unauthorized(const Exchange& exchange)
    {
        return errorAnswer(exchange.request.head.headers, exchange.requestId, 401, "Unauthorized");
    }

    std::vector<std::string> m_list;
    bool m_allows;
    std::unordered_set<std::string_view> m_listed; ///< views into m_list
    bool m_hidesHeader;
    bool m_prefersAuthenticated;
    bool m_countsConsumerGroups;
    Conduct m_conduct;
    std::string m_listPointer;
    const ConsumerGroups& m_groups;
};

} // namespace

PluginDescriptor aclPlugin()
{
    return {
        .name = "acl",
        .priority = 950,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&acl::aclType()},
        .prepare = prepareData<ConsumerGroups>,
        .create = makePluginWith<AclPlugin, ConsumerGroups>,
        .explain = acl::explainRefusal,
        .enterpriseSchema = enterpriseSchema,
    };
}

} // namespace claimsmith::gateway
