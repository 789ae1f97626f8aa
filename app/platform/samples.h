// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "workspace/model.h"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::app {

enum class SampleErrorCode { UnknownSample };
const ErrorDomain& errorDomain(SampleErrorCode) noexcept;

struct SampleSecret
{
    std::string name;
    SecretBytes value;
};

struct CreatedSample
{
    std::vector<SampleSecret> secrets; ///< made just now, to be put into the secret store; in no file
    std::string environment;           ///< the one to start with
};

/// Makes a workspace from the sample of this name ("login_server") in a folder that is absent or empty, with an id of
/// its own and a fresh random secret for each that it refers to. Fails with UnknownSample or the error of
/// workspace::Storage.
Result<CreatedSample> createSample(std::string_view name, const std::filesystem::path& folder);

/// Names of the secrets that a workspace refers to: `{{secret:NAME}}` anywhere, `${{ env "DECK_NAME" }}` in kong.yml,
/// and the keys of its recipes and keyring. What a session loads from the store when it opens the workspace.
std::set<std::string> secretsOf(const workspace::Workspace& workspace);

} // namespace claimsmith::app
