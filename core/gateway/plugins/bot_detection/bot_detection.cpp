// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/bot_detection/bot_detection.h"

#include "base/text.h"
#include "gateway/fieldrules.h"
#include "gateway/pattern.h"
#include "gateway/plugins/bot_detection/checks.h"
#include "gateway/plugins/bot_detection/explain.h"
#include "gateway/plugins/bot_detection/knownbots.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"

namespace claimsmith::gateway {

using document::Array;
using document::Value;

namespace {

const Schema& schema()
{
    static const Schema detection{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField("config",
                            {
                                arrayField("allow", stringField().regex())
                                    .describe("An array of regular expressions that should be allowed. The regular "
                                              "expressions will be checked against the `User-Agent` header.")
                                    .hint("Expressions for user agents that are let in, whatever else holds.")
                                    .defaultTo(Array{}),
                                arrayField("deny", stringField().regex())
                                    .describe("An array of regular expressions that should be denied. The regular "
                                              "expressions will be checked against the `User-Agent` header.")
                                    .hint("Expressions for user agents that are turned away.")
                                    .defaultTo(Array{}),
                            })
                    .require(),
            },
        .checks = {},
    };
    return detection;
}

/// One expression of the configuration.
struct Rule
{
    std::string text;
    std::optional<Pattern> pattern; ///< nothing: it needs a backtracking engine, and never matches
    std::string pointer;
};

std::vector<Rule> rulesOf(const PluginContext& context, std::string_view setting)
{
    std::vector<Rule> rules;
    const std::string list = document::joinPointer(context.pointer, setting);
    for (const std::string& text : textsSetting(context.config, setting)) {
        const std::string pointer = document::joinPointer(list, rules.size());
        rules.push_back({text, Pattern::compile(text, Pattern::Anchor::None), pointer});
    }
    return rules;
}

const Rule* findMatch(const std::vector<Rule>& rules, std::string_view agent)
{
    const auto matches = [&](const Rule& rule) { return rule.pattern && rule.pattern->matches(agent); };
    const auto found = std::ranges::find_if(rules, matches);
    return found == rules.end() ? nullptr : &*found;
}

class BotDetectionPlugin final : public Plugin
{
public:
    explicit BotDetectionPlugin(const PluginContext& context)
        : m_allow(rulesOf(context, "allow")), m_deny(rulesOf(context, "deny"))
    {
    }

    Decision access(Exchange& exchange) const override
    {
        Findings findings(exchange.step(), botdetection::all);
        auto refusal = check(exchange, findings);
        findings.closeUnchecked();
        if (refusal)
            return std::move(*refusal);
        return Continue{};
    }

private:
    std::optional<Answer> check(Exchange& exchange, Findings& findings) const
    {
        using namespace botdetection;
        const http::HeaderMap& headers = exchange.upstream.headers;
        const auto refuse = [&](int status, std::string_view message) {
            return errorAnswer(exchange.request.head.headers, exchange.requestId, status, message);
        };
        if (const std::size_t count = headers.count("user-agent"); count > 1) {
            findings.failed({.check = std::string(singleAgent), .expected = "1", .found = std::to_string(count)});
            return refuse(400, "Only one User-Agent header allowed");
        }
        const std::string_view agent = trimmed(headers.value("user-agent"));
        if (!headers.contains("user-agent")) {
            exchange.setVerdict(Step::Verdict::Skipped);
            return std::nullopt;
        }
        findings.passed({.check = std::string(singleAgent), .found = std::string(agent)});
        if (const Rule* const rule = findMatch(m_allow, agent)) {
            findings.passed(findingOf(allowed, *rule, agent));
            return std::nullopt;
        }
        if (const Rule* const rule = findMatch(m_deny, agent)) {
            findings.failed(findingOf(notDenied, *rule, agent));
            return refuse(403, {});
        }
        findings.passed({.check = std::string(notDenied), .found = std::string(agent)});
        if (isKnownBot(agent)) {
            findings.failed({.check = std::string(notKnown), .found = std::string(agent)});
            return refuse(403, {});
        }
        findings.passed({.check = std::string(notKnown), .found = std::string(agent)});
        return std::nullopt;
    }

    static Finding findingOf(std::string_view check, const Rule& rule, std::string_view agent)
    {
        return {
            .check = std::string(check), .expected = rule.text, .found = std::string(agent), .pointer = rule.pointer};
    }

    std::vector<Rule> m_allow;
    std::vector<Rule> m_deny;
};

} // namespace

PluginDescriptor botDetectionPlugin()
{
    return {
        .name = "bot-detection",
        .priority = 2500,
        .phases = {Phase::Access},
        .schema = schema,
        .create = makePlugin<BotDetectionPlugin>,
        .explain = botdetection::explainRefusal,
    };
}

} // namespace claimsmith::gateway
