// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <algorithm>
#include <array>

namespace claimsmith::cli {
namespace {

constexpr std::array<Option, 2> commonOptions{{
    {"--help", "", "show this help"},
    {"--json", "", "write the result as JSON"},
}};

constexpr std::array<std::string_view, 5> codeNames{
    "unknown-option", "missing-value", "unexpected-value", "repeated-option", "unexpected-operand",
};

constexpr ErrorDomain domain{"arguments", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

const Option* findOption(std::string_view name, std::span<const Option> options)
{
    const auto isIt = [name](const Option& option) { return option.name == name; };
    if (const auto found = std::ranges::find_if(options, isIt); found != options.end())
        return &*found;
    const auto common = std::ranges::find_if(commonOptions, isIt);
    return common == commonOptions.end() ? nullptr : &*common;
}

Error problem(ArgumentsErrorCode code, std::string_view what, std::string_view option)
{
    return {.code = code,
            .detail = std::string(what) + ": " + std::string(option),
            .parameters = {{"option", std::string(option)}}};
}

} // namespace

const ErrorDomain& errorDomain(ArgumentsErrorCode) noexcept
{
    return domain;
}

Result<Arguments> Arguments::parse(const std::vector<std::string>& words, std::span<const Option> options,
                                   bool takesOperands)
{
    Arguments arguments;
    bool onlyOperands = false;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at];
        if (!onlyOperands && word == "--") {
            onlyOperands = true;
        } else if (!onlyOperands && word.size() > 1 && word.front() == '-') {
            CLAIMSMITH_CHECK(arguments.addOption(words, at, options));
        } else {
            if (!takesOperands)
                return problem(ArgumentsErrorCode::UnexpectedOperand, "unexpected argument", word);
            arguments.m_operands.push_back(word);
        }
    }
    return arguments;
}

Result<void> Arguments::addOption(const std::vector<std::string>& words, std::size_t& at,
                                  std::span<const Option> options)
{
    const std::string_view word = words[at];
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Option* option = findOption(name, options);
    if (option == nullptr)
        return problem(ArgumentsErrorCode::UnknownOption, "unknown option", name);
    if (option->value.empty() && equals != std::string_view::npos)
        return problem(ArgumentsErrorCode::UnexpectedValue, "this option takes no value", name);
    std::vector<std::string>& values = m_values[std::string(name)];
    if (!values.empty() && !option->isRepeatable)
        return problem(ArgumentsErrorCode::RepeatedOption, "option given twice", name);
    if (option->value.empty()) {
        values.emplace_back();
    } else if (equals != std::string_view::npos) {
        values.emplace_back(word.substr(equals + 1));
    } else if (at + 1 < words.size()) {
        values.push_back(words[++at]);
    } else {
        return problem(ArgumentsErrorCode::MissingValue, "a value is missing", name);
    }
    return {};
}

std::optional<std::string_view> Arguments::value(std::string_view option) const
{
    const auto found = m_values.find(option);
    if (found == m_values.end())
        return std::nullopt;
    return found->second.back();
}

std::string_view Arguments::valueOr(std::string_view option, std::string_view fallback) const
{
    return value(option).value_or(fallback);
}

std::vector<std::string_view> Arguments::values(std::string_view option) const
{
    const auto found = m_values.find(option);
    if (found == m_values.end())
        return {};
    return {found->second.begin(), found->second.end()};
}

} // namespace claimsmith::cli
