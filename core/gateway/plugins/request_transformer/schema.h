// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

namespace claimsmith::gateway::requesttransformer {

enum class Variant { Plain, Advanced };

/// The plugin's schema (kong-plugins.md F1.1, I3).
Schema transformerSchema(Variant variant);

} // namespace claimsmith::gateway::requesttransformer
