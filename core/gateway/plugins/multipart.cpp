// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/multipart.h"

#include "base/text.h"

namespace claimsmith::gateway {
namespace {

/// The name in a part's Content-Disposition line.
std::string nameOfPart(std::string_view headers)
{
    for (const std::string_view line : split(headers, '\n')) {
        if (!toLower(line).starts_with("content-disposition:"))
            continue;
        const auto at = line.find("name=\"");
        if (at == std::string_view::npos)
            return {};
        const auto value = line.substr(at + 6);
        return std::string(value.substr(0, value.find('"')));
    }
    return {};
}

} // namespace

Multipart::Multipart(BytesView body, std::string_view boundary) : m_boundary(boundary)
{
    const std::string delimiter = "--" + m_boundary;
    for (std::size_t at = body.find(delimiter); at != std::string_view::npos;) {
        const auto begin = at + delimiter.size();
        const auto end = body.find(delimiter, begin);
        if (end == std::string_view::npos)
            break;
        auto part = body.substr(begin, end - begin);
        part.remove_prefix(part.starts_with("\r\n") ? 2 : 0);
        if (const auto blank = part.find("\r\n\r\n"); blank != std::string_view::npos) {
            auto content = part.substr(blank + 4);
            content.remove_suffix(content.ends_with("\r\n") ? 2 : 0);
            m_parts.push_back({nameOfPart(part.substr(0, blank)), std::string(part), std::string(content)});
        }
        at = end;
    }
}

std::optional<std::string_view> Multipart::find(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(m_parts, name, &Part::name);
    return found == m_parts.end() ? std::nullopt : std::optional<std::string_view>(found->value);
}

void Multipart::set(std::string_view name, std::string_view value)
{
    std::string raw = "Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n";
    raw.append(value).append("\r\n");
    m_parts.push_back({std::string(name), std::move(raw), std::string(value)});
}

Bytes Multipart::toBody() const
{
    Bytes out;
    for (const Part& part : m_parts)
        out += "--" + m_boundary + "\r\n" + part.raw;
    return out + "--" + m_boundary + "--\r\n";
}

} // namespace claimsmith::gateway
