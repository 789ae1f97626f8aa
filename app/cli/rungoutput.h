// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "jose/rung.h"
#include "jose/verify.h"

#include <vector>

namespace claimsmith::cli {

/// [{"id","state","expected","found","distance","standard","error","parameters","offset"}…], absent members left out.
document::Array describeRungs(const std::vector<jose::Rung>& rungs);

/// {"valid","error","rungs"}.
document::Object describeVerification(const jose::VerificationReport& report);

/// A line for each step that was checked, to standard output.
void writeRungs(const std::vector<jose::Rung>& rungs);
/// The same to standard error.
void reportRungs(const std::vector<jose::Rung>& rungs);

} // namespace claimsmith::cli
