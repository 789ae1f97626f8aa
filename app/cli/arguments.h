// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::cli {

struct Option
{
    std::string_view name;  ///< "--key"
    std::string_view value; ///< what its value is called in the help: "FILE"; empty for a switch
    std::string_view help;  ///< one line, without a full stop
    bool isRepeatable = false;
};

enum class ArgumentsErrorCode {
    UnknownOption, ///< parameter "option", as in the others
    MissingValue,
    UnexpectedValue, ///< "--json=yes" for a switch
    RepeatedOption,
    UnexpectedOperand,
};
const ErrorDomain& errorDomain(ArgumentsErrorCode) noexcept;

/// The words of a command line, sorted by the options of a command.
class Arguments final
{
public:
    /// Takes "--name value", "--name=value" and, after "--", operands only. "-" is an operand (or a value): standard
    /// input.
    /// --help and --json are known to every command.
    static Result<Arguments> parse(const std::vector<std::string>& words, std::span<const Option> options,
                                   bool takesOperands);

    bool has(std::string_view option) const { return m_values.find(option) != m_values.end(); }
    /// The value, or the last one of a repeatable option.
    std::optional<std::string_view> value(std::string_view option) const;
    std::string_view valueOr(std::string_view option, std::string_view fallback) const;
    /// All values in their order.
    std::vector<std::string_view> values(std::string_view option) const;
    const std::vector<std::string>& operands() const noexcept { return m_operands; }

    bool wantsJson() const { return has("--json"); }

private:
    Result<void> addOption(const std::vector<std::string>& words, std::size_t& at, std::span<const Option> options);

    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::vector<std::string> m_operands;
};

} // namespace claimsmith::cli
