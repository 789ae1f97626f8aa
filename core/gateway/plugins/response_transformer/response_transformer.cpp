// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/response_transformer/response_transformer.h"

#include "base/text.h"
#include "document/json.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/response_transformer/checks.h"
#include "gateway/plugins/response_transformer/jsonchanges.h"
#include "gateway/plugins/transformentry.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

std::optional<std::string> checkRenamedHeader(const Value& value)
{
    const TransformEntry entry = parseTransformEntry(*value.asString());
    for (const std::string& name : {entry.name, entry.value.value_or("")})
        if (auto problem = checkHeaderName(name))
            return "'" + name + "' is not a valid header";
    return std::nullopt;
}

Field list(std::string name, Field elements, std::string help)
{
    return arrayField(std::move(name), std::move(elements)).hint(std::move(help)).require().defaultTo(Array{});
}

Field pair()
{
    return stringField().match("^[^:]+:.*$");
}

/// The record of an operation that sets values.
Field setting(std::string name, const std::string& headerHelp, const std::string& jsonHelp)
{
    return recordField(std::move(name),
                       {
                           list("headers", pair(), headerHelp),
                           list("json", pair(), jsonHelp),
                           arrayField("json_types", stringField().oneOf({"boolean", "number", "string"}))
                               .describe("List of JSON type names. Specify the types of the JSON values returned when "
                                         "appending\nJSON properties. Each string element can be one of: boolean, "
                                         "number, or string.")
                               .hint("What the values become, one type for each JSON entry.")
                               .require()
                               .defaultTo(Array{}),
                       })
        .require();
}

const Schema& schema()
{
    static const Schema transformer{
        .fields =
            {
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        recordField("remove",
                                    {
                                        list("headers", stringField(), "Headers to take out of the response."),
                                        list("json", stringField(), "Members to take out of a JSON body."),
                                    })
                            .require(),
                        recordField("rename",
                                    {
                                        list("headers", pair().check(checkRenamedHeader), "Headers as old:new."),
                                        list("json", pair(), "Members of a JSON body as old:new."),
                                    })
                            .require(),
                        setting("replace", "Headers as name:value, set where the response has them.",
                                "Members as name:value, set where a JSON body has them."),
                        setting("add", "Headers as name:value, set where the response lacks them.",
                                "Members as name:value, set where a JSON body lacks them."),
                        setting("append", "Headers as name:value, added as a line of their own.",
                                "Members as name:value, added to what a JSON body has under the name."),
                    })
                    .require(),
            },
        .checks = {},
    };
    return transformer;
}

/// Whether one of the media types in a Content-Type is JSON, or "+json" (RFC 6839 §3.1).
bool isJsonType(std::string_view contentType)
{
    for (const std::string_view part : split(contentType, ',')) {
        const std::string type = toLower(trimmed(part.substr(0, part.find(';'))));
        if (type == "application/json" || (type.find('/') != std::string::npos && type.ends_with("+json")))
            return true;
    }
    return false;
}

class ResponseTransformerPlugin final : public Plugin
{
public:
    explicit ResponseTransformerPlugin(const PluginContext& context)
        : m_renamed(entriesOf(context.config, "rename")), m_replaced(entriesOf(context.config, "replace")),
          m_added(entriesOf(context.config, "add")), m_appended(entriesOf(context.config, "append")),
          m_json(context.config), m_isStrict(context.conduct == Conduct::Strict)
    {
        // What stands behind a colon never counted for removal.
        for (TransformEntry& entry : entriesOf(context.config, "remove"))
            m_removed.push_back(std::move(entry.name));
        m_hasHeaders =
            !m_removed.empty() || !m_renamed.empty() || !m_replaced.empty() || !m_added.empty() || !m_appended.empty();
    }

    void headerFilter(Exchange& exchange) const override
    {
        if (m_hasHeaders)
            changeHeaders(exchange.response.headers);
        if (m_json.isEmpty())
            return;
        Findings findings(exchange.step(), responsetransformer::all);
        const std::string_view type = exchange.response.headers.value("content-type");
        if (isJsonType(type)) {
            findings.passed({.check = std::string(responsetransformer::jsonType), .found = std::string(type)});
            exchange.useResponseBody(BodyUse::Change);
        } else {
            findings.notAsked({.check = std::string(responsetransformer::jsonType), .found = std::string(type)});
            findings.closeUnchecked();
        }
    }

    void bodyFilter(Exchange& exchange, BodyPiece& body) const override
    {
        Findings findings(exchange.step(), responsetransformer::all);
        auto value = document::parseJson(body.bytes(), {.allowDuplicateKeys = true, .allowInvalidUtf8 = true});
        if (!value) {
            findings.notAsked({.check = std::string(responsetransformer::jsonBody), .found = value.error().toString()});
            return;
        }
        findings.passed({.check = std::string(responsetransformer::jsonBody)});
        if (Object* const object = value->asObject())
            m_json.apply(*object);
        else if (!value->asArray() && !m_isStrict)
            throw Fault{"the body is neither an object nor an array"};
        body.replace(document::toJson(*value, {.escapeSlash = true}));
    }

private:
    static std::vector<TransformEntry> entriesOf(const Value& config, std::string_view operation)
    {
        const Value* record = config.find(operation);
        return record ? parseTransformEntries(textsSetting(*record, "headers")) : std::vector<TransformEntry>{};
    }

    /// Whether a header is there is asked of the response as it came (kong-plugins.md F2).
    void changeHeaders(http::HeaderMap& headers) const
    {
        const http::HeaderMap before = headers;
        for (const std::string& name : m_removed)
            headers.remove(name);
        for (const TransformEntry& entry : m_renamed)
            if (before.contains(entry.name) && entry.value)
                rename(headers, before, entry.name, *entry.value);
        for (const TransformEntry& entry : m_replaced)
            if (before.contains(entry.name) && entry.value)
                headers.set(entry.name, *entry.value);
        for (const TransformEntry& entry : m_added)
            if (!before.contains(entry.name) && entry.value)
                headers.set(entry.name, *entry.value);
        for (const TransformEntry& entry : m_appended)
            if (entry.value)
                headers.add(entry.name, *entry.value);
    }

    static void rename(http::HeaderMap& headers, const http::HeaderMap& before, const std::string& from,
                       const std::string& to)
    {
        headers.remove(to);
        for (const std::string_view value : before.values(from))
            headers.add(to, value);
        headers.remove(from);
    }

    std::vector<std::string> m_removed;
    std::vector<TransformEntry> m_renamed;
    std::vector<TransformEntry> m_replaced;
    std::vector<TransformEntry> m_added;
    std::vector<TransformEntry> m_appended;
    responsetransformer::JsonChanges m_json;
    bool m_hasHeaders = false;
    bool m_isStrict;
};

} // namespace

PluginDescriptor responseTransformerPlugin()
{
    return {
        .name = "response-transformer",
        .priority = 800,
        .phases = {Phase::HeaderFilter, Phase::BodyFilter},
        .schema = schema,
        .create = makePlugin<ResponseTransformerPlugin>,
    };
}

} // namespace claimsmith::gateway
