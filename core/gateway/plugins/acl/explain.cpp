// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/acl/explain.h"

#include "gateway/plugins/acl/checks.h"
#include "gateway/plugins/acl/groups.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/offers.h"

namespace claimsmith::gateway::acl {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == somebody)
        return finding.parameter("problem") == "nobody" ? "acl.nobody" : "acl.no-consumer";
    if (finding.parameter("mode") == "deny")
        return "acl.denied";
    return finding.found.empty() ? "acl.no-groups" : "acl.not-allowed";
}

/// The row that makes the consumer a member of the group.
const Entity* findMembership(const Snapshot& snapshot, std::string_view consumerId, std::string_view group)
{
    for (const Entity* row : snapshot.entities().referringTo(aclType().name, "consumer", consumerId))
        if (row->text("group") == group)
            return row;
    return nullptr;
}

void offerToLetIn(Offers& offers, const Entity* consumer, const Finding& finding)
{
    const auto allowed = offers.config() ? textsSetting(*offers.config(), "allow") : std::vector<std::string>();
    if (consumer && !consumer->pointer.empty() && !allowed.empty())
        offers.add({"repair.add-group", {{"consumer", std::string(consumer->name())}, {"group", allowed.front()}}},
                   AddEntity{document::joinPointer(consumer->pointer, aclType().name), {{"group", allowed.front()}}});
    const std::string group(finding.parameter("own"));
    if (!group.empty())
        offers.appendToConfig({"repair.allow-group", {{"group", group}}}, "allow", group);
}

void offerToSpare(Offers& offers, const Snapshot& snapshot, const Entity* consumer, const Finding& finding)
{
    const std::string group(finding.parameter("group"));
    const Entity* membership = consumer ? findMembership(snapshot, consumer->id, group) : nullptr;
    if (membership && !membership->pointer.empty())
        offers.add({"repair.remove-group", {{"consumer", std::string(consumer->name())}, {"group", group}}},
                   RemoveField{membership->pointer});
    const auto denied = offers.config() ? textsSetting(*offers.config(), "deny") : std::vector<std::string>();
    if (denied.size() > 1) // Kong wants one entry at least
        offers.removeFromConfig({"repair.stop-denying", {{"value", group}}}, "deny", group);
}

} // namespace

void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const Entity* consumer = trace.consumer ? snapshot.entities().find("consumers", trace.consumer->id) : nullptr;
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope},
              {"consumer", consumer ? std::string(consumer->name()) : finding.found},
              {"groups", finding.found},
              {"list", finding.expected},
              {"group", std::string(finding.parameter("group"))}});
    Offers offers(step, snapshot, explanation);
    if (finding.check == groups && finding.parameter("mode") == "allow")
        offerToLetIn(offers, consumer, finding);
    else if (finding.check == groups)
        offerToSpare(offers, snapshot, consumer, finding);
    offers.open({"repair.open-consumer"}, consumer);
    offers.openPlugin();
}

} // namespace claimsmith::gateway::acl
