// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"

#include <string>
#include <string_view>

namespace claimsmith::app {

/// A name for a secret of the consumer at this pointer that no reference of the file has yet, made as decK wants it:
/// "DECK_LOGIN_SERVER_ISSUER_JWT".
std::string freeSecretName(const ConfigAnalysis& config, const std::string& consumer, std::string_view what);

} // namespace claimsmith::app
