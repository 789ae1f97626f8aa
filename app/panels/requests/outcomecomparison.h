// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/requestsender.h"
#include "panels/requests/texttable.h"

#include <vector>

namespace claimsmith::app {

/// What differs between two answered sendings, below headings: what was sent (with the claims of the tokens), what the
/// gateway did, and what came back (JSON bodies value by value). Rows of three cells: what, before, now. Empty when
/// nothing differs. Both must have a response.
std::vector<TextTableRow> compareOutcomes(const SendOutcome& before, const SendOutcome& now);

} // namespace claimsmith::app
