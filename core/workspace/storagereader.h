// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "workspace/storagelayout.h"

namespace claimsmith::workspace {

/// A folder as it was read.
struct StoredWorkspace
{
    Workspace workspace;
    StoredFiles files;
    std::set<std::string> broken; ///< paths of files that can't be read or understood
    std::vector<Error> problems;  ///< what is wrong with them
};

Result<StoredWorkspace> readStoredWorkspace(const std::filesystem::path& folder);

/// Size and time of a file, to notice that it changed.
struct FileStamp
{
    std::uintmax_t size = 0;
    std::filesystem::file_time_type time;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

using FileStamps = std::map<std::string, FileStamp>;

/// Those of every file that belongs to a workspace, by relative path.
FileStamps readStamps(const std::filesystem::path& folder);
std::optional<FileStamp> readStamp(const std::filesystem::path& file);

} // namespace claimsmith::workspace
