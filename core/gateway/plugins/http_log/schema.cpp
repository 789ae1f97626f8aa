// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/http_log/schema.h"

#include "base/text.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/pre_function/logfields.h"
#include "http/url.h"

#include <algorithm>

namespace claimsmith::gateway::httplog {

using document::Object;
using document::Value;

namespace {

/// Kong's words for an old field that it still takes.
Object deprecated(const char* message, int oldDefault)
{
    return {{"message", message}, {"removal_in_version", "4.0"}, {"old_default", oldDefault}};
}

/// Names that the plugin writes itself. Kong's pattern for Content-Length has an "n" where it means "N".
Field ownHeaderName()
{
    using Kind = PatternRule::Kind;
    return headerNameField()
        .match(PatternRule{Kind::None, {"^[Hh][Oo][Ss][Tt]$"}, "cannot contain 'Host' header"})
        .match(PatternRule{Kind::None,
                           {"^[Cc][Oo][Nn][Tt][Ee][Nn][Tt]%-[Ll][Ee][nn][Gg][Tt][Hh]$"},
                           "cannot contain 'Content-Length' header"})
        .match(PatternRule{
            Kind::None, {"^[Cc][Oo][Nn][Tt][Ee][Nn][Tt]%-[Tt][Yy][Pp][Ee]$"}, "cannot contain 'Content-Type' header"});
}

Field headersMap()
{
    return mapField("headers", ownHeaderName(), stringField().makeReferenceable())
        .describe("An optional table of headers included in the HTTP message to the upstream server. Values are "
                  "indexed by header name, and each header name accepts a single string.");
}

Field queueField()
{
    return recordField(
               "queue",
               {
                   integerField("max_batch_size")
                       .describe("Maximum number of entries that can be processed at a time.")
                       .range(1, 1'000'000)
                       .defaultTo(1),
                   numberField("max_coalescing_delay")
                       .describe("Maximum number of (fractional) seconds to elapse after the first entry was queued "
                                 "before the queue starts calling the handler.")
                       .measuredIn("s")
                       .range(0, 3600)
                       .defaultTo(1),
                   integerField("max_entries")
                       .describe("Maximum number of entries that can be waiting on the queue.")
                       .range(1, 1'000'000)
                       .defaultTo(10'000),
                   integerField("max_bytes")
                       .describe("Maximum number of bytes that can be waiting on a queue, requires string content."),
                   numberField("max_retry_time")
                       .describe("Time in seconds before the queue gives up calling a failed handler for a batch.")
                       .measuredIn("s")
                       .defaultTo(60),
                   numberField("initial_retry_delay")
                       .describe("Time in seconds before the initial retry is made for a failing batch.")
                       .measuredIn("s")
                       .range(0.001, 1'000'000)
                       .defaultTo(0.01),
                   numberField("max_retry_delay")
                       .describe("Maximum time in seconds between retries, caps exponential backoff.")
                       .measuredIn("s")
                       .range(0.001, 1'000'000)
                       .defaultTo(60),
                   integerField("concurrency_limit")
                       .describe("The number of of queue delivery timers. -1 indicates unlimited.")
                       .hint("1: one delivery at a time. -1: each entry at once, alone.")
                       .oneOf({-1, 1})
                       .defaultTo(1),
               })
        .require();
}

std::vector<Field> configFields()
{
    return {
        urlField("http_endpoint").require().makeReferenceable().annotate("encrypted", true),
        stringField("method")
            .describe("An optional method used to send data to the HTTP server. Supported values are `POST` (default), "
                      "`PUT`, and `PATCH`.")
            .oneOf({"POST", "PUT", "PATCH"})
            .defaultTo("POST"),
        stringField("content_type")
            .describe("Indicates the type of data sent. The only available option is `application/json`.")
            .oneOf({"application/json", "application/json; charset=utf-8"})
            .defaultTo("application/json"),
        numberField("timeout")
            .describe("An optional timeout in milliseconds when sending data to the upstream server.")
            .measuredIn("ms")
            .defaultTo(10'000),
        numberField("keepalive")
            .describe("An optional value in milliseconds that defines how long an idle connection will live before "
                      "being closed.")
            .measuredIn("ms")
            .defaultTo(60'000),
        integerField("retry_count")
            .describe("Number of times to retry when sending data to the upstream server.")
            .annotate("deprecation", deprecated("http-log: config.retry_count no longer works, please use "
                                                "config.queue.max_retry_time instead",
                                                10)),
        integerField("queue_size")
            .describe("Maximum number of log entries to be sent on each message to the upstream server.")
            .annotate("deprecation", deprecated("http-log: config.queue_size is deprecated, please use "
                                                "config.queue.max_batch_size instead",
                                                1)),
        numberField("flush_timeout")
            .describe("Optional time in seconds. If `queue_size` > 1, this is the max idle time before sending a log "
                      "with less than `queue_size` records.")
            .annotate("deprecation", deprecated("http-log: config.flush_timeout is deprecated, please use "
                                                "config.queue.max_coalescing_delay instead",
                                                2)),
        headersMap(),
        queueField(),
        functions::logFieldsField(),
    };
}

std::optional<std::string> checkConfig(const Value& config)
{
    const auto url = http::parseUrl(textSetting(config, "http_endpoint").value_or(""));
    const Value* const headers = config.find("headers");
    const bool hasAuthorization =
        headers && headers->asObject() && std::ranges::any_of(*headers->asObject(), [](const document::Member& header) {
            return equalIgnoringCase(header.name, "authorization");
        });
    if (!hasAuthorization || !url || !url->userInfo)
        return std::nullopt;
    return "specifying both an 'Authorization' header and user info in 'http_endpoint' is not allowed";
}

} // namespace

const Schema& schema()
{
    static const Schema httpLog{
        .fields = {protocolsField({"grpc", "grpcs", "http", "https"}),
                   recordField("config", configFields()).require().check(checkConfig)},
        .checks = {},
    };
    return httpLog;
}

} // namespace claimsmith::gateway::httplog
