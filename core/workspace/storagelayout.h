// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "workspace/model.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::workspace {

/// What is known of a file on disk. Paths are relative to the workspace, with slashes.
struct StoredFile
{
    std::string path;
    std::string name;          ///< that the thing in it had when the path was chosen
    std::string content;       ///< as FileItem::content, when it was read or written; empty: to be written anew
    std::optional<Bytes> disk; ///< the whole file, when it was read or written; nothing: it is not there
};

/// By the identity of what a file holds: "request:<id>", "environment:<id>", "index".
using StoredFiles = std::map<std::string, StoredFile, std::less<>>;

/// A file as a workspace wants it.
struct FileItem
{
    std::string key;
    std::string path;
    std::string name;
    std::string content; ///< JSON of the members that this version knows, or the raw text
    const std::vector<std::string_view>* known = nullptr; ///< names of those members; null for raw texts
};

/// The files of a workspace, in an order in which they can be written one after the other: what an index names comes
/// before the index. Files keep their paths while what they hold keeps its name; new ones get paths that are free in
/// `stored`, in `broken` (files that exist, but can't be read) and on disk.
std::vector<FileItem> layOut(const Workspace& workspace, const StoredFiles& stored, const std::set<std::string>& broken,
                             const std::filesystem::path& folder);

/// The path of something within a folder of the workspace.
inline std::string within(std::string_view directory, std::string_view name)
{
    return std::string(directory).append(1, '/').append(name);
}

inline constexpr std::string_view indexPath = "workspace.json";
inline constexpr std::string_view kongPath = "gateway/kong.yml";

} // namespace claimsmith::workspace
