// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gateway/lua/state.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace claimsmith::gateway::lua {

class TemplateValues;

/// A value with `$( … )` placeholders, as Kong's request-transformer knows them (kong-plugins.md F1.4): literal text
/// and expressions of Lua. Immutable, shared by all threads; each thread's state compiles it once.
///
/// An expression that only looks up one header, argument or capture is answered without Lua.
class Template final
{
public:
    explicit Template(std::string text);

    const std::string& text() const noexcept { return m_text; }

    /// Whether there is no placeholder, so that the text stands for itself.
    bool isConstant() const noexcept { return m_lookups.empty() && !m_chunk; }

    /// The message of Lua's compiler for an expression that is none.
    std::optional<std::string> syntaxError() const;

    /// The text with what its expressions give; the error is Lua's message.
    Result<std::string> render(TemplateValues& values) const;

private:
    struct Lookup
    {
        enum class Table { Literal, Headers, Query, Captures };
        Table table = Table::Literal;
        std::string name; ///< or the literal text
    };

    struct Piece
    {
        std::string_view text;
        bool isExpression = false; ///< then `text` has its parentheses
    };

    static std::vector<Piece> split(std::string_view text);
    static std::string codeOf(const std::vector<Piece>& pieces);
    static std::optional<Lookup> lookupOf(std::string_view expression);

    std::optional<std::string> renderLookups(TemplateValues& values) const;
    Result<std::string> renderInLua(TemplateValues& values) const;

    std::string m_text;
    std::vector<Lookup> m_lookups; ///< all pieces when no Lua is needed; else empty
    std::shared_ptr<const Chunk> m_chunk;
};

enum class TemplateErrorCode {
    Failed, ///< it does not compile, or an expression raised an error; the detail is Lua's message
};
const ErrorDomain& errorDomain(TemplateErrorCode) noexcept;

} // namespace claimsmith::gateway::lua
