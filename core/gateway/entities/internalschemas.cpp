// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

Schema workspaceSchema()
{
    Field name = nameField().hint("").require().noneOf({"workspaces", "consumers", "certificates", "services", "routes",
                                                        "snis", "upstreams", "targets", "plugins", "tags",
                                                        "ca_certificates", "clustering_data_planes", "parameters",
                                                        "vaults", "key_sets", "keys", "filter_chains"});
    return {.fields = {idField(), std::move(name), stringField("comment"), createdField(), updatedField(),
                       recordField("meta", {}).require(), recordField("config", {}).require()},
            .checks = {}};
}

Schema tagSchema()
{
    return {
        .fields = {stringField("tag").describe("A string representing a tag.").require().check(checkTag),
                   stringField("entity_name").describe("The name of the Kong Gateway entity being tagged.").require(),
                   idField().rename("entity_id").require()},
        .checks = {}};
}

Schema parameterSchema()
{
    return {.fields = {createdField(),
                       stringField("key").describe("They key value of a parameter.").require().makeUnique(),
                       stringField("value").describe("The value attached to the key.").require()},
            .checks = {}};
}

Field versionField()
{
    return stringField("version")
        .describe("A string representing a semantic version number in the format X.Y.Z(-build), where X, Y, and Z are "
                  "integers, plus an optional hyphen-separated build identifier.")
        .match({PatternRule::Kind::None, {"%.%."}, "must not have empty version segments"})
        .match({PatternRule::Kind::Any,
                {"^%d+[%.%d]*$", "^%d+[%.%d]*%-?.*$"},
                "invalid version number: must be in format of X.Y.Z"});
}

Schema dataPlaneSchema()
{
    return {
        .fields =
            {
                idField().require(),
                updatedField().rename("last_seen"),
                updatedField(),
                stringField("ip").describe("A string representing an IP address, such as 192.168.1.1.").require(),
                stringField("config_hash").lengthOf(32),
                hostField("hostname").require(),
                versionField(),
                stringField("sync_status")
                    .describe("The status of the clustering data planes sync.")
                    .require()
                    .oneOf({"unknown", "normal", "kong_version_incompatible", "plugin_set_incompatible",
                            "plugin_version_incompatible", "filter_set_incompatible"})
                    .defaultTo("unknown"),
                mapField("labels", stringField(), stringField())
                    .describe("Custom key value pairs as meta-data for DPs."),
                recordField("cert_details",
                            {numberField("expiry_timestamp").annotate("timestamp", true).annotate("required", false)})
                    .describe("Certificate details of the DPs.")
                    .require(),
                setField("rpc_capabilities", stringField().describe("A string representing an RPC capability."))
                    .describe("An array of RPC capabilities this node supports."),
            },
        .checks = {},
    };
}

/// Settings of a filter: any JSON text, checked by a schema that the filter brings.
Field filterConfigField()
{
    const Object anyText{{"$schema", "http://json-schema.org/draft-04/schema#"}, {"type", Array{"string", "null"}}};
    return stringField("config")
        .annotate("type", "json")
        .annotate("required", false)
        .annotate("json_schema", Object{{"parent_subschema_key", "name"},
                                        {"namespace", "proxy-wasm-filters"},
                                        {"optional", true},
                                        {"default", anyText}});
}

Schema filterChainSchema()
{
    using Rule = FieldGroup::Rule;
    Field filter =
        recordField({}, {stringField("name").require().annotate("one_of", Array{}).annotate("err", "no such filter"),
                         booleanField("enabled").require().defaultTo(true), filterConfigField()});
    const auto scope = [](std::string name, std::string reference) {
        return foreignField(std::move(name), std::move(reference)).makeUnique().cascade().defaultTo(nullptr);
    };
    return {.fields = {idField(), nameField(), createdField(), updatedField(), tagsField(), scope("route", "routes"),
                       scope("service", "services"), booleanField("enabled").require().defaultTo(true),
                       arrayField("filters", std::move(filter)).require().length(1, {})},
            .checks = {FieldGroup{Rule::AtMostOne, {"route", "service"}},
                       FieldGroup{Rule::AtLeastOne, {"route", "service"}},
                       CustomCheck{.check = nullptr, .fields = {"filters"}, .runsWithInvalidFields = true}}};
}

} // namespace

const Schema* findInternalSchema(std::string_view name) noexcept
{
    static const std::pair<std::string_view, Schema> schemas[] = {
        {"workspaces", workspaceSchema()},      {"tags", tagSchema()},
        {"parameters", parameterSchema()},      {"clustering_data_planes", dataPlaneSchema()},
        {"filter_chains", filterChainSchema()},
    };
    const auto found = std::ranges::find(schemas, name, &std::pair<std::string_view, Schema>::first);
    return found == std::end(schemas) ? nullptr : &found->second;
}

} // namespace claimsmith::gateway
