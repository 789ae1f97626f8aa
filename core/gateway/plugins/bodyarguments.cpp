// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/bodyarguments.h"

#include "base/text.h"
#include "document/json.h"
#include "http/mediatype.h"
#include "http/query.h"

#include <algorithm>

namespace claimsmith::gateway {
BodyArguments BodyArguments::parse(std::string_view contentType, BytesView body)
{
    BodyArguments arguments;
    const auto type = http::parseMediaType(contentType);
    if (!type)
        return arguments;
    if (type->is("application/x-www-form-urlencoded"))
        arguments.parseForm(body);
    else if (type->is("application/json"))
        arguments.parseJson(body);
    else if (const auto boundary = type->parameter("boundary"); type->is("multipart/form-data") && boundary)
        arguments.parseMultipart(body, *boundary);
    return arguments;
}

void BodyArguments::parseForm(BytesView body)
{
    m_kind = Kind::Form;
    for (const http::QueryArgument& argument : http::parseQuery(body))
        m_arguments.push_back(
            {argument.name, argument.value ? Shape::Text : Shape::Other, argument.value.value_or("")});
}

void BodyArguments::parseJson(BytesView body)
{
    const auto value = document::parseJson(body, {.allowDuplicateKeys = true, .allowKongNumbers = true});
    if (!value || !value->asObject())
        return;
    m_kind = Kind::Json;
    m_body = body;
    for (const auto& [name, member] : *value->asObject()) {
        if (value->find(name) != &member)
            continue;
        const auto shape = member.asString()                       ? Shape::Text
                           : member.asArray() || member.asObject() ? Shape::Several
                                                                   : Shape::Other;
        m_arguments.push_back({name, shape, member.asString() ? *member.asString() : std::string()});
    }
}

void BodyArguments::parseMultipart(BytesView body, std::string_view boundary)
{
    m_kind = Kind::Multipart;
    m_multipart.emplace(body, boundary);
    for (const Multipart::Part& part : m_multipart->parts())
        m_arguments.push_back({part.name, Shape::Text, part.value});
}

BodyArguments::Found BodyArguments::find(std::string_view name) const
{
    Found found;
    for (const Argument& argument : m_arguments)
        if (argument.name == name)
            found = found.shape == Shape::Absent ? Found{argument.shape, argument.text} : Found{Shape::Several, {}};
    return found;
}

std::optional<Bytes> BodyArguments::without(std::string_view name) const
{
    if (std::ranges::find(m_arguments, name, &Argument::name) == m_arguments.end())
        return std::nullopt;
    if (m_kind == Kind::Json) {
        auto value = document::parseJson(m_body, {.allowDuplicateKeys = true, .allowKongNumbers = true});
        value->asObject()->remove(name);
        return document::toJson(*value);
    }
    if (m_kind == Kind::Multipart) {
        Multipart rest = *m_multipart;
        rest.remove(name);
        return rest.toBody();
    }
    std::vector<std::string> pairs;
    for (const Argument& argument : m_arguments)
        if (argument.name != name)
            pairs.push_back(http::formEncode(argument.name) +
                            (argument.shape == Shape::Text ? "=" + http::formEncode(argument.text) : ""));
    std::ranges::sort(pairs);
    Bytes out;
    for (const std::string& pair : pairs)
        out += (out.empty() ? "" : "&") + pair;
    return out;
}

} // namespace claimsmith::gateway
