// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/pagestack.h"
#include "shell/palettesearch.h"

#include <functional>
#include <vector>

namespace claimsmith::app {

/// All that the palette finds now: commands that can be run, and what the pages offer. `show` brings the page with an
/// id to the front and gives it.
std::vector<PaletteEntry> paletteEntries(const ActionRegistry& actions, PageStack& pages, AppContext& context,
                                         const std::function<Panel&(const QString&)>& show);

} // namespace claimsmith::app
