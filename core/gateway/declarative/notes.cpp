// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/declarative/item.h"

#include <algorithm>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::joinPointer;
using document::Object;
using document::Value;

namespace {

using Notes = std::vector<Problem>;

/// Gathers what is to be said of one entity.
class Noter final
{
public:
    Noter(Notes& notes, const Entity& entity) noexcept : m_notes(notes), m_entity(entity) {}

    const Entity& entity() const noexcept { return m_entity; }

    /// `path`: of the field, with "/" before each part.
    void note(std::string_view path, std::string_view rule, std::string_view text)
    {
        Problem note;
        note.place.pointer = m_entity.pointer + std::string(path);
        note.message = text;
        note.entity = m_entity.type->name;
        note.name = m_entity.type->name == "plugins" ? m_entity.text("name") : m_entity.name();
        note.field = std::string(path.substr(std::min<std::size_t>(1, path.size())));
        std::ranges::replace(note.field, '/', '.');
        note.rule = rule;
        m_notes.push_back(std::move(note));
    }

private:
    Notes& m_notes;
    const Entity& m_entity;
};

const Array& listOf(const Entity& entity, std::string_view field)
{
    static const Array none;
    const Value* list = entity.fields.find(field);
    return list && list->asArray() ? *list->asArray() : none;
}

/// The first element that is one of these texts.
std::optional<std::size_t> findAny(const Array& list, std::initializer_list<std::string_view> texts)
{
    const auto found = std::ranges::find_if(list, [&](const Value& value) {
        return value.asString() && std::ranges::find(texts, *value.asString()) != texts.end();
    });
    return found == list.end() ? std::nullopt : std::optional<std::size_t>(found - list.begin());
}

void checkOrdering(Noter& noter)
{
    const Value* ordering = noter.entity().fields.find("ordering");
    const auto says = [](const document::Member& member) {
        return member.value.asObject() && !member.value.asObject()->empty();
    };
    if (ordering && ordering->asObject() && std::ranges::any_of(*ordering->asObject(), says))
        noter.note("/ordering", "plugin-ordering", "ordering is passed over, plugins run by priority");
}

void checkWebSockets(Noter& noter)
{
    if (const auto at = findAny(listOf(noter.entity(), "protocols"), {"ws", "wss"}))
        noter.note("/protocols/" + std::to_string(*at), "websocket-protocol",
                   "there are no WebSocket services here, ws and wss change nothing");
}

constexpr std::string_view vaultPrefix = "{vault://";

/// Below `path`, the first text that a vault should give.
std::optional<std::string> findVaultReference(const Value& value, const std::string& path)
{
    if (const std::string* text = value.asString())
        return text->starts_with(vaultPrefix) ? std::optional(path) : std::nullopt;
    if (const Object* object = value.asObject()) {
        for (const auto& [name, member] : *object)
            if (auto found = findVaultReference(member, joinPointer(path, name)))
                return found;
    } else if (const Array* array = value.asArray()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            if (auto found = findVaultReference((*array)[i], joinPointer(path, i)))
                return found;
    }
    return std::nullopt;
}

void checkVaultReferences(Noter& noter)
{
    const Value* config = noter.entity().fields.find("config");
    if (const auto path = config ? findVaultReference(*config, "/config") : std::nullopt)
        noter.note(*path, "vault-reference", "vaults are not asked here, the reference counts as the text that it is");
}

void checkVault(Noter& noter)
{
    noter.note("", "vault", "vaults are not asked here");
}

void checkRouteProtocols(Noter& noter)
{
    if (const auto at = findAny(listOf(noter.entity(), "protocols"), {"tcp", "tls", "tls_passthrough", "udp"}))
        noter.note("/protocols/" + std::to_string(*at), "stream-route",
                   "nothing listens for streams here, no request takes this route");
}

void checkServiceProtocol(Noter& noter)
{
    const Array protocol{noter.entity().text("protocol")};
    if (findAny(protocol, {"grpc", "grpcs", "tcp", "tls", "udp"}))
        noter.note("/protocol", "service-protocol", "the upstream is spoken to with HTTP/1.1 whatever this says");
}

double numberAt(const Entity& entity, std::string_view path)
{
    const Value* value = findPath(entity.fields, path);
    return value && value->asNumber() ? value->asNumber()->toDouble() : 0;
}

void checkHealthChecks(Noter& noter)
{
    const Entity& upstream = noter.entity();
    const Value* type = findPath(upstream.fields, "healthchecks.active.type");
    const bool isOn = numberAt(upstream, "healthchecks.active.healthy.interval") > 0 ||
                      numberAt(upstream, "healthchecks.active.unhealthy.interval") > 0;
    if (!isOn || !type || !type->asString())
        return;
    constexpr std::string_view path = "/healthchecks/active/type";
    if (*type->asString() == "tcp")
        noter.note(path, "tcp-health-checks", "checks of this type do not run where HTTP is proxied");
    else if (type->asString()->starts_with("grpc"))
        noter.note(path, "grpc-health-checks", "targets are asked with HTTP requests, as Kong does");
}

void checkServiceRecords(Noter& noter)
{
    const Value* isUsed = noter.entity().fields.find("use_srv_name");
    if (isUsed && isUsed->asBoolean() && *isUsed->asBoolean())
        noter.note("/use_srv_name", "srv-names", "SRV records are not looked up here");
}

void checkOauth2(Noter& noter)
{
    noter.note("", "oauth2-credential", "there is no plugin here that reads it");
}

struct EntityRule
{
    std::string_view type;
    void (*check)(Noter&);
};
constexpr EntityRule entityRules[] = {
    {"plugins", checkOrdering},          {"plugins", checkWebSockets},
    {"plugins", checkVaultReferences},   {"routes", checkRouteProtocols},
    {"services", checkServiceProtocol},  {"upstreams", checkHealthChecks},
    {"upstreams", checkServiceRecords},  {"vaults", checkVault},
    {"oauth2_credentials", checkOauth2},
};

struct MemberRule
{
    std::string_view pointer;
    std::string_view rule;
    std::string_view text;
};
constexpr MemberRule memberRules[] = {
    {"/_konnect", "konnect", "this one gateway stands for every control plane"},
    {"/_workspace", "workspace", "there are no workspaces here, all entities are in one"},
    {"/_info/default_lookup_tags", "lookup-tags", "nothing outside this file is looked up"},
    {"/_info/consumer_group_policy_overrides", "group-overrides", "plugins of a group take the place of overrides"},
    {"/licenses", "not-kept", "this gateway has none, the list is passed over"},
    {"/rbac_roles", "not-kept", "this gateway has none, the list is passed over"},
    {"/service_packages", "not-kept", "this gateway has none, the list is passed over"},
};

bool isSaid(const Value* value) noexcept
{
    return value && !value->isNull() && (!value->asBoolean() || *value->asBoolean());
}

void noteMembers(const Value& document, Notes& notes)
{
    for (const MemberRule& rule : memberRules) {
        if (!isSaid(document.at(rule.pointer)))
            continue;
        Problem note;
        note.place.pointer = rule.pointer;
        note.message = rule.text;
        note.field = std::string(rule.pointer.substr(1));
        note.rule = rule.rule;
        notes.push_back(std::move(note));
    }
}

} // namespace

std::vector<Problem> collectNotes(const Value& document, const Entities& entities)
{
    Notes notes;
    noteMembers(document, notes);
    for (const EntityRule& rule : entityRules)
        for (const auto& entity : entities.all(rule.type)) {
            Noter noter(notes, *entity);
            rule.check(noter);
        }
    return notes;
}

} // namespace claimsmith::gateway::declarative
