// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

#include <algorithm>
#include <string>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

std::vector<Value> hashInputs()
{
    return {"none", "consumer", "ip", "header", "cookie", "path", "query_arg", "uri_capture"};
}

/// The record with the defaults of its fields as its own, as Kong prints records of health checks.
Field withFieldDefaults(Field record)
{
    Object defaults;
    for (const Field& field : record.fields)
        if (field.fallback)
            defaults.append(field.name, *field.fallback);
    return std::move(record).require().defaultTo(std::move(defaults));
}

Field statusesField(Array statuses)
{
    return arrayField("http_statuses", integerField().range(100, 999))
        .hint("Statuses that count.")
        .defaultTo(std::move(statuses));
}

Field counterField(std::string name)
{
    return integerField(std::move(name)).hint("How many turn the state; 0 counts none.").range(0, 255).defaultTo(0);
}

Field intervalField()
{
    return numberField("interval")
        .hint("Time between probes; 0 turns them off.")
        .measuredIn("s")
        .range(0, 65535)
        .defaultTo(0);
}

Field checkTypeField()
{
    return stringField("type")
        .hint("How health is judged.")
        .oneOf({"tcp", "http", "https", "grpc", "grpcs"})
        .defaultTo("http");
}

Field activeChecksField()
{
    const Array bad{429, 404, 500, 501, 502, 503, 504, 505};
    return withFieldDefaults(recordField(
        "active",
        {
            checkTypeField(),
            numberField("timeout").hint("How long a probe may take.").measuredIn("s").range(0, 65535).defaultTo(1),
            integerField("concurrency").hint("Probes at the same time.").range(1, 2147483648.0).defaultTo(10),
            pathField("http_path").hint("What probes ask for.").defaultTo("/"),
            sniField("https_sni").hint("Server name of TLS probes.").annotate("required", false),
            booleanField("https_verify_certificate")
                .hint("Whether probes check the certificate.")
                .require()
                .defaultTo(true),
            headersField("headers").hint("Headers of probes.").annotate("required", false),
            withFieldDefaults(
                recordField("healthy", {intervalField(), statusesField({200, 302}), counterField("successes")})),
            withFieldDefaults(
                recordField("unhealthy", {intervalField(), statusesField(bad), counterField("tcp_failures"),
                                          counterField("timeouts"), counterField("http_failures")})),
        }));
}

Field passiveChecksField()
{
    const Array good{200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308};
    return withFieldDefaults(recordField(
        "passive",
        {
            checkTypeField(),
            withFieldDefaults(recordField("healthy", {statusesField(good), counterField("successes")})),
            withFieldDefaults(recordField("unhealthy", {statusesField({429, 500, 503}), counterField("tcp_failures"),
                                                        counterField("timeouts"), counterField("http_failures")})),
        }));
}

Field healthChecksField()
{
    return recordField("healthchecks", {numberField("threshold")
                                            .hint("Share of available weight below which the upstream counts as down.")
                                            .measuredIn("%")
                                            .range(0, 100)
                                            .defaultTo(0),
                                        activeChecksField(), passiveChecksField()})
        .describe("The array of healthchecks.")
        .require();
}

/// Kong prints it without the threshold.
Object healthChecksDefault()
{
    return {{"active", *activeChecksField().fallback}, {"passive", *passiveChecksField().fallback}};
}

std::optional<std::string> checkUpstreamName(const Value& value)
{
    const std::string& name = *value.asString();
    const auto error = checkHost(value);
    if (!error)
        return std::nullopt;
    if (*error == "must not have a port")
        return "Invalid name ('" + name + "'); no port allowed";
    return "Invalid name ('" + name + "'); must be a valid hostname";
}

/// `field` has to be set when `choice` has this value.
Conditional demands(const std::string& choice, const std::string& value, std::string field)
{
    return {choice, matching().match("^" + value + "$"), std::move(field), matching().require()};
}

/// What may be fallen back to when this is hashed.
Conditional limitsFallback(const std::string& hashed, std::vector<Value> fallbacks)
{
    return {"hash_on", matching().match("^" + hashed + "$"), "hash_fallback", matching().oneOf(std::move(fallbacks))};
}

