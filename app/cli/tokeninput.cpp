// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tokeninput.h"

#include "base/text.h"
#include "cli/io.h"

namespace claimsmith::cli {

Result<std::string> readToken(const Arguments& arguments)
{
    const std::vector<std::string>& operands = arguments.operands();
    if (operands.size() > 1)
        return Error{.code = ArgumentsErrorCode::UnexpectedOperand, .detail = "one token at a time, or --batch"};
    std::string text = operands.empty() ? "-" : operands.front();
    if (text == "-") {
        CLAIMSMITH_TRY(text, readInput("-"));
    }
    std::string_view token = trimmed(text);
    constexpr std::string_view scheme = "Bearer ";
    if (equalIgnoringCase(token.substr(0, scheme.size()), scheme))
        token = trimmed(token.substr(scheme.size()));
    return std::string(token);
}

} // namespace claimsmith::cli
