// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/http_log/http_log.h"

#include "base/base64.h"
#include "base/text.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/http_log/schema.h"
#include "gateway/plugins/logrecord.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/pre_function/logfields.h"
#include "gateway/sharedstate.h"
#include "http/url.h"

#include <algorithm>
#include <chrono>

namespace claimsmith::gateway {

using document::Value;

namespace {

/// What nginx makes of a timeout of 0.
constexpr double usualTimeout = 60'000;
/// Only the status of an answer matters; its body may be of any size, but not in memory.
constexpr std::size_t answerMemory = 64 * 1024;
/// Longer than any queue lives, and still countable in nanoseconds.
constexpr double longestSeconds = 1e9;
/// As many as libcurl can count.
constexpr double longestMilliseconds = 2e9;

QueueRules::Duration secondsSetting(const Value& config, std::string_view name)
{
    const std::chrono::duration<double> seconds(std::clamp(numberSetting(config, name), -1.0, longestSeconds));
    return std::chrono::duration_cast<QueueRules::Duration>(seconds);
}

std::size_t sizeSetting(const Value& config, std::string_view name, std::size_t fallback)
{
    const double size = numberSetting(config, name, static_cast<double>(fallback));
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

/// The settings of `queue`, and the old ones where they are not what they were by default: then Kong prefers them.
QueueRules readRules(const Value& config)
{
    constexpr double oldQueueSize = 1;
    constexpr double oldFlushTimeout = 2;
    const Value& queue = *config.find("queue");
    QueueRules rules;
    rules.maximumBatch = sizeSetting(queue, "max_batch_size", 1);
    rules.coalescing = secondsSetting(queue, "max_coalescing_delay");
    rules.maximumEntries = sizeSetting(queue, "max_entries", rules.maximumEntries);
    if (const Value* const bytes = queue.find("max_bytes"); bytes && !bytes->isNull())
        rules.maximumBytes = sizeSetting(queue, "max_bytes", 0);
    rules.retryTime = secondsSetting(queue, "max_retry_time");
    rules.firstRetry = secondsSetting(queue, "initial_retry_delay");
    rules.maximumRetry = secondsSetting(queue, "max_retry_delay");
    rules.isConcurrent = numberSetting(queue, "concurrency_limit", 1) < 0;
    if (numberSetting(config, "queue_size", oldQueueSize) != oldQueueSize)
        rules.maximumBatch = std::max<std::size_t>(sizeSetting(config, "queue_size", 1), 1);
    if (numberSetting(config, "flush_timeout", oldFlushTimeout) != oldFlushTimeout)
        rules.coalescing = secondsSetting(config, "flush_timeout");
    return rules;
}

/// Kong's name: these settings, and nothing of `queue`, tell queues apart.
std::string queueName(const Value& config)
{
    const auto number = [&](std::string_view name) { return document::Number(numberSetting(config, name)).text(); };
    return textSetting(config, "http_endpoint").value_or("") + ":" + textSetting(config, "method").value_or("") + ":" +
           textSetting(config, "content_type").value_or("") + ":" + number("timeout") + ":" + number("keepalive") +
           ":" + number("retry_count");
}

/// What the plugin writes itself wins over the configured headers.
http::HeaderMap headersFor(const Value& config, const std::optional<std::string>& userInfo)
{
    http::HeaderMap headers;
    headers.set("Content-Type", textSetting(config, "content_type").value_or("application/json"));
    if (userInfo)
        headers.set("Authorization", "Basic " + toBase64(*userInfo));
    const Value* const configured = config.find("headers");
    if (configured && configured->asObject())
        for (const auto& [name, value] : *configured->asObject())
            if (value.asString() && !headers.contains(name) && !equalIgnoringCase(name, "Content-Length"))
                headers.set(name, *value.asString());
    return headers;
}

/// The URL without what Kong does not send: user information and query. One that is none stays for the client to
/// refuse: Kong, too, only finds out when it sends.
std::string urlText(http::Url url)
{
    url.userInfo.reset();
    url.query.reset();
    url.fragment.reset();
    return url.toString();
}

std::shared_ptr<const Destination> readDestination(const Value& config)
{
    const std::string endpoint = textSetting(config, "http_endpoint").value_or("");
    const auto url = http::parseUrl(endpoint);
    Destination destination;
    destination.queue = queueName(config);
    destination.name = "http-log to " + (url ? url->authority() : std::string("an unusable URL"));
    destination.rules = readRules(config);
    destination.sendsLists = destination.rules.maximumBatch != 1;
    http::ClientRequest& request = destination.request;
    request.method = textSetting(config, "method").value_or("POST");
    request.url = url ? urlText(*url) : endpoint;
    request.headers = headersFor(config, url ? url->userInfo : std::nullopt);
    request.protocol = http::ClientRequest::Protocol::Http11;
    request.decode = false;
    request.tls.verify = false;
    const double timeout = numberSetting(config, "timeout");
    const std::chrono::duration<double, std::milli> limit(timeout > 0 ? std::min(timeout, longestMilliseconds)
                                                                      : usualTimeout);
    request.connectTimeout = request.totalTimeout = std::chrono::ceil<std::chrono::milliseconds>(limit);
    const std::chrono::duration<double, std::milli> idle(
        std::clamp(numberSetting(config, "keepalive"), 0.0, longestMilliseconds));
    request.maximumIdle = std::chrono::ceil<std::chrono::seconds>(idle);
    request.memoryLimit = answerMemory;
    return std::make_shared<const Destination>(std::move(destination));
}

class HttpLogPlugin final : public Plugin
{
public:
    explicit HttpLogPlugin(const PluginContext& context)
        : m_fields(context.config), m_destination(readDestination(context.config))
    {
    }

    void log(Exchange& exchange) const override
    {
        m_fields.apply(exchange);
        exchange.state.deliveries.add(m_destination, logRecord(exchange));
    }

private:
    functions::LogFields m_fields;
    std::shared_ptr<const Destination> m_destination;
};

} // namespace

PluginDescriptor httpLogPlugin()
{
    return {
        .name = "http-log",
        .priority = 12,
        .phases = {Phase::Log},
        .schema = httplog::schema,
        .create = makePlugin<HttpLogPlugin>,
    };
}

} // namespace claimsmith::gateway
