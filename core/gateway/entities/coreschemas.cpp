// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"
#include "gateway/routerules.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

bool isOneOf(const Value& value, std::initializer_list<std::string_view> choices)
{
    const auto* text = value.asString();
    return text && std::ranges::find(choices, std::string_view(*text)) != choices.end();
}

bool speaksWithoutPath(const Value& protocol)
{
    return isOneOf(protocol, {"grpc", "grpcs", "tcp", "tls", "udp"});
}

bool speaksWithoutTls(const Value& protocol)
{
    return !protocol.isNull() && !isOneOf(protocol, {"https", "tls"});
}

} // namespace

const Schema& serviceSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                nameField(),
                integerField("retries")
                    .describe("How often a failed request is tried again.")
                    .range(0, 32767)
                    .defaultTo(5),
                stringField("protocol")
                    .describe("How to speak to the upstream.")
                    .require()
                    .oneOf(allProtocols())
                    .defaultTo("http"),
                stringField("host")
                    .describe("The upstream's host name or address, without port.")
                    .as(Format::HostName)
                    .require()
                    .check(checkHost),
                portField("port").describe("The upstream's port.").require().defaultTo(80),
                stringField("path")
                    .describe("Put in front of the path of each request.")
                    .as(Format::Path)
                    .check(checkPath),
                timeoutField("connect_timeout").describe("How long connecting may take."),
                timeoutField("write_timeout").describe("How long may pass between two writes."),
                timeoutField("read_timeout").describe("How long may pass between two reads."),
                tagsField(),
                foreignField("client_certificate", "certificates")
                    .describe("Shown to the upstream when it asks for one."),
                booleanField("tls_verify").describe("Whether the upstream's certificate has to be trusted."),
                integerField("tls_verify_depth").describe("Longest chain of certificates.").range(0, 64),
                arrayField("ca_certificates", stringField().as(Format::Uuid))
                    .describe("Whom to trust; ids of CA certificates."),
                booleanField("enabled")
                    .describe("A service that is off takes its routes with it.")
                    .require()
                    .defaultTo(true),
                stringField("url").describe("Protocol, host, port and path in one.").as(Format::Url).makeShorthand(),
            },
        .checks =
            {
                Conditional{"protocol", speaksWithoutPath, "path", mustBeNull},
                Conditional{"protocol", speaksWithoutTls, "client_certificate", mustBeNull},
                Conditional{"protocol", speaksWithoutTls, "tls_verify", mustBeNull},
                Conditional{"protocol", speaksWithoutTls, "tls_verify_depth", mustBeNull},
                Conditional{"protocol", speaksWithoutTls, "ca_certificates", mustBeNull},
            },
    };
    return schema;
}

const Schema& routeSchema()
{
    static const auto endpoints = [](std::string name) {
        return setField(std::move(name), recordField({}, {stringField("ip").check(checkAddress), portField("port")}));
    };
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                nameField(),
                setField("protocols", stringField().oneOf(allProtocols()))
                    .describe("Protocols that the route allows.")
                    .require()
                    .length(1, {})
                    .defaultTo(Array{"http", "https"})
                    .check(checkRouteProtocols),
                integerField("https_redirect_status_code")
                    .describe("Answer to plain HTTP where only HTTPS is allowed.")
                    .require()
                    .oneOf({426, 301, 302, 307, 308})
                    .defaultTo(426),
                booleanField("strip_path")
                    .describe("Whether the matched part of the path is left out upstream.")
                    .require()
                    .defaultTo(true),
                booleanField("preserve_host")
                    .describe("Whether the upstream gets the client's Host header.")
                    .require()
                    .defaultTo(false),
                booleanField("request_buffering")
                    .describe("Whether the request body is read before it is sent on.")
                    .require()
                    .defaultTo(true),
                booleanField("response_buffering")
                    .describe("Whether the response body is read before it is sent on.")
                    .require()
                    .defaultTo(true),
                tagsField(),
                foreignField("service", "services").describe("Where requests go."),
                setField("snis", stringField().as(Format::HostName).check(checkWildcardSni))
                    .describe("Server names of TLS connections."),
                endpoints("sources").describe("Addresses that connections come from."),
                endpoints("destinations").describe("Addresses that connections go to."),
                setField("methods", methodField()).describe("Methods; all when there is none."),
                arrayField("hosts", stringField().as(Format::HostName).check(checkRouteHost))
                    .describe("Hosts, with one * at an end at most."),
                arrayField("paths", stringField().as(Format::Path).check(checkRoutePath))
                    .describe("How paths begin, or ~ and a regular expression."),
                mapField("headers", headerNameField().check(checkRouteHeaderName), arrayField({}, stringField()))
                    .describe("Headers and the values that they may have."),
                integerField("regex_priority")
                    .describe("Among matching regular expressions the highest wins.")
                    .defaultTo(0),
                stringField("path_handling")
                    .describe("How paths are joined; v1 only works in Kong's traditional router.")
                    .oneOf({"v0", "v1"})
                    .defaultTo("v0"),
            },
        .checks = {CustomCheck{checkRouteByProtocol}, CustomCheck{checkRouteExpression, {"paths", "headers"}}},
    };
    return schema;
}

const Schema& consumerSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("username")
                    .describe("Names the consumer; sent upstream as X-Consumer-Username.")
                    .makeUnique(),
                stringField("custom_id")
                    .describe("Its id in another system; sent upstream as X-Consumer-Custom-ID.")
                    .makeUnique(),
                tagsField(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::AtLeastOne, {"custom_id", "username"}}},
    };
    return schema;
}

const Schema& pluginSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("name").describe("Which plugin.").require(),
                stringField("instance_name").describe("Names this instance for people.").makeUnique().check(checkName),
                foreignField("route", "routes").describe("Only for requests of this route."),
                foreignField("service", "services").describe("Only for requests to this service."),
                foreignField("consumer", "consumers").describe("Only for requests of this consumer."),
                booleanField("enabled").describe("A plugin that is off counts as absent.").require().defaultTo(true),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway
