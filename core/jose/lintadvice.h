// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/lint.h"

#include <string>
#include <string_view>

namespace claimsmith::jose {

/// What to do about a finding of lint(), for reports that leave the program; the desktop has its own words.
struct LintAdvice
{
    LintCode code;
    std::string_view problem;      ///< one sentence; {names} stand for the finding's parameters
    std::string_view fix;          ///< one sentence, likewise
    std::string_view bestPractice; ///< the section of RFC 8725 that asks for it; empty when none does
};

const LintAdvice& adviceOn(LintCode code) noexcept;

/// The sentence with the finding's parameters in their places.
std::string filled(std::string_view sentence, const LintFinding& finding);

} // namespace claimsmith::jose
