// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/client/client.h"

#include <string>
#include <string_view>

namespace claimsmith::cli {

/// Reads a request of a workspace from its file and prepares it as the desktop does. The workspace is the nearest
/// folder above with a workspace.json; without one there are no variables. `environment` empty: the one that no other
/// refines, if there is just one. `gateway` empty: where the workspace's gateway listens.
///
/// Secrets come from the process environment, "NAME" or "CLAIMSMITH_SECRET_NAME" (in capitals, with "_" for what is
/// neither letter nor digit), else from the keychain.
Result<http::ClientRequest> workspaceRequest(std::string_view file, std::string_view environment,
                                             std::string_view gateway);

} // namespace claimsmith::cli
