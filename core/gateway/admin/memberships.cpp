// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "gateway/admin/draft.h"
#include "gateway/admin/endpoints.h"
#include "gateway/admin/input.h"
#include "gateway/admin/reading.h"
#include "gateway/admin/responses.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

constexpr std::string_view membershipType = "consumer_group_consumers";

/// One of the two sides that a membership joins, seen from paths below it.
struct Side
{
    std::string_view type;     ///< "consumers"
    std::string_view field;    ///< of a membership
    std::string_view argument; ///< how a body on the other side names it
};
constexpr Side consumerSide{"consumers", "consumer", "consumer"};
constexpr Side groupSide{"consumer_groups", "consumer_group", "group"};

/// "/consumers/{consumers}/consumer_groups": what the owner that the path names is joined with.
struct Joined
{
    Side owner;
    Side other;
};

/// The memberships of the owner.
Rows membershipsOf(const Call& call, const Joined& joined, const Entity& owner)
{
    return call.entities().referringTo(membershipType, joined.owner.field, owner.id);
}

const Entity* otherSideOf(const Call& call, const Joined& joined, const Entity& membership)
{
    return call.entities().find(joined.other.type, membership.reference(joined.other.field));
}

/// Answers for the owner that the path names.
template <class Function>
Response withOwner(const Call& call, const Joined& joined, Function answer)
{
    Found found = findEntity(call, *findEntityType(joined.owner.type), call.segments[1]);
    if (auto* refusal = std::get_if<Response>(&found))
        return std::move(*refusal);
    const Entity* owner = std::get<const Entity*>(found);
    return owner ? answer(*owner) : notFound();
}

/// Answers for the membership of the owner and of the other side that the path names.
template <class Function>
Response withMembership(const Call& call, const Joined& joined, Function answer)
{
    return withOwner(call, joined, [&](const Entity& owner) {
        Found found = findEntity(call, *findEntityType(joined.other.type), call.segments[3]);
        if (auto* refusal = std::get_if<Response>(&found))
            return std::move(*refusal);
        const Entity* other = std::get<const Entity*>(found);
        const Rows rows = membershipsOf(call, joined, owner);
        const auto membership = std::ranges::find_if(
            rows, [&](const Entity* row) { return other && row->reference(joined.other.field) == other->id; });
        return membership == rows.end() ? notFound() : answer(**membership);
    });
}

Response list(const Call& call, const Joined& joined)
{
    return withOwner(call, joined, [&](const Entity& owner) {
        Rows rows;
        for (const Entity* membership : membershipsOf(call, joined, owner))
            rows.push_back(otherSideOf(call, joined, *membership));
        std::ranges::sort(rows, {}, &Entity::id);
        return listNested(call, rows);
    });
}

Response readOne(const Call& call, const Joined& joined)
{
    return withMembership(call, joined, [&](const Entity& membership) {
        const Object other = shown(*otherSideOf(call, joined, membership), call.entities());
        return json(200, Object{{std::string(joined.other.field), other}});
    });
}

/// Who is to be joined, as the body says: one name or id, or a list of them.
std::variant<std::vector<std::string>, Response> namesIn(const Call& call, std::string_view argument)
{
    auto body = readArguments(call.request);
    if (auto* refusal = std::get_if<Response>(&body))
        return std::move(*refusal);
    const Value* given = std::get<Arguments>(body).values.find(argument);
    if (!given || given->isNull())
        return schemaViolation({{std::string(argument), "required field missing"}});
    std::vector<std::string> names;
    const Array list = given->asArray() ? *given->asArray() : Array{*given};
    for (const Value& name : list) {
        if (!name.asString())
            return schemaViolation({{std::string(argument), "expected a string"}});
        names.push_back(*name.asString());
    }
    return names;
}

Object newMembership(const Joined& joined, const Entity& owner, const Entity& other)
{
    const EntityType& type = *findEntityType(membershipType);
    return {{"id", randomUuid()},
            {"created_at", timeFor(type)},
            {"updated_at", timeFor(type)},
            {std::string(joined.owner.field), Object{{"id", owner.id}}},
            {std::string(joined.other.field), Object{{"id", other.id}}}};
}

/// The two sides as the answer shows them: {"consumer": …, "consumer_groups": […]}.
Object shownSides(const Call& call, const Joined& joined, const Entity& owner, const Rows& others)
{
    Array list;
    for (const Entity* other : others)
        list.push_back(shown(*other, call.entities()));
    return {{std::string(joined.owner.field), shown(owner, call.entities())},
            {std::string(joined.other.type), std::move(list)}};
}

Response joinNames(Call call, const Joined& joined, const Entity& owner, const std::vector<std::string>& names)
{
    if (!call.context.writes)
        return unsupported("create", membershipType);
    const EntityType& type = *findEntityType(membershipType);
    Draft draft(call);
    Rows others;
    for (const std::string& name : names) {
        Found found = findEntity(call, *findEntityType(joined.other.type), name);
        if (auto* refusal = std::get_if<Response>(&found))
            return std::move(*refusal);
        const Entity* other = std::get<const Entity*>(found);
        if (!other)
            return notFound();
        Object membership = newMembership(joined, owner, *other);
        if (auto conflict = findConflict(call, type, membership, nullptr))
            return std::move(*conflict);
        draft.put(type, std::move(membership));
        others.push_back(other);
    }
    Response response = json(201, shownSides(call, joined, owner, others));
    auto refusal = draft.commit(call);
    return refusal ? std::move(*refusal) : std::move(response);
}

Response join(const Call& call, const Joined& joined)
{
    return withOwner(call, joined, [&](const Entity& owner) {
        auto names = namesIn(call, joined.other.argument);
        if (auto* refusal = std::get_if<Response>(&names))
            return std::move(*refusal);
        return joinNames(call, joined, owner, std::get<std::vector<std::string>>(names));
    });
}

Response part(Call call, const Rows& memberships)
{
    if (!call.context.writes)
        return unsupported("remove", membershipType);
    Draft draft(call);
    for (const Entity* membership : memberships)
        draft.remove(*membership->type, membership->id);
    auto refusal = draft.commit(call);
    return refusal ? std::move(*refusal) : empty(204);
}

Response partFromAll(const Call& call, const Joined& joined)
{
    return withOwner(call, joined, [&](const Entity& owner) { return part(call, membershipsOf(call, joined, owner)); });
}

Response partFromOne(const Call& call, const Joined& joined)
{
    return withMembership(call, joined, [&](const Entity& membership) { return part(call, {&membership}); });
}

} // namespace

void addMembershipEndpoints(std::vector<Endpoint>& all)
{
    for (const Joined& joined : {Joined{consumerSide, groupSide}, Joined{groupSide, consumerSide}}) {
        const auto on = [joined](Response (*answer)(const Call&, const Joined&)) {
            return [joined, answer](const Call& call) { return answer(call, joined); };
        };
        const auto placeholder = [](const Side& side) { return "/{" + std::string(side.type) + "}"; };
        const std::string path =
            "/" + std::string(joined.owner.type) + placeholder(joined.owner) + "/" + std::string(joined.other.type);
        all.push_back({path, {{"GET", on(list)}, {"POST", on(join)}, {"DELETE", on(partFromAll)}}});
        all.push_back({path + placeholder(joined.other), {{"GET", on(readOne)}, {"DELETE", on(partFromOne)}}});
    }
}

} // namespace claimsmith::gateway::admin
