// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"

#include <string_view>
#include <vector>

namespace claimsmith::cli {

/// What a script can tell from the exit status; part of the command line's contract.
enum ExitStatus : int {
    Success = 0,
    Negative = 1,    ///< the command worked and the answer is no: an invalid token, a failed test
    WrongUsage = 2,  ///< the command line, or what it hands over to be used, is not usable
    Environment = 3, ///< a file, port or service that is needed is not there
};

/// One subcommand: everything the program knows about it. Each lives in a file of its own and is one line in
/// commands.cpp.
struct Command
{
    std::string_view name;     ///< one or two words: "gateway", "jwt sign"
    std::string_view operands; ///< "[TOKEN]" as the usage line shows it; empty when it takes none
    std::string_view summary;  ///< one line, without a full stop
    std::vector<Option> options;
    /// Results go to standard output, diagnostics to standard error. Gets only what `options` permits, and operands
    /// only if `operands` is not empty.
    int (*run)(const Arguments& arguments);
};

/// Runs `command` on the words behind its name: answers --help, refuses what it does not take, then calls it.
int invoke(const Command& command, const std::vector<std::string>& words);

/// The text of `claimctl COMMAND --help`.
std::string helpOf(const Command& command);

} // namespace claimsmith::cli
