// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// A regular expression of the configuration, matched in time linear in the text: a route can't be made to hang by what
/// is sent to it. The syntax is RE2's, which is that of the Rust engine behind Kong's router but for details;
/// look-around and back-references are refused by both. Immutable; any number of threads may match at once.
class Pattern final
{
public:
    enum class Anchor { None, Start };

    /// Nothing when the expression is no good; findSyntaxError() or findUnsupported() say why.
    static std::optional<Pattern> compile(std::string_view expression, Anchor anchor);
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    bool matches(std::string_view text) const noexcept;

    struct Match
    {
        std::string whole;
        std::vector<std::optional<std::string>> groups; ///< by number, from 1; absent when the group took no part
        std::map<std::string, std::string, std::less<>> named;
    };

    std::optional<Match> match(std::string_view text) const;

private:
    class Implementation;
    explicit Pattern(std::unique_ptr<const Implementation> implementation) noexcept;
    std::unique_ptr<const Implementation> m_implementation;
};

/// What is wrong with an expression, as PCRE tells it; nothing when it could be compiled, or only uses what linear-time
/// engines lack.
std::optional<std::string> findSyntaxError(std::string_view expression);

/// The part of an expression that only backtracking engines know, and what it is, in the words of Kong's router.
struct Unsupported
{
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string_view reason;
};

std::optional<Unsupported> findUnsupported(std::string_view expression);

} // namespace claimsmith::gateway
