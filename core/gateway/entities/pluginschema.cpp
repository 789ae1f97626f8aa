// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

Field groupField()
{
    return foreignField("consumer_group", "consumer_groups")
        .describe("If set, the plugin will activate only for requests of consumers in this consumer group.")
        .hint("Only for requests of this group's consumers.")
        .defaultTo(nullptr)
        .cascade();
}

/// For each phase the plugins that this one is to run before, or after.
Field neighboursField(std::string name)
{
    return mapField(std::move(name), stringField().oneOf({"access"}), arrayField({}, stringField()));
}

Field orderingField()
{
    return recordField("ordering", {neighboursField("before"), neighboursField("after")})
        .describe("Plugins that this one runs before or after in the access phase, whatever their priorities.")
        .hint("Read, but without effect here: plugins run by priority.")
        .annotate("required", false);
}

} // namespace

const Schema& openSourcePluginSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                stringField("name")
                    .describe("The name of the Plugin that's going to be added.")
                    .hint("Which plugin.")
                    .require(),
                nameField().rename("instance_name").hint("Names this instance for people."),
                createdField(),
                updatedField(),
                foreignField("route", "routes")
                    .describe("If set, the plugin will only activate when receiving requests via the specified route.")
                    .hint("Only for requests of this route.")
                    .defaultTo(nullptr)
                    .cascade(),
                foreignField("service", "services")
                    .describe("If set, the plugin will only activate when receiving requests via one of the routes "
                              "belonging to the specified service. ")
                    .hint("Only for requests to this service.")
                    .defaultTo(nullptr)
                    .cascade(),
                foreignField("consumer", "consumers")
                    .describe("If set, the plugin will activate only for requests where the specified has been "
                              "authenticated.")
                    .hint("Only for requests of this consumer.")
                    .defaultTo(nullptr)
                    .cascade(),
                recordField("config", {})
                    .describe("The configuration properties for the Plugin.")
                    .annotate("abstract", true),
                protocolsField({"grpc", "grpcs", "http", "https"}),
                booleanField("enabled")
                    .describe("Whether the plugin is applied.")
                    .hint("A plugin that is off counts as absent.")
                    .require()
                    .defaultTo(true),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& pluginSchema()
{
    static const Schema schema = [] {
        Schema whole = openSourcePluginSchema();
        const auto behindConsumer = std::ranges::find(whole.fields, "consumer", &Field::name) + 1;
        whole.fields.insert(behindConsumer, groupField());
        whole.fields.push_back(orderingField());
        return whole;
    }();
    return schema;
}

} // namespace claimsmith::gateway
