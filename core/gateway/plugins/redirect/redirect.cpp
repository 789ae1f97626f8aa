// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/redirect/redirect.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/requestpath.h"

namespace claimsmith::gateway {

using document::Value;

namespace {

/// The parts of a location as far as the plugin tells them apart; views into the text.
struct Location
{
    std::string_view origin; ///< scheme, "://" and authority
    std::string_view fragment;
};

Location split(std::string_view text)
{
    const std::size_t authority = text.find("://") + 3;
    const std::size_t end = std::min(text.find_first_of("/?#", authority), text.size());
    const std::size_t hash = std::min(text.find('#'), text.size());
    return {text.substr(0, end), text.substr(hash)};
}

const Schema& schema()
{
    static const Schema redirect{
        .fields =
            {
                httpProtocolsField(),
                recordField("config",
                            {
                                integerField("status_code")
                                    .describe("The response code to send. Must be an integer between 100 and 599.")
                                    .hint("Status of the response.")
                                    .require()
                                    .range(100, 599)
                                    .defaultTo(301),
                                stringField("location")
                                    .describe("The URL to redirect to")
                                    .require()
                                    .as(Format::Url)
                                    .check(checkUrl),
                                booleanField("keep_incoming_path")
                                    .describe("Use the incoming request's path and query string in the redirect URL")
                                    .hint("Put the request's own path and query behind the host.")
                                    .defaultTo(false),
                            })
                    .require(),
            },
        .checks = {},
    };
    return redirect;
}

class RedirectPlugin final : public Plugin
{
public:
    explicit RedirectPlugin(const Value& config)
        : m_status(static_cast<int>(numberSetting(config, "status_code", 301))),
          m_location(textSetting(config, "location").value_or("")),
          m_keepsPath(flagSetting(config, "keep_incoming_path")), m_parts(split(m_location))
    {
    }

    Decision access(Exchange& exchange) const override
    {
        Answer answer{m_status, {}, "redirecting"};
        answer.headers.set("Location", m_keepsPath ? withPathOf(exchange) : m_location);
        return answer;
    }

private:
    std::string withPathOf(const Exchange& exchange) const
    {
        std::string location(m_parts.origin);
        location += encodePath(exchange.path);
        if (const auto query = exchange.request.head.query(); query && !query->empty())
            location.append("?").append(*query);
        return location.append(m_parts.fragment);
    }

    int m_status;
    std::string m_location;
    bool m_keepsPath;
    Location m_parts; ///< of m_location
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    return std::unique_ptr<const Plugin>(std::make_unique<const RedirectPlugin>(context.config));
}

} // namespace

PluginDescriptor redirectPlugin()
{
    return {
        .name = "redirect",
        .priority = 779,
        .phases = {Phase::Access},
        .schema = schema,
        .create = create,
    };
}

} // namespace claimsmith::gateway