std::vector<EntityCheck> hashChecks()
{
    using Rule = FieldGroup::Rule;
    return {
        demands("hash_on", "header", "hash_on_header"),
        demands("hash_fallback", "header", "hash_fallback_header"),
        demands("hash_on", "cookie", "hash_on_cookie"),
        demands("hash_fallback", "cookie", "hash_on_cookie"),
        limitsFallback("none", {"none"}),
        limitsFallback("cookie", {"none"}),
        limitsFallback("consumer", {"none", "ip", "header", "cookie", "path", "query_arg", "uri_capture"}),
        limitsFallback("ip", {"none", "consumer", "header", "cookie", "path", "query_arg", "uri_capture"}),
        limitsFallback("path", {"none", "consumer", "ip", "header", "cookie", "query_arg", "uri_capture"}),
        FieldGroup{Rule::Distinct, {"hash_on_header", "hash_fallback_header"}},
        demands("hash_on", "query_arg", "hash_on_query_arg"),
        demands("hash_fallback", "query_arg", "hash_fallback_query_arg"),
        FieldGroup{Rule::Distinct, {"hash_on_query_arg", "hash_fallback_query_arg"}},
        demands("hash_on", "uri_capture", "hash_on_uri_capture"),
        demands("hash_fallback", "uri_capture", "hash_fallback_uri_capture"),
        FieldGroup{Rule::Distinct, {"hash_on_uri_capture", "hash_fallback_uri_capture"}},
    };
}

std::optional<std::string> checkTarget(const Value& value)
{
    if (!checkHostAndPort(value))
        return std::nullopt;
    return "Invalid target ('" + *value.asString() + "'); not a valid hostname or ip address";
}

} // namespace

const Schema& upstreamSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("name")
                    .describe("This is a hostname, which must be equal to the host of a Service.")
                    .hint("What services name as their host.")
                    .as(Format::HostName)
                    .require()
                    .makeUnique()
                    .check(checkUpstreamName),
                stringField("algorithm")
                    .describe("Which load balancing algorithm to use.")
                    .hint("How a target is chosen.")
                    .oneOf({"consistent-hashing", "least-connections", "round-robin", "latency"})
                    .defaultTo("round-robin"),
                stringField("hash_on").hint("What is hashed.").oneOf(hashInputs()).defaultTo("none"),
                stringField("hash_fallback")
                    .hint("What is hashed when that is missing.")
                    .oneOf(hashInputs())
                    .defaultTo("none"),
                headerNameField("hash_on_header"),
                headerNameField("hash_fallback_header"),
                stringField("hash_on_cookie")
                    .describe("The cookie name to take the value from as hash input.")
                    .check(checkCookieName),
                pathField("hash_on_cookie_path").defaultTo("/"),
                stringField("hash_on_query_arg").length(1, {}),
                stringField("hash_fallback_query_arg").length(1, {}),
                stringField("hash_on_uri_capture").length(1, {}),
                stringField("hash_fallback_uri_capture").length(1, {}),
                integerField("slots")
                    .describe("The number of slots in the load balancer algorithm.")
                    .hint("Points of the hash ring.")
                    .range(10, 65536)
                    .defaultTo(10000),
                healthChecksField().defaultTo(healthChecksDefault()),
                tagsField(),
                stringField("host_header")
                    .describe("A string representing a host name with an optional port number, such as example.com or "
                              "example.com:8080.")
                    .hint("Host header for all targets.")
                    .check(checkHostAndPort),
                foreignField("client_certificate", "certificates")
                    .describe("If set, the certificate to be used as client certificate while TLS handshaking to the "
                              "upstream server.")
                    .hint("Shown to targets that ask for one."),
                booleanField("use_srv_name")
                    .describe("If set, the balancer will use SRV hostname.")
                    .hint("Whether the name of an SRV record becomes the Host header.")
                    .defaultTo(false),
            },
        .checks = hashChecks(),
    };
    return schema;
}

const Schema& targetSchema()
{
    static const auto timeField = [](std::string name, std::string hint) {
        return numberField(std::move(name))
            .describe("A number representing an automatic Unix timestamp in milliseconds.")
            .hint(std::move(hint))
            .measuredIn("s")
            .makeTime();
    };
    static const Schema schema{
        .fields =
            {
                idField(),
                timeField("created_at", "When it was made, in Unix time."),
                timeField("updated_at", "When it was changed, in Unix time."),
                foreignField("upstream", "upstreams")
                    .describe("The unique identifier or the name of the upstream for which to update the target.")
                    .require()
                    .cascade(),
                stringField("target")
                    .describe("The target address (ip or hostname) and port.")
                    .hint("Host and port; port 8000 when there is none.")
                    .require()
                    .check(checkTarget),
                integerField("weight")
                    .describe("The weight this target gets within the upstream loadbalancer (0-65535).")
                    .hint("Its share; 0 takes it out.")
                    .range(0, 65535)
                    .defaultTo(100),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway
