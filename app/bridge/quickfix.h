// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"

namespace claimsmith::app {

/// The one obvious change that mends the problem, when there is one: the nearest value that a rule allows, the type
/// that the text already is, the known name nearest to an unknown one.
std::optional<ConfigEdit> quickFixFor(const gateway::Problem& problem, const document::Value& document);

} // namespace claimsmith::app
