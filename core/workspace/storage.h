// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "workspace/model.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace claimsmith::workspace {

enum class StorageErrorCode {
    NotAFolder,
    NotAWorkspace,  ///< the folder holds no workspace.json
    NewerFormat,    ///< written by a later version; parameter "format"
    FolderNotEmpty, ///< a workspace can't be made here
    Unreadable,     ///< the cause is the file's or the JSON reader's error
    WrongType,      ///< parameters "expected", "found"
    MissingMember,  ///< parameter "name"
    UnknownValue,   ///< a word that is none of those possible; parameters "value", "expected"
    ChangedOnDisk,  ///< the file was changed by someone else since it was read; it is left as it is
    SecretInFile,   ///< a private key was to be written into the folder
    NotWritable,    ///< the cause is the file's error
};
const ErrorDomain& errorDomain(StorageErrorCode) noexcept;

/// A workspace as a folder that reads well in git:
///
///     workspace.json                  name, gateway settings, environments, and the order of everything
///     requests/<folder>/folder.json   name, and the order of its requests and folders
///     requests/<folder>/<name>.json   one request
///     environments/<name>.json        variables, as the user writes them
///     tokens/<name>.json              one token recipe
///     keys/<kid>.json                 public parts
///     gateway/kong.yml                as decK and Kong read it
///
/// File names follow the names of things and stay when only their content changes. Ids are in the files, order in the
/// parent. Members have a fixed order and defaults are left out, so that one change makes a small difference; members
/// that this version does not know are kept.
///
/// An environment may be without its file, which is kept out of git, say: it is empty then, and gets one when it
/// changes.
///
/// A file that can't be read or understood is reported, never overwritten or deleted, and the rest of the workspace
/// opens without it. Writes are atomic, one file at a time, new content before old is removed: a program that is killed
/// in between leaves a workspace that opens. Nothing that was changed on disk in the meantime is overwritten.
///
/// Movable. One thread at a time.
class Storage final
{
public:
    /// Reads a folder. Fails when there is no workspace.json or it makes no sense; other files' errors are problems().
    static Result<Storage> open(const std::filesystem::path& folder);
    /// Makes the folder, which must not exist or be empty, and saves the workspace there.
    static Result<Storage> create(const std::filesystem::path& folder, const Workspace& workspace);

    Storage(Storage&&) noexcept;
    Storage& operator=(Storage&&) noexcept;
    ~Storage();

    const std::filesystem::path& folder() const noexcept;
    /// What the folder holds, as read or saved last.
    const Workspace& workspace() const noexcept;
    /// What is wrong with files that were left out, each with file, line, column and JSON pointer.
    const std::vector<Error>& problems() const noexcept;

    /// Writes what differs from workspace(). After an error workspace() is as before, some files may be written
    /// already, and saving again goes on from there.
    Result<void> save(const Workspace& workspace);

    /// Whether files were changed, added or removed by someone else since reading or saving.
    bool isChangedOnDisk() const;
    /// Reads the folder anew. On failure everything stays as it was.
    Result<void> reload();

private:
    class Private;
    explicit Storage(std::unique_ptr<Private> d) noexcept;
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::workspace
