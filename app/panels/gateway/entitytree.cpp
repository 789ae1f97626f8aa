// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entitytree.h"

#include "gateway/entities.h"
#include "panels/gateway/gatewaytr.h"
#include "text/schematext.h"

#include <array>

namespace claimsmith::app {
namespace {

using Severity = ConfigProblem::Severity;

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

struct KindIcon
{
    std::string_view type;
    QLatin1String icon;
};

constexpr std::array icons{
    KindIcon{"services", QLatin1String("server")},
    KindIcon{"routes", QLatin1String("route")},
    KindIcon{"plugins", QLatin1String("plugin")},
    KindIcon{"consumers", QLatin1String("user")},
    KindIcon{"consumer_groups", QLatin1String("users")},
    KindIcon{"consumer_group_consumers", QLatin1String("users")},
    KindIcon{"jwt_secrets", QLatin1String("keychain")},
    KindIcon{"keyauth_credentials", QLatin1String("keychain")},
    KindIcon{"basicauth_credentials", QLatin1String("keychain")},
    KindIcon{"hmacauth_credentials", QLatin1String("keychain")},
    KindIcon{"oauth2_credentials", QLatin1String("keychain")},
    KindIcon{"acls", QLatin1String("users")},
    KindIcon{"upstreams", QLatin1String("network")},
    KindIcon{"targets", QLatin1String("target")},
    KindIcon{"certificates", QLatin1String("certificate")},
    KindIcon{"ca_certificates", QLatin1String("certificate")},
    KindIcon{"snis", QLatin1String("globe")},
    KindIcon{"keys", QLatin1String("tokens")},
    KindIcon{"key_sets", QLatin1String("tokens")},
    KindIcon{"vaults", QLatin1String("lock")},
};

/// Everything that is written in the entity, but not what belongs to entities inside it. Values of secret fields are
/// left out: a search must not find them letter by letter.
void collectText(const document::Value& value, const gateway::Schema* schema, QStringList& out)
{
    if (const std::string* text = value.asString())
        out.append(fromStd(*text));
    else if (const document::Number* number = value.asNumber())
        out.append(fromStd(number->text()));
    else if (const document::Array* list = value.asArray()) {
        for (const document::Value& element : *list)
            collectText(element, nullptr, out);
    } else if (const document::Object* object = value.asObject()) {
        for (const document::Member& member : *object) {
            const gateway::Field* field = schema ? schema->find(member.name) : nullptr;
            if (gateway::findEntityType(member.name) && member.value.asArray())
                continue;
            out.append(fromStd(member.name));
            if (!field || !field->secret)
                collectText(member.value, nullptr, out);
        }
    }
}

QString searchText(const OutlineEntity& entity, const document::Value* value)
{
    QStringList words{entityLabel(entity), fromStd(entity.type->name)};
    if (value)
        collectText(*value, schemaOf(*entity.type, *value), words);
    return words.join(QLatin1Char('\n'));
}

/// The worst that is said about the entity itself or the entities that the tree shows below it, wherever they stand.
std::optional<Severity> worst(std::optional<Severity> own, const std::vector<EntityNode>& children)
{
    for (const EntityNode& child : children) {
        if (child.severity && (!own || *child.severity < *own))
            own = child.severity;
    }
    return own;
}

EntityNode makeNode(const ConfigAnalysis& config, const OutlineEntity& entity, std::size_t depth)
{
    EntityNode node{
        entityLabel(entity), fromStd(entity.detail), entityIcon(entity.type->name), std::string(entity.type->name),
        entity.pointer,      entity.enabled};
    node.searchText = searchText(entity, config.document.at(entity.pointer));
    // Flat entries may name each other in a circle.
    if (depth < config.outline.entities().size()) {
        for (const OutlineEntity* child : config.outline.childrenOf(entity.pointer))
            node.children.push_back(makeNode(config, *child, depth + 1));
    }
    node.severity = worst(config.severityIn(entity.pointer), node.children);
    return node;
}

std::size_t countOf(const ConfigOutline& outline, std::string_view type)
{
    std::size_t count = 0;
    for (const OutlineEntity& entity : outline.entities())
        count += entity.type->name == type ? 1 : 0;
    return count;
}

EntityNode makeHeading(const ConfigAnalysis& config, std::string_view type, const QString& label)
{
    EntityNode heading;
    heading.label = label;
    heading.icon = type == "consumers" ? QLatin1String("users") : entityIcon(type);
    heading.type = type;
    for (const OutlineEntity* entity : config.outline.childrenOf({})) {
        if (entity->type->name == type)
            heading.children.push_back(makeNode(config, *entity, 0));
    }
    heading.severity = worst({}, heading.children);
    heading.count = type == "plugins" || type == "routes" ? heading.children.size() : countOf(config.outline, type);
    return heading;
}

} // namespace

bool EntityNode::isSameLine(const EntityNode& other) const
{
    return isHeading() == other.isHeading() && type == other.type && label == other.label;
}

QLatin1String entityIcon(std::string_view type)
{
    for (const KindIcon& kind : icons) {
        if (kind.type == type)
            return kind.icon;
    }
    return QLatin1String("file");
}

QString entityLabel(const OutlineEntity& entity)
{
    const QString prefix = kindPrefix(entity.type->name);
    const QString name = fromStd(entity.name);
    if (!prefix.isEmpty())
        return name.isEmpty() ? prefix : prefix + QLatin1Char(' ') + name;
    if (!name.isEmpty())
        return name;
    const auto tokens = document::splitPointer(entity.pointer);
    const qulonglong position = tokens.empty() ? 0 : fromStd(tokens.back()).toULongLong();
    return GatewayTr::tr("%1 %2", "an unnamed entity: its kind and which of them")
        .arg(kindName(entity.type->name))
        .arg(position + 1);
}

QString entityPlace(const ConfigOutline& outline, std::string_view pointer)
{
    const auto path = outline.pathTo(pointer);
    if (path.empty())
        return QStringLiteral("kong.yml");
    const OutlineEntity& entity = *path.back();
    const bool named = entity.type->name == "plugins" || !kindPrefix(entity.type->name).isEmpty();
    const QString own =
        named ? entityLabel(entity)
              : GatewayTr::tr("%1 %2", "kind, then name").arg(kindName(entity.type->name), entityLabel(entity));
    if (path.size() < 2 || !named)
        return own;
    const OutlineEntity& parent = *path[path.size() - 2];
    return GatewayTr::tr("%1 on %2 %3", "plugin or credential, kind, name")
        .arg(own, kindName(parent.type->name), entityLabel(parent));
}

std::vector<EntityNode> buildEntityTree(const ConfigAnalysis& config)
{
    std::vector<EntityNode> tree;
    tree.push_back(makeHeading(config, "services", kindHeading("services")));
    if (EntityNode routes = makeHeading(config, "routes", GatewayTr::tr("Routes without a service"));
        !routes.children.empty())
        tree.push_back(std::move(routes));
    tree.push_back(makeHeading(config, "plugins", GatewayTr::tr("Global plugins")));
    tree.push_back(makeHeading(config, "consumers", kindHeading("consumers")));
    for (const gateway::EntityType* type : gateway::entityTypes()) {
        if (type->name == "services" || type->name == "routes" || type->name == "plugins" || type->name == "consumers")
            continue;
        EntityNode heading = makeHeading(config, type->name, kindHeading(type->name));
        if (!heading.children.empty())
            tree.push_back(std::move(heading));
    }
    return tree;
}

} // namespace claimsmith::app
