// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_size_limiting/request_size_limiting.h"

#include "base/text.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/request_size_limiting/checks.h"
#include "gateway/plugins/request_size_limiting/explain.h"

#include <charconv>
#include <cstdint>

namespace claimsmith::gateway {
namespace {

const Schema& schema()
{
    static const Schema limiting{
        .fields =
            {
                httpProtocolsField(),
                recordField("config",
                            {
                                integerField("allowed_payload_size")
                                    .describe("Allowed request payload size in megabytes. Default is `128` megabytes "
                                              "(128000000 bytes).")
                                    .hint("The largest body that is let in.")
                                    .defaultTo(128),
                                stringField("size_unit")
                                    .describe("Size unit can be set either in `bytes`, `kilobytes`, or `megabytes` "
                                              "(default). This configuration is not available in versions prior to "
                                              "Kong Gateway 1.3 and Kong Gateway (OSS) 2.0.")
                                    .hint("What the size counts: 1024 of one are the next.")
                                    .require()
                                    .defaultTo("megabytes")
                                    .oneOf({"megabytes", "kilobytes", "bytes"}),
                                booleanField("require_content_length")
                                    .describe("Set to `true` to ensure a valid `Content-Length` header exists before "
                                              "reading the request body.")
                                    .hint("Refuse requests that do not say how long they are.")
                                    .require()
                                    .defaultTo(false),
                            })
                    .require(),
            },
        .checks = {},
    };
    return limiting;
}

std::int64_t factorOf(std::string_view unit) noexcept
{
    return unit == "bytes" ? 1 : unit == "kilobytes" ? 1024 : 1024 * 1024;
}

std::optional<std::int64_t> contentLength(const http::HeaderMap& headers) noexcept
{
    const auto text = headers.find("Content-Length");
    std::int64_t length = 0;
    if (!text)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(length) : std::nullopt;
}

class RequestSizeLimitingPlugin final : public Plugin
{
public:
    explicit RequestSizeLimitingPlugin(const PluginContext& context)
        : m_limit(static_cast<std::int64_t>(numberSetting(context.config, "allowed_payload_size")) *
                  factorOf(textSetting(context.config, "size_unit").value_or("megabytes"))),
          m_requiresLength(flagSetting(context.config, "require_content_length")), m_pointer(context.pointer)
    {
    }

    /// A length that is told is believed: the server holds the body to it.
    bool needsRequestBody(const ClientRequest& request) const noexcept override
    {
        return !contentLength(request.head.headers) && !lacksLength(request.head.headers);
    }

    Decision access(Exchange& exchange) const override
    {
        Findings findings(exchange.step(), requestsize::all);
        auto refusal = check(exchange, findings);
        findings.closeUnchecked();
        return refusal ? Decision(std::move(*refusal)) : Continue{};
    }

private:
    bool lacksLength(const http::HeaderMap& headers) const noexcept
    {
        return m_requiresLength && headers.value("Transfer-Encoding") != "chunked";
    }

    std::optional<Answer> check(const Exchange& exchange, Findings& findings) const
    {
        const http::HeaderMap& headers = exchange.request.head.headers;
        const auto told = contentLength(headers);
        const bool isTold = told || !lacksLength(headers);
        if (findings && m_requiresLength)
            findings.record(isTold, {.check = std::string(requestsize::lengthGiven),
                                     .pointer = document::joinPointer(m_pointer, "require_content_length")});
        if (!isTold)
            return errorAnswer(headers, exchange.requestId, 411, "A valid Content-Length header is required");
        const std::int64_t length = told ? *told : std::ssize(exchange.request.body.value_or(Bytes()));
        if (findings)
            findings.record(length <= m_limit, {.check = std::string(requestsize::within),
                                                .expected = std::to_string(m_limit),
                                                .found = std::to_string(length),
                                                .pointer = document::joinPointer(m_pointer, "allowed_payload_size")});
        if (length <= m_limit)
            return std::nullopt;
        const bool isExpecting = equalIgnoringCase(trimmed(headers.value("Expect")), "100-continue");
        return errorAnswer(headers, exchange.requestId, isExpecting ? 417 : 413, "Request size limit exceeded");
    }

    std::int64_t m_limit;
    bool m_requiresLength;
    std::string m_pointer;
};

} // namespace

PluginDescriptor requestSizeLimitingPlugin()
{
    return {
        .name = "request-size-limiting",
        .priority = 951,
        .phases = {Phase::Access},
        .schema = schema,
        .create = makePlugin<RequestSizeLimitingPlugin>,
        .explain = requestsize::explainRefusal,
    };
}

} // namespace claimsmith::gateway
