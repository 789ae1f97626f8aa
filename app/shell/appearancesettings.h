// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/appearance.h"

class QSettings;

namespace claimsmith::app {

/// Keeps Appearance between runs. Values that make no sense are read as their defaults.
Appearance loadAppearance(const QSettings& settings);
void saveAppearance(QSettings& settings, const Appearance& appearance);

} // namespace claimsmith::app
