// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "jose/forge/attack.h"

#include <string>

namespace claimsmith::jose::forge {

/// {"target","baseline","counts","cells":[{"variant","title","label","severity","standard","outcome","detail","token"}]}.
document::Value toJson(const AttackReport& report);

/// A test suite with a case for each token; findings are failures, what was not sent is skipped. Tokens are left out:
/// such files are uploaded.
std::string toJunit(const AttackReport& report);

/// A table of findings with what each proves, then a table of all variants. Tokens are left out.
std::string toMarkdown(const AttackReport& report);

} // namespace claimsmith::jose::forge
