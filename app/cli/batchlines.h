// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "jose/candidate.h"
#include "jose/key.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::cli {

/// What the lines of `--batch` files have in common.
enum class BatchErrorCode { LineInvalid, TokenMissing, KeyMissing, MemberInvalid };
const ErrorDomain& errorDomain(BatchErrorCode) noexcept;

/// MemberInvalid.
Error invalidMember(std::string_view member);

/// "token": a text, or the JSON of a serialisation.
Result<std::string> readBatchToken(const document::Object& line);

struct BatchKeys
{
    std::vector<jose::Key> keys;
    jose::KeyIdRule keyIds = jose::KeyIdRule::Ignore; ///< of a set kids choose
    bool isSecret = false;                            ///< from "secret": of any length that is in use
};

/// "jwk", "jwks" or "secret"; the first two as JSON or as a text that holds it.
Result<BatchKeys> readBatchKeys(const document::Object& line);

/// Answers each line that is not empty with {"id","valid","error"} and the member `result`, unless that is empty: what
/// `judge` gives, null for a line that is refused. Negative when one is not valid.
int answerLines(std::string_view lines, std::string_view result,
                const std::function<Result<document::Value>(const document::Object&)>& judge);

} // namespace claimsmith::cli
