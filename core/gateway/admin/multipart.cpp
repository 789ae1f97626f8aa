// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/multipart.h"

#include <optional>
#include <string>

namespace claimsmith::gateway::admin {
namespace {

std::optional<std::string_view> nameIn(std::string_view head)
{
    constexpr std::string_view key = " name=\"";
    const auto begin = head.find(key);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const auto rest = head.substr(begin + key.size());
    const auto end = rest.find('"');
    return end == std::string_view::npos ? std::nullopt : std::optional(rest.substr(0, end));
}

std::optional<http::QueryArgument> readPart(std::string_view part)
{
    const auto headEnd = part.find("\r\n\r\n");
    if (headEnd == std::string_view::npos)
        return std::nullopt;
    const auto name = nameIn(part.substr(0, headEnd));
    std::string_view content = part.substr(headEnd + 4);
    if (content.ends_with("\r\n"))
        content.remove_suffix(2);
    return name ? std::optional(http::QueryArgument{std::string(*name), std::string(content)}) : std::nullopt;
}

} // namespace

http::QueryArguments readMultipart(std::string_view body, std::string_view boundary)
{
    const std::string delimiter = "--" + std::string(boundary);
    std::vector<http::QueryArgument> parts;
    std::size_t at = boundary.empty() ? std::string_view::npos : body.find(delimiter);
    while (at != std::string_view::npos) {
        const std::size_t begin = at + delimiter.size();
        at = body.find(delimiter, begin);
        if (at == std::string_view::npos)
            break;
        if (auto part = readPart(body.substr(begin, at - begin)))
            parts.push_back(std::move(*part));
    }
    return http::QueryArguments(std::move(parts));
}

} // namespace claimsmith::gateway::admin
