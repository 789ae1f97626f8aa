// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"

#include <string>
#include <vector>

namespace claimsmith::runner {

/// What a scenario hopes for is written as a pattern: a JSON value that resembles what should come out.
///
///     null                     the member is absent, or null
///     "text", true             the same
///     12                       the same number, however it is written
///     [a, b]                   an array of as many elements, each as its pattern
///     {name: pattern, …}       an object whose members are as their patterns; it may have others
///     {$operator: argument}    one of those below; several have to hold at once
///
///     $contains: value         a text that holds the text, or an array with an element as the pattern
///     $matches: expression     a text that a part of which the regular expression (RE2) matches
///     $present: true|false     whether there is such a member at all
///     $not: pattern            anything else
///     $oneOf: [pattern, …]     as at least one of them
///     $atLeast, $atMost: 12    a number within these bounds
///
/// Texts are looked for in the JSON text of what is no string.

enum class ExpectationErrorCode {
    UnknownOperator, ///< parameters "operator", "expected"
    WrongArgument,   ///< of an operator; parameters "operator", "expected"
};
const ErrorDomain& errorDomain(ExpectationErrorCode) noexcept;

/// Whether a pattern makes sense. The error's place has the pointer into the pattern.
Result<void> checkPattern(const document::Value& pattern);

/// A place where what came out is not as expected.
struct Mismatch
{
    std::string pointer;  ///< into what came out
    std::string expected; ///< in the words of the pattern
    std::string found;    ///< JSON text, shortened; empty when there is nothing
    friend bool operator==(const Mismatch&, const Mismatch&) = default;
};

/// Every place where `found` (null: nothing) is not as the pattern, which checkPattern() has to have passed.
std::vector<Mismatch> compare(const document::Value& pattern, const document::Value* found);

} // namespace claimsmith::runner
