// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/hmac_auth/signedrequest.h"

#include "base/text.h"
#include "gateway/pattern.h"
#include "gateway/plugins/authorization.h"
#include "gateway/plugins/requestarguments.h"

#include <algorithm>
#include <array>
#include <utility>

namespace claimsmith::gateway::hmacauth {
namespace {

const Pattern& fieldsPattern()
{
    static const Pattern pattern =
        *Pattern::compile(R"re([Hh]mac\s*username="(.+)",\s*algorithm="(.+)",\s*headers="(.+)",\s*signature="(.+)")re",
                          Pattern::Anchor::None);
    return pattern;
}

std::vector<std::string> namesOf(std::string_view list)
{
    std::vector<std::string> names;
    for (const std::string_view name : split(list, ' '))
        names.emplace_back(name);
    return names;
}

/// The next `name="value"` of a list; false when there is none or it is malformed.
bool takeField(std::string_view& rest, std::string_view& name, std::string_view& value)
{
    const auto equals = rest.find("=\"");
    const auto end = equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
    if (end == std::string_view::npos)
        return false;
    name = rest.substr(0, equals);
    value = rest.substr(equals + 2, end - equals - 2);
    rest = trimmed(rest.substr(end + 1));
    if (rest.empty())
        return true;
    if (!rest.starts_with(','))
        return false;
    rest = trimmed(rest.substr(1));
    return !rest.empty();
}

std::string versionText(http::Version version)
{
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

std::string lineOf(const Exchange& exchange, const std::string& name)
{
    const http::RequestHead& head = exchange.request.head;
    if (const auto value = findHeaderLine(exchange.upstream.headers, name))
        return name + ": " + std::string(*value);
    if (name == "@request-target")
        return name + ": " + toLower(head.method) + " " + head.target;
    if (name == "request-line")
        return head.method + " " + head.target + " HTTP/" + versionText(head.version);
    return name + ":";
}

} // namespace

std::optional<SignatureFields> readAsKong(std::string_view value)
{
    const auto match = fieldsPattern().match(value);
    if (!match)
        return std::nullopt;
    const auto& groups = match->groups;
    return SignatureFields{*groups[0], *groups[1], namesOf(*groups[2]), *groups[3]};
}

std::optional<SignatureFields> readStrictly(std::string_view value)
{
    auto rest = afterScheme(value, "hmac");
    if (!rest)
        return std::nullopt;
    std::array<std::pair<std::string_view, std::string_view>, 4> fields{
        {{"username", {}}, {"algorithm", {}}, {"headers", {}}, {"signature", {}}}};
    while (!rest->empty()) {
        std::string_view name;
        std::string_view text;
        if (!takeField(*rest, name, text))
            return std::nullopt;
        const auto field = std::ranges::find(fields, name, [](const auto& each) { return each.first; });
        if (field != fields.end() && !std::exchange(field->second, text).empty())
            return std::nullopt;
    }
    if (std::ranges::any_of(fields, [](const auto& each) { return each.second.empty(); }))
        return std::nullopt;
    return SignatureFields{std::string(fields[0].second), std::string(fields[1].second), namesOf(fields[2].second),
                           std::string(fields[3].second)};
}

std::string signingText(const Exchange& exchange, const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : "\n") + lineOf(exchange, name);
    return text;
}

} // namespace claimsmith::gateway::hmacauth
