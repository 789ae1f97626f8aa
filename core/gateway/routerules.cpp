// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routerules.h"

#include "base/text.h"
#include "gateway/pattern.h"

#include <algorithm>
#include <string>
#include <vector>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

using Errors = CustomCheck::Errors;

const Array* listOf(const Object& route, std::string_view field)
{
    const Value* value = route.find(field);
    return value ? value->asArray() : nullptr;
}

bool isSet(const Object& route, std::string_view field)
{
    const Value* value = route.find(field);
    if (!value || value->isNull())
        return false;
    if (const auto* array = value->asArray())
        return !array->empty();
    if (const auto* object = value->asObject())
        return !object->empty();
    return true;
}

bool hasProtocol(const Array& protocols, std::string_view name)
{
    return std::ranges::any_of(protocols,
                               [&](const Value& value) { return value.asString() && *value.asString() == name; });
}

struct Family
{
    std::vector<std::string_view> protocols;
    std::vector<std::string_view> oneOf;     ///< at least one of these has to be set
    std::string_view missing;                ///< said when none is
    std::vector<std::string_view> forbidden; ///< these may not be set
    std::string_view forbiddenWhen;
};

const std::vector<Family>& families()
{
    static const std::vector<std::string_view> streamForbids{"methods", "hosts", "paths", "headers"};
    static const std::vector<Family> all{
        {{"https"},
         {"methods", "hosts", "headers", "paths", "snis"},
         "must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'",
         {"sources", "destinations"},
         "'http' or 'https'"},
        {{"http"},
         {"methods", "hosts", "headers", "paths"},
         "must set one of 'methods', 'hosts', 'headers', 'paths' when 'protocols' is 'http'",
         {"sources", "destinations"},
         "'http' or 'https'"},
        {{"grpcs"},
         {"hosts", "headers", "paths", "snis"},
         "must set one of 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'grpcs'",
         {"methods", "sources", "destinations"},
         "'grpc' or 'grpcs'"},
        {{"grpc"},
         {"hosts", "headers", "paths"},
         "must set one of 'hosts', 'headers', 'paths' when 'protocols' is 'grpc'",
         {"methods", "sources", "destinations"},
         "'grpc' or 'grpcs'"},
        {{"tls_passthrough"},
         {"snis"},
         "must set snis when 'protocols' is 'tls_passthrough'",
         streamForbids,
         "'tcp', 'tls', 'tls_passthrough' or 'udp'"},
        {{"tcp", "tls", "udp"},
         {"sources", "destinations", "snis"},
         "must set one of 'sources', 'destinations', 'snis' when 'protocols' is 'tcp', 'tls' or 'udp'",
         streamForbids,
         "'tcp', 'tls', 'tls_passthrough' or 'udp'"},
    };
    return all;
}

bool isGrpc(const Family& family)
{
    return family.protocols.front().starts_with("grpc");
}

std::string quoted(std::string_view text)
{
    return "r#\"" + std::string(text) + "\"#";
}

std::string parseFailure(std::string_view expression, std::size_t offset, std::string_view literal,
                         const std::string& pattern, const Unsupported& fault, std::string_view reason)
{
    const std::string column(offset, ' ');
    const std::string underline = "^" + std::string(literal.size() - 2, '-') + "^";
    return "Router Expression failed validation:  --> 1:" + std::to_string(offset + 1) + "\n  |\n1 | " +
           std::string(expression) + "\n  | " + column + underline + "\n  |\n  = regex parse error:\n    " + pattern +
           "\n    " + std::string(fault.offset, ' ') + std::string(fault.length, '^') +
           "\nerror: " + std::string(reason);
}

/// The fault of a pattern as Kong's router engine would tell it, or nothing.
std::optional<Unsupported> faultOf(const std::string& pattern)
{
    if (auto unsupported = findUnsupported(pattern))
        return unsupported;
    if (!findSyntaxError(pattern))
        return std::nullopt;
    const auto open = pattern.find('(');
    return Unsupported{open == std::string::npos ? 0 : open, 1,
                       open == std::string::npos ? "invalid pattern" : "unclosed group"};
}

class ExpressionBuilder final
{
public:
    /// Appends the term for one criterion: alternatives joined with "||" in parentheses.
    void beginGroup()
    {
        m_text += m_text.empty() ? "(" : " && (";
        m_groupIsEmpty = true;
    }

