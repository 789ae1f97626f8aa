// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/command.h"
#include "document/value.h"

#include <string>
#include <string_view>

namespace claimsmith::cli {

/// To standard output, as it is.
void write(std::string_view text);
/// To standard output with a line end.
void writeLine(std::string_view text);
/// One JSON value on one line.
void writeJson(const document::Value& value);

/// To standard error, as it is.
void writeDiagnostic(std::string_view text);
/// "claimctl: message" to standard error.
void report(std::string_view message);
/// Reports the error and gives back the status, for `return fail(WrongUsage, error);`.
int fail(ExitStatus status, const Error& error);
int fail(ExitStatus status, std::string_view message);

enum class InputErrorCode { NotReadable, TooLarge };
const ErrorDomain& errorDomain(InputErrorCode) noexcept;

/// The content of a file, or of standard input when the path is "-". The error's place names the file.
Result<std::string> readInput(std::string_view path);

} // namespace claimsmith::cli
