// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstddef>
#include <filesystem>

namespace claimsmith {

enum class FileErrorCode {
    NotFound,
    NotPermitted,
    NotAFile, ///< a folder or a device
    TooLarge,
    NoSpace,
    Failed, ///< anything else; the detail is the system's sentence
};
const ErrorDomain& errorDomain(FileErrorCode) noexcept;

// The place of every error names the file. All functions may be called from any thread.

/// The whole content of a regular file.
Result<Bytes> readFile(const std::filesystem::path& path, std::size_t maximumSize = 64U << 20);

enum class FileAccess {
    Default, ///< for a new file what the umask leaves of 0666
    Private, ///< 0600, also where the file was open to others before
};

/// Replaces or makes a file so that it holds either the old or the new content whenever the program or the machine
/// stops: a temporary file in the same folder is written, synchronised and renamed over it, then the folder is
/// synchronised. A replaced file keeps its permissions; a symbolic link stays one, and what it points to is replaced.
/// Leaves nothing behind on failure. The folder has to exist.
Result<void> writeFileAtomically(const std::filesystem::path& path, BytesView content,
                                 FileAccess access = FileAccess::Default);

/// Removes temporary files that a killed program left in a folder (not below it) more than ten minutes ago.
void removeStaleTemporaries(const std::filesystem::path& folder) noexcept;

} // namespace claimsmith
