// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/request_transformer/rendering.h"

#include <optional>

namespace claimsmith::gateway::requesttransformer {

/// The JSON body with the changes (kong-plugins.md F1.3, I3), or nothing when it stays as it is: it is no JSON, or
/// nothing applied. Throws Fault for a body that is neither object nor list, where Kong breaks.
std::optional<Bytes> transformJson(Rendering& rendering, BytesView body);

} // namespace claimsmith::gateway::requesttransformer
