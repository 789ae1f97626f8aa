// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/schema.h"

#include "gateway/fieldrules.h"
#include "gateway/lua/template.h"
#include "gateway/plugins/transformentry.h"

namespace claimsmith::gateway::requesttransformer {

using document::Array;
using document::Value;

namespace {

using MaybeText = std::optional<std::string>;

MaybeText checkHeaderPart(const std::string& name, const std::string& shown)
{
    const bool isName = !name.empty() && !checkHeaderName(Value(name));
    return isName ? MaybeText() : "'" + shown + "' is not a valid header";
}

/// The name alone: values of headers are templates that Kong compiles only when a request comes.
MaybeText checkHeader(const Value& value)
{
    const TransformEntry entry = parseTransformEntry(*value.asString());
    return checkHeaderPart(entry.name, entry.name.empty() ? "nil" : entry.name);
}

MaybeText checkTwoHeaders(const Value& value)
{
    if (auto error = checkHeader(value))
        return error;
    const std::string name = parseTransformEntry(*value.asString()).value.value_or("");
    return checkHeaderPart(name, name);
}

MaybeText checkTemplate(const Value& value)
{
    const TransformEntry entry = parseTransformEntry(*value.asString());
    if (entry.name.empty() || !entry.value)
        return "key '" + entry.name + "' has no value";
    const auto error = lua::Template(*entry.value).syntaxError();
    return error ? MaybeText("value '" + *entry.value + "' is not in supported format, error:" + *error) : MaybeText();
}

/// What differs between the five operations.
struct OperationForm
{
    const char* name;
    bool takesValues; ///< entries are "name:value", not names
    FieldValidator headerRule;
    const char* body;
    const char* headers;
    const char* query;
};

constexpr OperationForm operations[] = {
    {"remove", false, checkHeader, "Names of body parameters to take out.", "Names of headers to take out.",
     "Names of query parameters to take out."},
    {"rename", true, checkTwoHeaders, "old:new of body parameters that get another name.",
     "old:new of headers that get another name.", "old:new of query parameters that get another name."},
    {"replace", true, checkHeader, "name:value of body parameters that change when they are there.",
     "name:value of headers that change when they are there; Host always does.",
     "name:value of query parameters that change when they are there."},
    {"add", true, checkHeader, "name:value of body parameters to add when they are missing.",
     "name:value of headers to add when they are missing.",
     "name:value of query parameters to add when they are missing."},
    {"append", true, checkHeader, "name:value of body parameters to add to those of the same name.",
     "name:value of headers to add to those of the same name.",
     "name:value of query parameters to add to those of the same name."},
};

Field listField(const char* name, Field element, const char* hint)
{
    return arrayField(name, std::move(element)).hint(hint).require().defaultTo(Array{});
}

Field headersField(const OperationForm& form)
{
    Field element = stringField().check(form.headerRule);
    return listField("headers", form.takesValues ? std::move(element).match("^[^:]+:.*$") : std::move(element),
                     form.headers);
}

Field valuesField(const OperationForm& form, const char* name, const char* hint)
{
    return listField(name, form.takesValues ? stringField().check(checkTemplate) : stringField(), hint);
}

Field typesField()
{
    return listField("json_types", stringField().oneOf({"boolean", "number", "string"}),
                     "What the values of body become in JSON, in the same order.");
}

Field operationField(const OperationForm& form, Variant variant)
{
    const std::string_view name = form.name;
    std::vector<Field> fields{valuesField(form, "body", form.body)};
    if (variant == Variant::Advanced && name != "remove" && name != "rename")
        fields.push_back(typesField());
    fields.push_back(headersField(form));
    fields.push_back(valuesField(form, "querystring", form.query));
    if (name == "replace")
        fields.push_back(stringField("uri").hint("The whole path of the upstream request, as a template."));
    return recordField(form.name, std::move(fields)).require();
}

Field allowField()
{
    return recordField("allow", {setField("body", stringField()).hint("Body parameters that stay; all others go.")})
        .require();
}

} // namespace

Schema transformerSchema(Variant variant)
{
    std::vector<Field> fields{methodField("http_method")};
    for (const OperationForm& form : operations)
        fields.push_back(operationField(form, variant));
    if (variant == Variant::Advanced) {
        fields.push_back(allowField());
        fields.push_back(booleanField("dots_in_keys")
                             .hint("Dots belong to the names of body parameters; off, they lead into objects.")
                             .defaultTo(true));
    }
    return {.fields = {protocolsField({"grpc", "grpcs", "http", "https"}),
                       recordField("config", std::move(fields)).require()},
            .checks = {}};
}

} // namespace claimsmith::gateway::requesttransformer
