// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/publishedjwks.h"

#include "document/json.h"
#include "gateway/entities.h"
#include "jose/jwk.h"
#include "jose/keytext.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view terminator = "request-termination";

/// Where the plugin stands in a list of plugins.
std::optional<std::size_t> pluginIndex(const Value& route, std::string_view name)
{
    const Value* plugins = route.find("plugins");
    const Array* list = plugins ? plugins->asArray() : nullptr;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const std::string* each = (*list)[i].findString("name");
        if (each && *each == name)
            return i;
    }
    return std::nullopt;
}

std::string pluginPointer(const std::string& route, std::size_t index)
{
    return document::joinPointer(document::joinPointer(route, "plugins"), index);
}

std::string firstPath(const Value& route)
{
    const Value* paths = route.find("paths");
    const Array* list = paths ? paths->asArray() : nullptr;
    const std::string* path = list && !list->empty() ? list->front().asString() : nullptr;
    return path ? *path : std::string();
}

std::string setText(const std::vector<jose::Key>& keys)
{
    std::vector<jose::Key> halves;
    for (const jose::Key& key : keys) {
        if (auto half = key.publicPart())
            halves.push_back(std::move(*half));
    }
    return document::toJson(jose::writeJwks(halves, jose::KeyParts::Public));
}

Object terminatorPlugin(std::string body)
{
    return {{"name", terminator},
            {"config", Object{{"status_code", 200}, {"content_type", "application/json"}, {"body", std::move(body)}}}};
}

Object corsPlugin()
{
    return {{"name", "cors"}, {"config", Object{{"origins", Array{Value("*")}}}}};
}

std::vector<ConfigEdit> changeRoute(const Value& route, const std::string& pointer, std::string body)
{
    std::vector<ConfigEdit> edits;
    if (const auto index = pluginIndex(route, terminator))
        edits.push_back(ConfigEdit::set(pluginPointer(pointer, *index) + "/config/body", std::move(body)));
    else
        edits.push_back(ConfigEdit::set(pointer + "/plugins/-", terminatorPlugin(std::move(body))));
    if (!pluginIndex(route, "cors"))
        edits.push_back(ConfigEdit::set(pointer + "/plugins/-", corsPlugin()));
    return edits;
}

} // namespace

std::vector<PublishedJwks> publishedSets(const ConfigAnalysis& config)
{
    std::vector<PublishedJwks> sets;
    for (const OutlineEntity& entity : config.outline.entities()) {
        const Value* route = entity.type->name == "routes" ? config.document.at(entity.pointer) : nullptr;
        const auto index = route ? pluginIndex(*route, terminator) : std::nullopt;
        if (!index)
            continue;
        const Value* settings = config.document.at(pluginPointer(entity.pointer, *index) + "/config");
        const std::string* body = settings ? settings->findString("body") : nullptr;
        const auto keys = body ? document::parseJson(*body) : Result<Value>(Value());
        if (keys && keys->find("keys"))
            sets.push_back({entity.name, firstPath(*route), entity.pointer, *body});
    }
    return sets;
}

std::vector<ConfigEdit> publishEdits(const ConfigAnalysis& config, const std::string& route, const std::string& path,
                                     const std::vector<jose::Key>& keys)
{
    std::string body = setText(keys);
    if (const OutlineEntity* known = config.outline.findNamed("routes", route))
        return changeRoute(*config.document.at(known->pointer), known->pointer, std::move(body));
    std::vector<ConfigEdit> edits;
    if (!config.document.find("_format_version"))
        edits.push_back(ConfigEdit::set("/_format_version", "3.0"));
    edits.push_back(ConfigEdit::set(
        "/routes/-", Object{{"name", route},
                            {"paths", Array{Value(path)}},
                            {"plugins", Array{Value(terminatorPlugin(std::move(body))), Value(corsPlugin())}}}));
    return edits;
}

std::optional<ConfigEdit> addToSetEdit(const ConfigAnalysis& config, const PublishedJwks& set, const jose::Key& key)
{
    auto read = jose::readKeys(set.body);
    const auto half = key.publicPart();
    const Value* route = config.document.at(set.pointer);
    const auto index = route ? pluginIndex(*route, terminator) : std::nullopt;
    if (!read || !half || !index)
        return std::nullopt;
    auto& keys = read->set.keys;
    const Bytes thumbprint = half->thumbprint();
    if (std::any_of(keys.begin(), keys.end(), [&](const jose::Key& each) { return each.thumbprint() == thumbprint; }))
        return std::nullopt;
    keys.insert(keys.begin(), *half);
    return ConfigEdit::set(pluginPointer(set.pointer, *index) + "/config/body", setText(keys));
}

} // namespace claimsmith::app
