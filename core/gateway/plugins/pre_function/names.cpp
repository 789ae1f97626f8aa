// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/names.h"

#include "gateway/plugins/pre_function/api.h"

#include <cstddef>

namespace claimsmith::gateway::functions {
namespace {

constexpr bool isNameCharacter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Reads names out of Lua, past its comments and strings.
class NameReader final
{
public:
    explicit NameReader(std::string_view source) noexcept : m_rest(source) {}

    /// The next chain of names joined with dots that is no member of something else; empty at the end.
    std::string next()
    {
        bool isMember = false;
        while (!m_rest.empty()) {
            if (skipTextOrComment())
                continue;
            const char c = m_rest.front();
            if (!isNameCharacter(c)) {
                isMember = (c == '.' && !m_rest.starts_with("..")) || c == ':' || (isMember && isSpace(c));
                m_rest.remove_prefix(m_rest.starts_with("..") ? 2 : 1);
                continue;
            }
            std::string chain = readChain();
            if (!isMember)
                return chain;
            isMember = false;
        }
        return {};
    }

private:
    static bool isSpace(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

    /// "[[" or "[==[": the length of the opening bracket, and what closes it.
    std::size_t longBracket(std::string_view text, std::string& closing) const
    {
        if (!text.starts_with('['))
            return 0;
        const std::size_t second = text.find_first_not_of('=', 1);
        if (second == std::string_view::npos || text[second] != '[')
            return 0;
        closing = "]" + std::string(second - 1, '=') + "]";
        return second + 1;
    }

    void skipTo(std::string_view end, std::size_t from)
    {
        const std::size_t at = m_rest.find(end, from);
        m_rest.remove_prefix(at == std::string_view::npos ? m_rest.size() : at + end.size());
    }

    bool skipTextOrComment()
    {
        std::string closing;
        const bool isComment = m_rest.starts_with("--");
        if (const std::size_t size = longBracket(m_rest.substr(isComment ? 2 : 0), closing)) {
            skipTo(closing, size);
            return true;
        }
        if (isComment) {
            skipTo("\n", 2);
            return true;
        }
        const char quote = m_rest.front();
        if (quote != '"' && quote != '\'')
            return false;
        std::size_t at = 1;
        while (at < m_rest.size() && m_rest[at] != quote)
            at += m_rest[at] == '\\' ? 2 : 1;
        m_rest.remove_prefix(std::min(at + 1, m_rest.size()));
        return true;
    }

    std::string_view readName()
    {
        std::size_t size = 0;
        while (size < m_rest.size() && isNameCharacter(m_rest[size]))
            ++size;
        const auto name = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return name;
    }

    std::string readChain()
    {
        std::string chain(readName());
        while (m_rest.size() > 1 && m_rest.front() == '.' && isNameCharacter(m_rest[1])) {
            m_rest.remove_prefix(1);
            chain.append(".").append(readName());
        }
        return chain;
    }

    std::string_view m_rest;
};

} // namespace

std::optional<std::string> findUnknownName(std::string_view source)
{
    NameReader reader(source);
    for (std::string chain = reader.next(); !chain.empty(); chain = reader.next()) {
        const bool isApi = chain.starts_with("kong.") || chain.starts_with("ngx.");
        if (isApi && !isKnownName(chain))
            return chain;
    }
    return std::nullopt;
}

} // namespace claimsmith::gateway::functions
