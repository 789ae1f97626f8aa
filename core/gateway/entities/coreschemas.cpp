// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"
#include "gateway/routerules.h"

namespace claimsmith::gateway {

using document::Array;

namespace {

/// Fields that make sense only when the upstream is spoken to with TLS.
Conditional onlyWithTls(std::string field)
{
    return {"protocol", matching().noneOf({"https", "tls"}), std::move(field), matching().equal(nullptr)};
}

Field endpointsField(std::string name, std::string description)
{
    Field endpoint = recordField({}, {addressField("ip"), portField("port")});
    return setField(std::move(name),
                    withChecks(std::move(endpoint), {FieldGroup{FieldGroup::Rule::AtLeastOne, {"ip", "port"}}}))
        .describe(std::move(description));
}

Field routeHostField()
{
    return stringField()
        .as(Format::HostName)
        .match({PatternRule::Kind::All, {"^[^*]*%*?[^*]*$"}, "invalid wildcard: must have at most one wildcard"})
        .match({PatternRule::Kind::Any,
                {"^%*%.", "%.%*$", "^[^*]*$"},
                "invalid wildcard: must be placed at leftmost or rightmost label"})
        .check(checkRouteHost);
}

Field routePathField()
{
    return stringField()
        .describe("A string representing a router path. It must start with a forward slash ('/') for a fixed path, or "
                  "the sequence '~/' for a regex path. It must not have empty segments.")
        .as(Format::Path)
        .match({PatternRule::Kind::None, {"//"}, "must not have empty segments"})
        .match({PatternRule::Kind::Any, {"^/", "^~/"}, "should start with: / (fixed path) or ~/ (regex path)"})
        .check(checkRoutePath);
}

Field routeHeadersField()
{
    return mapField("headers",
                    headerNameField().match({PatternRule::Kind::None,
                                             {"^[Hh][Oo][Ss][Tt]$"},
                                             "cannot contain 'host' header, which must be specified in the 'hosts' "
                                             "attribute"}),
                    arrayField({}, stringField()))
        .describe("A map of header names to arrays of header values.")
        .hint("Headers and the values that they may have.");
}

std::vector<EntityCheck> routeChecks()
{
    return {
        Conditional{"protocols", arrayField({}, stringField().noneOf({"grpcs", "https", "tls", "tls_passthrough"})),
                    "snis", matching().lengthOf(0),
                    "'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'"},
        CustomCheck{nullptr, {"path_handling"}}, // in Kong a warning in the log
        CustomCheck{checkRouteByProtocol, {}, false},
        CustomCheck{checkRouteExpression, {"paths", "headers"}, false},
        CustomCheck{nullptr, // in Kong what checkRouteExpression() does
                    {"destinations", "expression", "headers", "hosts", "id", "methods", "paths", "priority",
                     "protocols", "regex_priority", "snis", "sources"},
                    true,
                    true},
    };
}

} // namespace

const Schema& serviceSchema()
{
    static const Schema schema{
        .fields =
            {
                idField().length(1, {}),
                createdField(),
                updatedField(),
                nameField(),
                integerField("retries")
                    .describe("The number of retries to execute upon failure to proxy.")
                    .hint("How often a failed request is tried again.")
                    .range(0, 32767)
                    .defaultTo(5),
                protocolField("protocol").hint("How to speak to the upstream.").require().defaultTo("http"),
                hostField("host").hint("The upstream's host name or address, without port.").require(),
                portField("port").hint("The upstream's port.").require().defaultTo(80),
                pathField("path").hint("Put in front of the path of each request."),
                timeoutField("connect_timeout").hint("How long connecting may take."),
                timeoutField("write_timeout").hint("How long may pass between two writes."),
                timeoutField("read_timeout").hint("How long may pass between two reads."),
                tagsField(),
                foreignField("client_certificate", "certificates")
                    .describe("Certificate to be used as client certificate while TLS handshaking to the upstream "
                              "server.")
                    .hint("Shown to the upstream when it asks for one."),
                booleanField("tls_verify")
                    .describe("Whether to enable verification of upstream server TLS certificate. If not set, the "
                              "global level config `proxy_ssl_verify` will be used.")
                    .hint("Whether the upstream's certificate has to be trusted."),
                integerField("tls_verify_depth")
                    .describe("Maximum depth of chain while verifying Upstream server's TLS certificate.")
                    .hint("Longest chain of certificates.")
                    .range(0, 64)
                    .defaultTo(nullptr),
                arrayField("ca_certificates", stringField().as(Format::Uuid))
                    .describe("Array of CA Certificate object UUIDs that are used to build the trust store while "
                              "verifying upstream server's TLS certificate.")
                    .hint("Whom to trust; ids of CA certificates."),
                booleanField("enabled")
                    .describe("Whether the Service is active. ")
                    .hint("A service that is off takes its routes with it.")
                    .require()
                    .defaultTo(true),
                stringField("url").hint("Protocol, host, port and path in one.").as(Format::Url).makeShorthand(),
            },
        .checks =
            {
                Conditional{"protocol", matching().oneOf({"grpc", "grpcs", "tcp", "tls", "udp"}), "path",
                            matching().equal(nullptr)},
                onlyWithTls("client_certificate"),
                onlyWithTls("tls_verify"),
                onlyWithTls("tls_verify_depth"),
                onlyWithTls("ca_certificates"),
            },
    };
    return schema;
}

const Schema& routeSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                nameField(),
                setField("protocols", protocolField())
                    .describe("An array of the protocols this Route should allow.")
                    .hint("Protocols that the route allows.")
                    .require()
                    .length(1, {})
                    .defaultTo(Array{"http", "https"})
                    .excludeMixing({{"http", "https"}, {"tcp", "tls", "udp"}, {"tls_passthrough"}, {"grpc", "grpcs"}}),
                integerField("https_redirect_status_code")
                    .describe("The status code Kong responds with when all properties of a Route match except the "
                              "protocol")
                    .hint("Answer to plain HTTP where only HTTPS is allowed.")
                    .require()
                    .oneOf({426, 301, 302, 307, 308})
                    .defaultTo(426),
                booleanField("strip_path")
                    .describe("When matching a Route via one of the paths, strip the matching prefix from the upstream "
                              "request URL.")
                    .hint("Whether the matched part of the path is left out upstream.")
                    .require()
                    .defaultTo(true),
                booleanField("preserve_host")
                    .describe("When matching a Route via one of the hosts domain names, use the request Host header in "
                              "the upstream request headers.")
                    .hint("Whether the upstream gets the client's Host header.")
                    .require()
                    .defaultTo(false),
                booleanField("request_buffering")
                    .describe("Whether to enable request body buffering or not. With HTTP 1.1.")
                    .hint("Whether the request body is read before it is sent on.")
                    .require()
                    .defaultTo(true),
                booleanField("response_buffering")
                    .describe("Whether to enable response body buffering or not.")
                    .hint("Whether the response body is read before it is sent on.")
                    .require()
                    .defaultTo(true),
                tagsField(),
                foreignField("service", "services")
                    .describe("The Service this Route is associated to. This is where the Route proxies traffic to.")
                    .hint("Where requests go."),
                setField("snis", wildcardHostField())
                    .describe("A list of SNIs that match this Route.")
                    .hint("Server names of TLS connections."),
                endpointsField("sources",
                               "A set of sources, each of which is a record with at least one of 'ip' or 'port'.")
                    .hint("Addresses that connections come from."),
                endpointsField("destinations",
                               "A set of destinations, each of which is a record with at least one of 'ip' or 'port'.")
                    .hint("Addresses that connections go to."),
                setField("methods", methodField())
                    .describe("A set of strings representing HTTP methods. Each method must be a valid HTTP method.")
                    .hint("Methods; all when there is none."),
                arrayField("hosts", routeHostField())
                    .describe("An array of strings representing hosts. A valid host is a string containing one or more "
                              "labels separated by periods, with at most one wildcard label ('*')")
                    .hint("Hosts, with one * at an end at most."),
                arrayField("paths", routePathField())
                    .describe("An array of strings representing router paths.")
                    .hint("How paths begin, or ~ and a regular expression."),
                routeHeadersField(),
                integerField("regex_priority")
                    .describe("A number used to choose which route resolves a given request when several routes match "
                              "it using regexes simultaneously.")
                    .hint("Among matching regular expressions the highest wins.")
                    .defaultTo(0),
                stringField("path_handling")
                    .describe("Controls how the Service path, Route path and requested path are combined when sending "
                              "a request to the upstream.")
                    .hint("How paths are joined; v1 only works in Kong's traditional router.")
                    .oneOf({"v0", "v1"})
                    .defaultTo("v0"),
            },
        .checks = routeChecks(),
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
                    .describe("The unique username of the Consumer. You must send at least one of username or "
                              "custom_id with the request.")
                    .hint("Names the consumer; sent upstream as X-Consumer-Username.")
                    .makeUnique(),
                stringField("custom_id")
                    .describe("Stores the existing unique ID of the consumer. You must send at least one of username "
                              "or custom_id with the request.")
                    .hint("Its id in another system; sent upstream as X-Consumer-Custom-ID.")
                    .makeUnique(),
                tagsField(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::AtLeastOne, {"custom_id", "username"}}},
    };
    return schema;
}

} // namespace claimsmith::gateway
