// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <filesystem>
#include <string>

namespace claimsmith::workspace {

/// The nearest folder above a file (or the folder itself) that holds a workspace; empty when there is none.
std::filesystem::path findWorkspaceFolder(const std::filesystem::path& file);

/// The environment that no other refines, if there is just one; else empty.
std::string onlyEnvironment(const Workspace& workspace);

/// The request that a path of names leads to: "my-api-service/Call /api". The path's folders may be left out as long as
/// just one request has the name. Null when there is none, or several.
const Request* findRequestByPath(const Workspace& workspace, std::string_view path);

} // namespace claimsmith::workspace
