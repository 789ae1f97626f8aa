// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/pattern.h"

#include <re2/re2.h>

#include <array>
#include <utility>

namespace claimsmith::gateway {
namespace {

constexpr std::int64_t maximumMemory = 8 << 20;

RE2::Options quietOptions()
{
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(maximumMemory);
    return options;
}

/// "(?<name>" is written "(?P<name>" in the engines that match; the look-behinds "(?<=" and "(?<!" stay.
std::string withPythonGroups(std::string_view expression)
{
    std::string out;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const bool opens = expression.substr(i, 3) == "(?<" && i + 3 < expression.size() && expression[i + 3] != '=' &&
                           expression[i + 3] != '!' && (i == 0 || expression[i - 1] != '\\');
        if (opens) {
            out += "(?P<";
            i += 2;
        } else {
            out += expression[i];
        }
    }
    return out;
}

std::string_view pcreText(RE2::ErrorCode code) noexcept
{
    switch (code) {
    case RE2::ErrorMissingParen:
        return "missing closing parenthesis";
    case RE2::ErrorUnexpectedParen:
        return "unmatched closing parenthesis";
    case RE2::ErrorMissingBracket:
        return "missing terminating ] for character class";
    case RE2::ErrorBadCharRange:
        return "range out of order in character class";
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatOp:
        return "quantifier does not follow a repeatable item";
    case RE2::ErrorRepeatSize:
        return "number too big in {} quantifier";
    case RE2::ErrorTrailingBackslash:
        return "\\ at end of pattern";
    case RE2::ErrorPatternTooLarge:
        return "regular expression is too large";
    default:
        return "unrecognized character follows \\";
    }
}

} // namespace

class Pattern::Implementation final
{
public:
    explicit Implementation(const std::string& expression) : regex(expression, quietOptions()) {}

    RE2 regex;
};

Pattern::Pattern(std::unique_ptr<const Implementation> implementation) noexcept
    : m_implementation(std::move(implementation))
{
}

Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

std::optional<Pattern> Pattern::compile(std::string_view expression, Anchor anchor)
{
    auto implementation =
        std::make_unique<const Implementation>((anchor == Anchor::Start ? "^" : "") + withPythonGroups(expression));
    if (!implementation->regex.ok())
        return std::nullopt;
    return Pattern(std::move(implementation));
}

bool Pattern::matches(std::string_view text) const noexcept
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), m_implementation->regex);
}

std::optional<Pattern::Match> Pattern::match(std::string_view text) const
{
    const RE2& regex = m_implementation->regex;
    std::vector<re2::StringPiece> pieces(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
    if (!regex.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED, pieces.data(),
                     static_cast<int>(pieces.size())))
        return std::nullopt;
    const auto textOf = [](const re2::StringPiece& piece) { return std::string(piece.data(), piece.size()); };
    Match match{textOf(pieces[0]), {}, {}};
    for (std::size_t i = 1; i < pieces.size(); ++i)
        match.groups.push_back(pieces[i].data() ? std::optional(textOf(pieces[i])) : std::nullopt);
    for (const auto& [name, index] : regex.NamedCapturingGroups())
        if (const auto& group = match.groups[static_cast<std::size_t>(index) - 1])
            match.named.emplace(name, *group);
    return match;
}

std::optional<Unsupported> findUnsupported(std::string_view expression)
{
    static constexpr std::string_view lookAround =
        "look-around, including look-ahead and look-behind, is not supported";
    bool inClass = false;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char c = expression[i];
        if (c == '\\') {
            if (!inClass && i + 1 < expression.size() && expression[i + 1] >= '1' && expression[i + 1] <= '9')
                return Unsupported{i, 2, "backreferences are not supported"};
            ++i;
        } else if (inClass) {
            inClass = c != ']';
        } else if (c == '[') {
            inClass = true;
        } else if (c == '(') {
            for (const std::string_view opening : {"(?=", "(?!", "(?<=", "(?<!"})
                if (expression.substr(i).starts_with(opening))
                    return Unsupported{i, opening.size(), lookAround};
        }
    }
    return std::nullopt;
}

std::optional<std::string> findSyntaxError(std::string_view expression)
{
    if (findUnsupported(expression))
        return std::nullopt;
    const RE2 regex(withPythonGroups(expression), quietOptions());
    if (regex.ok())
        return std::nullopt;
    return "pcre2_compile() failed: " + std::string(pcreText(regex.error_code())) + " in \"" + std::string(expression) +
           "\"";
}

} // namespace claimsmith::gateway
