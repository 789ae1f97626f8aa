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

Field statusesField(Array statuses)
{
    return arrayField("http_statuses", integerField().range(100, 999))
        .describe("Statuses that count.")
        .defaultTo(std::move(statuses));
}

Field counterField(std::string name)
{
    return integerField(std::move(name)).describe("How many turn the state; 0 counts none.").range(0, 255).defaultTo(0);
}

Field intervalField()
{
    return numberField("interval")
        .describe("Time between probes; 0 turns them off.")
        .measuredIn("s")
        .range(0, 65535)
        .defaultTo(0);
}

Field checkTypeField()
{
    return stringField("type")
        .describe("How health is judged.")
        .oneOf({"tcp", "http", "https", "grpc", "grpcs"})
        .defaultTo("http");
}

Field activeChecksField()
{
    return recordField(
               "active",
               {
                   checkTypeField(),
                   numberField("timeout")
                       .describe("How long a probe may take.")
                       .measuredIn("s")
                       .range(0, 65535)
                       .defaultTo(1),
                   integerField("concurrency")
                       .describe("Probes at the same time.")
                       .range(1, 2147483648.0)
                       .defaultTo(10),
                   stringField("http_path")
                       .describe("What probes ask for.")
                       .as(Format::Path)
                       .defaultTo("/")
                       .check(checkPath),
                   stringField("https_sni").describe("Server name of TLS probes.").check(checkSni),
                   booleanField("https_verify_certificate")
                       .describe("Whether probes check the certificate.")
                       .require()
                       .defaultTo(true),
                   mapField("headers", headerNameField(), arrayField({}, stringField())).describe("Headers of probes."),
                   recordField("healthy", {intervalField(), statusesField({200, 302}), counterField("successes")})
                       .require(),
                   recordField("unhealthy",
                               {intervalField(), statusesField({429, 404, 500, 501, 502, 503, 504, 505}),
                                counterField("tcp_failures"), counterField("timeouts"), counterField("http_failures")})
                       .require(),
               })
        .require();
}

