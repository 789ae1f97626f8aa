// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::app {

enum class SampleErrorCode {
    UnknownSample, ///< parameter "name"
    NotReadable,   ///< the program's own copy of the sample can't be unpacked
};
const ErrorDomain& errorDomain(SampleErrorCode) noexcept;

struct SampleSecret
{
    std::string name;
    SecretBytes value;
};

struct CreatedSample
{
    std::vector<SampleSecret> secrets; ///< made just now, to be put into the secret store; they are in no file
    std::string environment;           ///< name of the one to start with
};

/// Names of the samples that are compiled in: "login_server".
std::vector<std::string> sampleNames();

/// Makes a workspace from a sample in a folder that is absent or empty, with an id of its own and fresh secrets
/// (runner::makeUpSecrets) for those that it refers to by name. Also fails with the errors of workspace::Storage.
Result<CreatedSample> createSample(std::string_view name, const std::filesystem::path& folder);

} // namespace claimsmith::app
