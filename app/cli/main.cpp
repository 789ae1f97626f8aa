// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/io.h"

#include <algorithm>
#include <exception>

namespace {

using namespace claimsmith::cli;

constexpr std::string_view version = CLAIMSMITH_VERSION;

/// The commands of a group ("jwt"), or all of them for "".
std::vector<const Command*> commandsOf(std::string_view group)
{
    std::vector<const Command*> list;
    for (const Command& command : commands()) {
        if (group.empty() || command.name.starts_with(std::string(group) + ' '))
            list.push_back(&command);
    }
    return list;
}

std::string overview(std::string_view group = {})
{
    const std::vector<const Command*> list = commandsOf(group);
    std::size_t width = 0;
    for (const Command* command : list)
        width = std::max(width, command->name.size());
    std::string text =
        "usage: claimctl " + (group.empty() ? "" : std::string(group) + ' ') + "COMMAND [OPTION]... [OPERAND]...\n\n";
    for (const Command* command : list) {
        std::string name(command->name);
        name.resize(width, ' ');
        text += "  " + name + "  " + std::string(command->summary) + '\n';
    }
    return text + "\nclaimctl COMMAND --help tells about one of them. \"-\" stands for standard input.\n"
                  "Exit status: 0 as hoped, 1 a negative answer, 2 wrong usage, 3 something needed is missing.\n";
}

bool asksForHelp(std::string_view word)
{
    return word == "--help" || word == "-h" || word == "help";
}

/// The command that the first words name, and how many they are.
std::pair<const Command*, std::size_t> findCommand(const std::vector<std::string>& words)
{
    const std::string one = words.front();
    const std::string two = words.size() > 1 ? one + ' ' + words[1] : one;
    for (const Command& command : commands()) {
        if (command.name == two)
            return {&command, words.size() > 1 ? 2 : 1};
        if (command.name == one)
            return {&command, 1};
    }
    return {nullptr, 0};
}

int runProgram(const std::vector<std::string>& words)
{
    if (words.empty()) {
        writeDiagnostic(overview());
        return WrongUsage;
    }
    if (asksForHelp(words.front())) {
        write(overview());
        return Success;
    }
    if (words.front() == "--version") {
        writeLine("claimctl " + std::string(version));
        return Success;
    }
    const auto [command, nameWords] = findCommand(words);
    if (command == nullptr && !commandsOf(words.front()).empty() && (words.size() == 1 || asksForHelp(words[1]))) {
        const bool asked = words.size() > 1;
        asked ? write(overview(words.front())) : writeDiagnostic(overview(words.front()));
        return asked ? Success : WrongUsage;
    }
    if (command == nullptr) {
        report("no such command: " + words.front() + (words.size() > 1 ? ' ' + words[1] : ""));
        writeDiagnostic("claimctl --help lists them.\n");
        return WrongUsage;
    }
    return invoke(*command, {words.begin() + static_cast<std::ptrdiff_t>(nameWords), words.end()});
}

} // namespace

int main(int argc, char* argv[])
{
    try {
        return runProgram({argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        return fail(Environment, failure.what());
    }
}
