// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace claimsmith::gateway {

/// What this process calls itself where Kong tells about its node.
struct NodeIdentity
{
    std::string id; ///< a UUID, another one at each start
    std::string hostName;
    int processId = 0;
};

const NodeIdentity& nodeIdentity();

/// Kong's only workspace in open source, "default".
inline constexpr const char* defaultWorkspaceId = "0dc6f45b-8f8d-40d2-a504-473544ee190b";

} // namespace claimsmith::gateway
