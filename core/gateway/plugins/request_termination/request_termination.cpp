// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_termination/request_termination.h"

#include "gateway/entities.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/request_termination/echo.h"
#include "gateway/plugins/requestarguments.h"
#include "http/query.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Object;
using document::Value;

namespace {

bool isSet(const Value& config, std::string_view name)
{
    const Value* value = config.find(name);
    return value && !value->isNull();
}

std::optional<std::string> checkConfig(const Value& config)
{
    const bool hasBody = isSet(config, "body");
    const bool hasType = isSet(config, "content_type");
    const auto* echo = config.find("echo");
    if (isSet(config, "message") && (hasBody || hasType))
        return "message cannot be used with content_type or body";
    if (echo && echo->asBoolean() && *echo->asBoolean() && (hasBody || hasType))
        return "echo cannot be used with content_type and body";
    if (hasType && !hasBody)
        return "content_type requires a body";
    return std::nullopt;
}

const Schema& schema()
{
    static const Schema termination{
        .fields =
            {
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        integerField("status_code")
                            .describe("The response code to send. Must be an integer between 100 and 599.")
                            .hint("Status of the response.")
                            .require()
                            .range(100, 599)
                            .defaultTo(503),
                        stringField("message")
                            .describe("The message to send, if using the default response generator.")
                            .hint("Message of a JSON response."),
                        stringField("content_type")
                            .describe("Content type of the raw response configured with `config.body`.")
                            .hint("Content type of the body."),
                        stringField("body")
                            .describe("The raw response body to send. This is mutually exclusive with the "
                                      "`config.message` field.")
                            .hint("The whole body, sent as it is.")
                            .as(Format::MultiLine),
                        booleanField("echo")
                            .describe("When set, the plugin will echo a copy of the request back to the client. The "
                                      "main usecase for this is debugging. It can be combined with `trigger` in order "
                                      "to debug requests on live systems without disturbing real traffic.")
                            .hint("Describe the request in the response.")
                            .require()
                            .defaultTo(false),
                        headerNameField("trigger")
                            .describe("A string representing an HTTP header name.")
                            .hint("Only answer when a header or query parameter of this name is there."),
                    })
                    .require()
                    .check(checkConfig),
            },
        .checks = {},
    };
    return termination;
}

/// Texts for statuses without a message; they are not those of errorAnswer().
std::string_view usualMessage(int status) noexcept
{
    static constexpr std::pair<int, std::string_view> texts[] = {
        {401, "Unauthorized"},       {404, "Not found"},
        {405, "Method not allowed"}, {500, "An unexpected error occurred"},
        {502, "Bad Gateway"},        {503, "Service unavailable"},
    };
    const auto found = std::ranges::find(texts, status, &std::pair<int, std::string_view>::first);
    return found == std::end(texts) ? std::string_view() : found->second;
}

class RequestTerminationPlugin final : public Plugin
{
public:
    explicit RequestTerminationPlugin(const Value& config)
        : m_status(static_cast<int>(numberSetting(config, "status_code", 503))),
          m_message(textSetting(config, "message")), m_contentType(textSetting(config, "content_type")),
          m_body(textSetting(config, "body")), m_echoes(flagSetting(config, "echo")),
          m_trigger(textSetting(config, "trigger"))
    {
    }

    bool needsRequestBody(const ClientRequest&) const noexcept override { return m_echoes; }

    Decision access(Exchange& exchange) const override
    {
        if (m_trigger && !isTriggered(exchange)) {
            exchange.setVerdict(Step::Verdict::Skipped);
            return Continue{};
        }
        const std::string message = m_message.value_or(std::string(usualMessage(m_status)));
        if (m_echoes)
            return exitAnswer(m_status, describeRequest(exchange, message));
        if (m_body) {
            Answer answer{m_status, {}, *m_body};
            if (m_contentType)
                answer.headers.set("Content-Type", *m_contentType);
            return answer;
        }
        if (message.empty())
            return exitAnswer(m_status);
        return exitAnswer(m_status, Object{{"message", message}});
    }

private:
    bool isTriggered(const Exchange& exchange) const
    {
        if (!findHeaderLines(exchange.upstream.headers, *m_trigger).empty())
            return true;
        return exchange.upstream.query && http::parseQuery(*exchange.upstream.query).find(*m_trigger);
    }

    int m_status;
    std::optional<std::string> m_message;
    std::optional<std::string> m_contentType;
    std::optional<std::string> m_body;
    bool m_echoes;
    std::optional<std::string> m_trigger;
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    return std::unique_ptr<const Plugin>(std::make_unique<const RequestTerminationPlugin>(context.config));
}

} // namespace

PluginDescriptor requestTerminationPlugin()
{
    return {
        .name = "request-termination",
        .priority = 2,
        .phases = {Phase::Access},
        .schema = schema,
        .create = create,
    };
}

} // namespace claimsmith::gateway