    void addAlternative(std::string_view field, std::string_view operation, const std::string& value, bool isPattern)
    {
        if (!m_groupIsEmpty)
            m_text += " || ";
        m_groupIsEmpty = false;
        m_text += std::string(field) + " " + std::string(operation) + " ";
        if (isPattern && !m_fault)
            if (const auto fault = faultOf(value)) {
                m_fault = fault;
                m_faultOffset = m_text.size();
                m_pattern = value;
            }
        m_text += quoted(value);
    }

    void endGroup()
    {
        if (m_groupIsEmpty && !m_emptyOffset)
            m_emptyOffset = m_text.size();
        m_text += ")";
    }

    std::optional<std::string> failure() const
    {
        if (m_fault)
            return parseFailure(m_text, m_faultOffset, quoted(m_pattern), m_pattern, *m_fault, m_fault->reason);
        if (m_emptyOffset)
            return "Router Expression failed validation:  --> 1:" + std::to_string(*m_emptyOffset + 1) + "\n  |\n1 | " +
                   m_text + "\n  | " + std::string(*m_emptyOffset, ' ') + "^---\n  |\n  = expected term";
        return std::nullopt;
    }

private:
    std::string m_text;
    bool m_groupIsEmpty = true;
    std::optional<std::size_t> m_emptyOffset;
    std::optional<Unsupported> m_fault;
    std::size_t m_faultOffset = 0;
    std::string m_pattern;
};

void addPaths(ExpressionBuilder& builder, const Array& paths)
{
    builder.beginGroup();
    for (const Value& path : paths) {
        const std::string& text = *path.asString();
        if (text.starts_with('~'))
            builder.addAlternative("http.path", "~", "^" + text.substr(1), true);
        else
            builder.addAlternative("http.path", "^=", text, false);
    }
    builder.endGroup();
}

void addHeader(ExpressionBuilder& builder, std::string name, const Array& values)
{
    std::ranges::replace(name, '-', '_');
    const std::string field = "any(lower(http.headers." + toLower(name) + "))";
    builder.beginGroup();
    for (const Value& value : values) {
        const std::string text = toLower(*value.asString());
        if (text.starts_with("~*"))
            builder.addAlternative(field, "~", text.substr(2), true);
        else
            builder.addAlternative(field, "==", text, false);
    }
    builder.endGroup();
}

bool isListOfTexts(const Value& value)
{
    return value.asArray() &&
           std::ranges::all_of(*value.asArray(), [](const Value& item) { return item.asString() != nullptr; });
}

} // namespace

Errors checkRouteByProtocol(const Object& route)
{
    Errors errors;
    const Array* protocols = listOf(route, "protocols");
    if (!protocols)
        return errors;
    const auto family = std::ranges::find_if(families(), [&](const Family& candidate) {
        return std::ranges::any_of(candidate.protocols,
                                   [&](std::string_view name) { return hasProtocol(*protocols, name); });
    });
    if (family == families().end()) {
        if (!protocols->empty() && protocols->front().asString())
            errors.emplace_back("protocols", "unknown type: " + *protocols->front().asString());
        return errors;
    }
    if (std::ranges::none_of(family->oneOf, [&](std::string_view field) { return isSet(route, field); }))
        errors.emplace_back("@entity", family->missing);
    for (const std::string_view field : family->forbidden)
        if (isSet(route, field))
            errors.emplace_back(field, "cannot set '" + std::string(field) + "' when 'protocols' is " +
                                           std::string(family->forbiddenWhen));
    const Value* strips = route.find("strip_path");
    if (isGrpc(*family) && strips && strips->asBoolean() && *strips->asBoolean())
        errors.emplace_back("strip_path",
                            "cannot set 'strip_path' when 'protocols' is " + std::string(family->forbiddenWhen));
    return errors;
}

Errors checkRouteExpression(const Object& route)
{
    ExpressionBuilder builder;
    if (const Value* paths = route.find("paths"); paths && isListOfTexts(*paths) && !paths->asArray()->empty())
        addPaths(builder, *paths->asArray());
    if (const Value* headers = route.find("headers"); headers && headers->asObject())
        for (const auto& [name, values] : *headers->asObject())
            if (isListOfTexts(values))
                addHeader(builder, name, *values.asArray());
    Errors errors;
    if (auto failure = builder.failure())
        errors.emplace_back("@entity", std::move(*failure));
    return errors;
}

} // namespace claimsmith::gateway
