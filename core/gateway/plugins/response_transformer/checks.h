// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::responsetransformer {

/// Ids of what the plugin looks at before it changes a body.
inline constexpr std::string_view jsonType = "response-transformer.json-type";
inline constexpr std::string_view jsonBody = "response-transformer.json-body";

inline constexpr std::string_view all[] = {jsonType, jsonBody};

} // namespace claimsmith::gateway::responsetransformer
