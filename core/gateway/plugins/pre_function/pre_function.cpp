// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/pre_function.h"

#include "gateway/explain.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/pre_function/call.h"
#include "gateway/plugins/pre_function/checks.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway {

using document::Array;
using document::Value;

namespace functions {
namespace {

std::optional<std::string> checkPreFunction(const Value& value)
{
    const auto problem = findProblem(*value.asString());
    return problem ? std::optional("error parsing pre-function: " + *problem) : std::nullopt;
}

std::optional<std::string> checkPostFunction(const Value& value)
{
    const auto problem = findProblem(*value.asString());
    return problem ? std::optional("error parsing post-function: " + *problem) : std::nullopt;
}

std::optional<std::string> refuseCertificate(const Value&)
{
    return "functions of the certificate phase can't run here";
}

Field phaseField(const char* name, FieldValidator rule)
{
    return arrayField(name, stringField().as(Format::MultiLine).check(rule))
        .hint("Lua that runs in this phase, one text after the other.")
        .require()
        .defaultTo(Array{});
}

Schema makeSchema(FieldValidator rule)
{
    return {.fields = {recordField("config", {phaseField("certificate", refuseCertificate), phaseField("rewrite", rule),
                                              phaseField("access", rule), phaseField("header_filter", rule),
                                              phaseField("body_filter", rule), phaseField("log", rule)})
                           .require()},
            .checks = {FieldGroup{FieldGroup::Rule::AtLeastOne,
                                  {"config.certificate", "config.rewrite", "config.access", "config.header_filter",
                                   "config.body_filter", "config.log"}}}};
}

const Schema& preSchema()
{
    static const Schema schema = makeSchema(checkPreFunction);
    return schema;
}

const Schema& postSchema()
{
    static const Schema schema = makeSchema(checkPostFunction);
    return schema;
}

class FunctionPlugin final : public Plugin
{
public:
    explicit FunctionPlugin(const PluginContext& context)
        : m_rewrite(textsSetting(context.config, "rewrite")), m_access(textsSetting(context.config, "access")),
          m_headerFilter(textsSetting(context.config, "header_filter")),
          m_bodyFilter(textsSetting(context.config, "body_filter")), m_log(textsSetting(context.config, "log")),
          m_readsBody(readsBody(context.config)), m_pointer(context.pointer)
    {
    }

    bool needsRequestBody(const ClientRequest&) const noexcept override { return m_readsBody; }

    Decision rewrite(Exchange& exchange) const override { return decide(exchange, Phase::Rewrite, m_rewrite); }

    Decision access(Exchange& exchange) const override { return decide(exchange, Phase::Access, m_access); }

    void headerFilter(Exchange& exchange) const override
    {
        if (!m_bodyFilter.empty())
            exchange.useResponseBody(BodyUse::Change);
        run(exchange, Phase::HeaderFilter, m_headerFilter);
    }

    void bodyFilter(Exchange& exchange, BodyPiece& piece) const override
    {
        run(exchange, Phase::BodyFilter, m_bodyFilter, &piece);
    }

    void log(Exchange& exchange) const override { run(exchange, Phase::Log, m_log); }

private:
    /// Bodies are read whole only for code that names them.
    static bool readsBody(const Value& config)
    {
        for (const std::string& source : textsSetting(config, "access"))
            if (source.find("body") != std::string::npos)
                return true;
        return false;
    }

    Decision decide(Exchange& exchange, Phase phase, const Script& script) const
    {
        auto answer = run(exchange, phase, script);
        if (answer)
            return std::move(*answer);
        return Continue{};
    }

    std::optional<Answer> run(Exchange& exchange, Phase phase, const Script& script, BodyPiece* piece = nullptr) const
    {
        if (script.empty())
            return std::nullopt;
        Call call(exchange, phase, piece);
        try {
            script.run(call);
        } catch (const Fault& fault) {
            Findings(exchange.step(), {})
                .failed({.check = std::string(ran), .found = fault.reason, .pointer = m_pointer});
            throw;
        }
        return std::move(call.answer);
    }

    Script m_rewrite;
    Script m_access;
    Script m_headerFilter;
    Script m_bodyFilter;
    Script m_log;
    bool m_readsBody;
    std::string m_pointer;
};

void explainFailure(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, "pre-function.failed",
             {{"plugin", step.name}, {"scope", step.scope}, {"message", finding.found}});
    if (snapshot.document().at(finding.pointer))
        explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{finding.pointer}, true});
}

PluginDescriptor descriptor(std::string_view name, int priority, const Schema& (*schema)())
{
    return {
        .name = name,
        .priority = priority,
        .phases = {Phase::Rewrite, Phase::Access, Phase::HeaderFilter, Phase::BodyFilter, Phase::Log},
        .schema = schema,
        .create = makePlugin<FunctionPlugin>,
        .explain = explainFailure,
    };
}

} // namespace
} // namespace functions

PluginDescriptor preFunctionPlugin()
{
    return functions::descriptor("pre-function", 1000000, functions::preSchema);
}

PluginDescriptor postFunctionPlugin()
{
    return functions::descriptor("post-function", -1000, functions::postSchema);
}

} // namespace claimsmith::gateway
