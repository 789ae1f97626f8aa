// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

#include <QString>

namespace claimsmith::app {

/// Trace and explanation as Markdown, to be pasted into a ticket. Tokens are left out.
QString traceMarkdown(const gateway::Trace& trace, const gateway::Explanation& explanation);

} // namespace claimsmith::app
