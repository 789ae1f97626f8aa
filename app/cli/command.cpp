// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include "cli/io.h"

#include <algorithm>

namespace claimsmith::cli {
namespace {

std::string optionColumn(const Option& option)
{
    std::string text(option.name);
    if (!option.value.empty())
        text.append(1, ' ').append(option.value);
    return text;
}

std::string usageOf(const Command& command)
{
    std::string text = "usage: claimctl " + std::string(command.name) + " [OPTION]...";
    if (!command.operands.empty())
        text.append(1, ' ').append(command.operands);
    return text + '\n';
}

} // namespace

std::string helpOf(const Command& command)
{
    std::vector<Option> options = command.options;
    options.push_back({"--json", "", "write the result as JSON"});
    options.push_back({"--help", "", "show this help"});
    std::size_t width = 0;
    for (const Option& option : options)
        width = std::max(width, optionColumn(option).size());

    std::string text = usageOf(command) + '\n' + std::string(command.summary) + ".\n\n";
    for (const Option& option : options) {
        std::string column = optionColumn(option);
        column.resize(width, ' ');
        text += "  " + column + "  " + std::string(option.help) + '\n';
    }
    return text;
}

int invoke(const Command& command, const std::vector<std::string>& words)
{
    const auto arguments = Arguments::parse(words, command.options, !command.operands.empty());
    if (!arguments) {
        report(arguments.error().detail);
        writeDiagnostic(usageOf(command));
        return WrongUsage;
    }
    if (arguments->has("--help")) {
        write(helpOf(command));
        return Success;
    }
    return command.run(*arguments);
}

} // namespace claimsmith::cli
