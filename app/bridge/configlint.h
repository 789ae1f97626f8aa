// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"

namespace claimsmith::app {

/// What the engine accepts and a careful reader would ask about. Each warning's `message` is one of the ids that
/// app/text/problemtext.cpp knows.
std::vector<ConfigProblem> lintConfig(const document::Value& document, const ConfigOutline& outline);

} // namespace claimsmith::app
