// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/newentity.h"

#include "base/random.h"
#include "base/text.h"
#include "bridge/secretnames.h"
#include "gateway/entities.h"

#include <algorithm>

namespace claimsmith::app {
namespace {

using document::Object;
using document::Value;

constexpr std::size_t keyLength = 32; // as Kong's own generated ones

/// `wanted`, or with the first number that makes it the only one of its kind: "service-2".
std::string freeName(const ConfigOutline& outline, std::string_view type, const std::string& wanted)
{
    std::string name = wanted;
    for (int number = 2; outline.findNamed(type, name); ++number)
        name = wanted + "-" + std::to_string(number);
    return name;
}

/// Appends to the list of a kind in the entity at `parent`, or at the top.
EntityChange append(const ConfigAnalysis& config, const std::string& parent, std::string_view type, Value entity)
{
    EntityChange change;
    if (!config.document.find("_format_version"))
        change.edits.push_back(ConfigEdit::set("/_format_version", "3.0"));
    const std::string list = document::joinPointer(parent, type);
    const Value* present = config.document.at(list);
    const std::size_t index = present && present->asArray() ? present->asArray()->size() : 0;
    change.pointer = document::joinPointer(list, index);
    change.edits.push_back(ConfigEdit::set(list + "/-", std::move(entity)));
    return change;
}

/// Gives a copied entity, and what stands in it, names that nobody has yet, and takes away what has to be unique.
void makeDistinct(Value& entity, const gateway::EntityType& type, const ConfigOutline& outline)
{
    Object* object = entity.asObject();
    if (!object)
        return;
    object->remove("id");
    object->remove("instance_name");
    const gateway::Schema& schema = type.schema();
    for (const gateway::Field& field : schema.fields) {
        Value* value = object->find(field.name);
        const std::string* text = value && field.unique ? value->asString() : nullptr;
        if (!text)
            continue;
        if (field.automatic)
            *value = randomAlphanumeric(keyLength);
        else
            *value = freeName(outline, type.name, *text + "-copy");
    }
    for (document::Member& member : *object) {
        const gateway::EntityType* nested = gateway::findEntityType(member.name);
        document::Array* list = nested ? member.value.asArray() : nullptr;
        for (std::size_t i = 0; list && i < list->size(); ++i)
            makeDistinct((*list)[i], *nested, outline);
    }
}

void collectBelow(const ConfigOutline& outline, const std::string& pointer, std::vector<std::string>& out)
{
    if (std::ranges::find(out, pointer) != out.end())
        return;
    out.push_back(pointer);
    for (const OutlineEntity* child : outline.childrenOf(pointer))
        collectBelow(outline, child->pointer, out);
}

} // namespace

EntityChange addService(const ConfigAnalysis& config)
{
    return append(
        config, {}, "services",
        Object{{"name", freeName(config.outline, "services", "new-service")}, {"url", "http://localhost:3000"}});
}

EntityChange addRoute(const ConfigAnalysis& config, const std::string& parent)
{
    const std::string name = freeName(config.outline, "routes", "new-route");
    return append(config, parent, "routes", Object{{"name", name}, {"paths", document::Array{"/" + name}}});
}

EntityChange addConsumer(const ConfigAnalysis& config)
{
    return append(config, {}, "consumers", Object{{"username", freeName(config.outline, "consumers", "new-consumer")}});
}

EntityChange addPlugin(const ConfigAnalysis& config, const std::string& parent, std::string_view plugin)
{
    return append(config, parent, "plugins", Object{{"name", plugin}});
}

EntityChange addJwtCredential(const ConfigAnalysis& config, const std::string& parent, const KeepSecret& keep)
{
    return append(config, parent, "jwt_secrets",
                  Object{{"key", randomAlphanumeric(keyLength)},
                         {"algorithm", "HS256"},
                         {"secret", keep(freeSecretName(config, parent, "jwt"))}});
}

EntityChange addKeyCredential(const ConfigAnalysis& config, const std::string& parent, const KeepSecret& keep)
{
    return append(config, parent, "keyauth_credentials", Object{{"key", keep(freeSecretName(config, parent, "key"))}});
}

std::string suggestedSecretName(const ConfigAnalysis& config, const std::string& pointer, std::string_view field)
{
    const auto path = config.outline.pathTo(pointer);
    return freeSecretName(config, path.empty() ? pointer : path.front()->pointer, field);
}

EntityChange duplicateEntity(const ConfigAnalysis& config, const std::string& pointer)
{
    const OutlineEntity* entity = config.outline.findAt(pointer);
    const Value* value = config.document.at(pointer);
    if (!entity || entity->pointer != pointer || !value)
        return {};
    Value copy = *value;
    makeDistinct(copy, *entity->type, config.outline);
    // Into the same list: "/services/0/routes/3" → "/services/0".
    const std::string list = pointer.substr(0, pointer.rfind('/'));
    return append(config, list.substr(0, list.rfind('/')), entity->type->name, std::move(copy));
}

EntityChange deleteEntity(const ConfigAnalysis& config, const std::string& pointer)
{
    std::vector<std::string> doomed;
    collectBelow(config.outline, pointer, doomed);
    EntityChange change;
    // From the end of the document, so that positions before stay what they are; what stands inside a doomed one goes
    // with it.
    const auto& entities = config.outline.entities();
    for (auto entity = entities.rbegin(); entity != entities.rend(); ++entity) {
        const bool within = std::ranges::any_of(doomed, [&](const std::string& other) {
            return entity->pointer.size() > other.size() &&
                   entity->pointer.compare(0, other.size() + 1, other + "/") == 0;
        });
        if (!within && std::ranges::find(doomed, entity->pointer) != doomed.end())
            change.edits.push_back(ConfigEdit::remove(entity->pointer));
    }
    return change;
}

} // namespace claimsmith::app
