// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

#include <QString>

namespace claimsmith::app {

/// The sentences for what the gateway's explain() names by ids. Source texts take values in braces: "{key}" as it is,
/// "{seconds:span}" as a length of time. Words between backticks are what a machine reads: a claim, a field. Values
/// never count as markup.

/// The sentence without marks. An id that nobody knows gives itself with its values, so that nothing is lost.
QString plainText(const gateway::Text& text);
/// The same as HTML: marked words in the family given, everything escaped. No colours in it.
QString richText(const gateway::Text& text, const QString& monoFamily);

/// "Signature is valid": what a check looks at, in the form that holds when it passes.
QString checkText(const gateway::Finding& finding);
/// The value that stands beside it in the mono face, e.g. the algorithm; may be empty.
QString checkValue(const gateway::Finding& finding);
/// What the standard asks where Kong does something else; empty for a finding without quirk.
QString quirkText(const gateway::Finding& finding);

} // namespace claimsmith::app
