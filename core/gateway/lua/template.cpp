// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/template.h"

#include "base/text.h"
#include "gateway/lua/sandbox.h"
#include "gateway/lua/templatevalues.h"

#include <lua.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace claimsmith::gateway::lua {
namespace {

constexpr bool isNameCharacter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isKeyword(std::string_view word) noexcept
{
    static constexpr std::array<std::string_view, 22> keywords{
        "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
        "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};
    return std::ranges::find(keywords, word) != keywords.end();
}

bool isName(std::string_view word) noexcept
{
    return !word.empty() && !(word.front() >= '0' && word.front() <= '9') &&
           std::ranges::all_of(word, isNameCharacter) && !isKeyword(word);
}

/// The text between quotes, when no escape sequence is needed to read it.
std::optional<std::string_view> plainString(std::string_view text) noexcept
{
    if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') || text.back() != text.front())
        return std::nullopt;
    const char quote = text.front();
    text = text.substr(1, text.size() - 2);
    const bool isPlain =
        std::ranges::none_of(text, [quote](char c) { return c == quote || c == '\\' || c == '\n' || c == '\r'; });
    return isPlain ? std::optional(text) : std::nullopt;
}

/// The key of ".name", "['name']" or, where numbers count, "[1]".
std::optional<std::string_view> keyOf(std::string_view access, bool allowsNumbers) noexcept
{
    if (access.starts_with('.')) {
        const auto name = access.substr(1);
        return isName(name) ? std::optional(name) : std::nullopt;
    }
    if (access.size() < 3 || !access.starts_with('[') || !access.ends_with(']'))
        return std::nullopt;
    const auto inner = access.substr(1, access.size() - 2);
    const bool isNumber = inner.size() <= 3 &&
                          std::ranges::all_of(inner, [](char c) { return c >= '0' && c <= '9'; }) &&
                          (inner.size() == 1 || inner.front() != '0');
    if (isNumber)
        return allowsNumbers ? std::optional(inner) : std::nullopt;
    const auto text = plainString(inner);
    // uri_captures['1'] is no capture: its indices are numbers.
    const bool looksLikeIndex = allowsNumbers && text && !text->empty() && text->front() >= '0' && text->front() <= '9';
    return looksLikeIndex ? std::nullopt : text;
}

/// A literal of Lua that keeps the lines of the template, so that messages name its own.
void appendQuoted(std::string& code, std::string_view text)
{
    code += '"';
    for (const char c : text)
        switch (c) {
        case '"':
            code += "\\\"";
            break;
        case '\\':
            code += "\\\\";
            break;
        case '\n':
            code += "\\\n";
            break;
        case '\r':
            code += "\\r";
            break;
        case '\0':
            code += "\\000";
            break;
        default:
            code += c;
        }
    code += '"';
}

/// Behind the parenthesis that closes the one at `open`; npos when there is none. Quotes do not count, as in Kong.
std::size_t findClosing(std::string_view text, std::size_t open) noexcept
{
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '(')
            ++depth;
        else if (text[i] == ')' && --depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}

/// Makes the chunk into the function that renders: it gets tostring() as a local, whatever its environment has.
void prepareTemplate(lua_State* state)
{
    pushBasicFunction(state, "tostring");
    lua_call(state, 1, 1);
}

/// The texts in the list on top of the stack, joined; takes the list off.
std::string takeJoined(lua_State* state)
{
    std::string joined;
    const auto count = static_cast<int>(lua_objlen(state, -1));
    for (int i = 1; i <= count; ++i) {
        lua_rawgeti(state, -1, i);
        std::size_t size = 0;
        if (const char* text = lua_tolstring(state, -1, &size))
            joined.append(text, size);
        lua_pop(state, 1);
    }
    lua_pop(state, 1);
    return joined;
}

/// A global that a template assigns goes into a table of its own, gone after this rendering.
void pushOwnEnvironment(State& state, TemplateValues& values)
{
    lua_State* handle = state.handle();
    lua_newtable(handle);
    lua_createtable(handle, 0, 1);
    values.pushEnvironment(state);
    lua_setfield(handle, -2, "__index");
    lua_setmetatable(handle, -2);
}

} // namespace

Template::Template(std::string text) : m_text(std::move(text))
{
    const auto pieces = split(m_text);
    if (std::ranges::none_of(pieces, &Piece::isExpression))
        return;
    for (const Piece& piece : pieces) {
        auto lookup =
            piece.isExpression ? lookupOf(piece.text) : Lookup{Lookup::Table::Literal, std::string(piece.text)};
        if (!lookup) {
            m_lookups.clear();
            break;
        }
        m_lookups.push_back(std::move(*lookup));
    }
    m_chunk = std::make_shared<const Chunk>(Chunk{codeOf(pieces), "TMP", prepareTemplate});
}

std::vector<Template::Piece> Template::split(std::string_view text)
{
    std::vector<Piece> pieces;
    std::size_t begin = 0;
    for (std::size_t at = text.find("$("); at != std::string_view::npos;) {
        const std::size_t end = findClosing(text, at + 1);
        if (end == std::string_view::npos) {
            at = text.find("$(", at + 1);
            continue;
        }
        if (at > begin)
            pieces.push_back({text.substr(begin, at - begin), false});
        pieces.push_back({text.substr(at + 1, end - at - 1), true});
        begin = end;
        at = text.find("$(", end);
    }
    if (begin < text.size())
        pieces.push_back({text.substr(begin), false});
    return pieces;
}

std::string Template::codeOf(const std::vector<Piece>& pieces)
{
    std::string code = "local __tostring = ... return function() local _n, _t = 0, {} ";
    for (const Piece& piece : pieces) {
        code += "_n = _n + 1; _t[_n] = ";
        if (piece.isExpression)
            code.append("__tostring(").append(piece.text).append(" or '')");
        else
            appendQuoted(code, piece.text);
        code += "; ";
    }
    return code + "return _t end";
}

std::optional<Template::Lookup> Template::lookupOf(std::string_view expression)
{
    static constexpr std::pair<std::string_view, Lookup::Table> tables[] = {
        {"headers", Lookup::Table::Headers},
        {"query_params", Lookup::Table::Query},
        {"uri_captures", Lookup::Table::Captures},
    };
    const auto inner = trimmed(expression.substr(1, expression.size() - 2));
    for (const auto& [name, table] : tables)
        if (inner.starts_with(name))
            if (const auto key = keyOf(inner.substr(name.size()), table == Lookup::Table::Captures))
                return Lookup{table, std::string(*key)};
    return std::nullopt;
}

std::optional<std::string> Template::syntaxError() const
{
    if (!m_chunk || !m_lookups.empty())
        return std::nullopt;
    State& state = State::ofThread();
    auto error = state.push(m_chunk);
    if (!error)
        lua_pop(state.handle(), 1);
    return error;
}

Result<std::string> Template::render(TemplateValues& values) const
{
    if (!m_chunk)
        return m_text;
    if (!m_lookups.empty())
        if (auto text = renderLookups(values))
            return std::move(*text);
    return renderInLua(values);
}

/// Nothing when only Lua can tell how the value looks: several values are a table.
std::optional<std::string> Template::renderLookups(TemplateValues& values) const
{
    using Kind = TemplateValues::Found::Kind;
    std::string text;
    for (const Lookup& lookup : m_lookups) {
        TemplateValues::Found found{Kind::Text, lookup.name};
        if (lookup.table == Lookup::Table::Headers)
            found = values.header(lookup.name);
        else if (lookup.table == Lookup::Table::Query)
            found = values.argument(lookup.name);
        else if (lookup.table == Lookup::Table::Captures)
            found = values.capture(lookup.name);
        if (found.kind == Kind::Several)
            return std::nullopt;
        text += found.kind == Kind::Flag ? std::string_view("true") : found.text;
    }
    return text;
}

Result<std::string> Template::renderInLua(TemplateValues& values) const
{
    State& state = State::ofThread();
    if (auto error = state.push(m_chunk))
        return Error{.code = TemplateErrorCode::Failed, .detail = std::move(*error)};
    pushOwnEnvironment(state, values);
    lua_setfenv(state.handle(), -2);
    if (auto error = state.call(0, 1))
        return Error{.code = TemplateErrorCode::Failed, .detail = std::move(*error)};
    return takeJoined(state.handle());
}

const ErrorDomain& errorDomain(TemplateErrorCode) noexcept
{
    static const ErrorDomain domain{"template", [](int) noexcept { return std::string_view("failed"); }};
    return domain;
}

} // namespace claimsmith::gateway::lua