Field passiveChecksField()
{
    const Array good{200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308};
    return recordField("passive",
                       {
                           checkTypeField(),
                           recordField("healthy", {statusesField(good), counterField("successes")}).require(),
                           recordField("unhealthy", {statusesField({429, 500, 503}), counterField("tcp_failures"),
                                                     counterField("timeouts"), counterField("http_failures")})
                               .require(),
                       })
        .require();
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

bool isText(const Value& value, std::string_view wanted)
{
    return value.asString() && *value.asString() == wanted;
}

template <std::size_t Size>
std::optional<std::string> demandOneOf(const Value& value, const std::string_view (&choices)[Size])
{
    std::string joined;
    for (const std::string_view choice : choices) {
        if (isText(value, choice))
            return std::nullopt;
        joined += (joined.empty() ? "" : ", ") + std::string(choice);
    }
    return "expected one of: " + joined;
}

std::optional<std::string> mustBeNone(const Value& value)
{
    static constexpr std::string_view choices[] = {"none"};
    return demandOneOf(value, choices);
}

std::optional<std::string> mustNotBeConsumer(const Value& value)
{
    static constexpr std::string_view choices[] = {"none", "ip",        "header",     "cookie",
                                                   "path", "query_arg", "uri_capture"};
    return demandOneOf(value, choices);
}

std::optional<std::string> mustNotBeIp(const Value& value)
{
    static constexpr std::string_view choices[] = {"none", "consumer",  "header",     "cookie",
                                                   "path", "query_arg", "uri_capture"};
    return demandOneOf(value, choices);
}

std::optional<std::string> mustNotBePath(const Value& value)
{
    static constexpr std::string_view choices[] = {"none",   "consumer",  "ip",         "header",
                                                   "cookie", "query_arg", "uri_capture"};
    return demandOneOf(value, choices);
}

bool isNoneOrCookie(const Value& value)
{
    return isText(value, "none") || isText(value, "cookie");
}

bool isConsumer(const Value& value)
{
    return isText(value, "consumer");
}

bool isIp(const Value& value)
{
    return isText(value, "ip");
}

bool isPath(const Value& value)
{
    return isText(value, "path");
}

bool isHeader(const Value& value)
{
    return isText(value, "header");
}

bool isCookie(const Value& value)
{
    return isText(value, "cookie");
}

bool isQueryArgument(const Value& value)
{
    return isText(value, "query_arg");
}

bool isCapture(const Value& value)
{
    return isText(value, "uri_capture");
}

std::vector<EntityCheck> hashChecks()
{
    using Rule = FieldGroup::Rule;
    return {
        Conditional{"hash_on", isHeader, "hash_on_header", mustBeSet},
        Conditional{"hash_fallback", isHeader, "hash_fallback_header", mustBeSet},
        Conditional{"hash_on", isCookie, "hash_on_cookie", mustBeSet},
        Conditional{"hash_fallback", isCookie, "hash_on_cookie", mustBeSet},
        Conditional{"hash_on", isNoneOrCookie, "hash_fallback", mustBeNone},
        Conditional{"hash_on", isConsumer, "hash_fallback", mustNotBeConsumer},
        Conditional{"hash_on", isIp, "hash_fallback", mustNotBeIp},
        Conditional{"hash_on", isPath, "hash_fallback", mustNotBePath},
        FieldGroup{Rule::Distinct, {"hash_on_header", "hash_fallback_header"}},
        Conditional{"hash_on", isQueryArgument, "hash_on_query_arg", mustBeSet},
        Conditional{"hash_fallback", isQueryArgument, "hash_fallback_query_arg", mustBeSet},
        FieldGroup{Rule::Distinct, {"hash_on_query_arg", "hash_fallback_query_arg"}},
        Conditional{"hash_on", isCapture, "hash_on_uri_capture", mustBeSet},
        Conditional{"hash_fallback", isCapture, "hash_fallback_uri_capture", mustBeSet},
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
                    .describe("What services name as their host.")
                    .as(Format::HostName)
                    .require()
                    .makeUnique()
                    .check(checkUpstreamName),
                stringField("algorithm")
                    .describe("How a target is chosen.")
                    .oneOf({"consistent-hashing", "least-connections", "round-robin", "latency"})
                    .defaultTo("round-robin"),
                stringField("hash_on").describe("What is hashed.").oneOf(hashInputs()).defaultTo("none"),
                stringField("hash_fallback")
                    .describe("What is hashed when that is missing.")
                    .oneOf(hashInputs())
                    .defaultTo("none"),
                headerNameField("hash_on_header"),
                headerNameField("hash_fallback_header"),
                stringField("hash_on_cookie").check(checkCookieName),
                stringField("hash_on_cookie_path").as(Format::Path).defaultTo("/").check(checkPath),
                stringField("hash_on_query_arg").length(1, {}),
                stringField("hash_fallback_query_arg").length(1, {}),
                stringField("hash_on_uri_capture").length(1, {}),
                stringField("hash_fallback_uri_capture").length(1, {}),
                integerField("slots").describe("Points of the hash ring.").range(10, 65536).defaultTo(10000),
                recordField("healthchecks",
                            {numberField("threshold")
                                 .describe("Share of available weight below which the upstream counts as down.")
                                 .measuredIn("%")
                                 .range(0, 100)
                                 .defaultTo(0),
                             activeChecksField(), passiveChecksField()})
                    .require(),
                tagsField(),
                stringField("host_header").describe("Host header for all targets.").check(checkHostAndPort),
                foreignField("client_certificate", "certificates").describe("Shown to targets that ask for one."),
                booleanField("use_srv_name")
                    .describe("Whether the name of an SRV record becomes the Host header.")
                    .defaultTo(false),
            },
        .checks = hashChecks(),
    };
    return schema;
}

const Schema& targetSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                numberField("created_at").describe("When it was made, in Unix time.").measuredIn("s").makeAutomatic(),
                numberField("updated_at")
                    .describe("When it was changed, in Unix time.")
                    .measuredIn("s")
                    .makeAutomatic(),
                foreignField("upstream", "upstreams").require(),
                stringField("target")
                    .describe("Host and port; port 8000 when there is none.")
                    .require()
                    .check(checkTarget),
                integerField("weight").describe("Its share; 0 takes it out.").range(0, 65535).defaultTo(100),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway
