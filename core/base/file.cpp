// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include "base/random.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace claimsmith {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view temporarySuffix = ".claimsmith-tmp";

std::string_view codeName(int code) noexcept
{
    switch (static_cast<FileErrorCode>(code)) {
    case FileErrorCode::NotFound:
        return "not-found";
    case FileErrorCode::NotPermitted:
        return "not-permitted";
    case FileErrorCode::NotAFile:
        return "not-a-file";
    case FileErrorCode::TooLarge:
        return "too-large";
    case FileErrorCode::NoSpace:
        return "no-space";
    case FileErrorCode::Failed:
        return "failed";
    }
    return "";
}

FileErrorCode codeOf(int number) noexcept
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return FileErrorCode::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
        return FileErrorCode::NotPermitted;
    case EISDIR:
        return FileErrorCode::NotAFile;
    case ENOSPC:
    case EDQUOT:
        return FileErrorCode::NoSpace;
    default:
        return FileErrorCode::Failed;
    }
}

Error fileError(FileErrorCode code, const fs::path& path, std::string detail)
{
    Error error{code};
    error.place.file = path.string();
    error.detail = std::move(detail);
    return error;
}

Error systemError(int number, const fs::path& path)
{
    return fileError(codeOf(number), path, std::system_category().message(number));
}

class Descriptor final
{
public:
    explicit Descriptor(int number) noexcept : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    bool isOpen() const noexcept { return m_number >= 0; }
    int number() const noexcept { return m_number; }
    /// False when the system reports a write that failed late.
    bool close() noexcept
    {
        const int number = std::exchange(m_number, -1);
        return number < 0 || ::close(number) == 0;
    }

private:
    int m_number;
};

/// Removes the temporary file unless it was renamed away.
class Temporary final
{
public:
    explicit Temporary(fs::path path) : m_path(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary()
    {
        if (!m_path.empty())
            ::unlink(m_path.c_str());
    }

    const fs::path& path() const noexcept { return m_path; }
    void release() noexcept { m_path.clear(); }

private:
    fs::path m_path;
};

bool writeAll(int descriptor, BytesView content) noexcept
{
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// What a new content's permissions have to be; nothing where the umask decides.
std::optional<mode_t> wantedMode(const fs::path& path, FileAccess access) noexcept
{
    struct stat status
    {
    };
    if (access == FileAccess::Private)
        return S_IRUSR | S_IWUSR;
    if (::stat(path.c_str(), &status) == 0)
        return status.st_mode & 07777U;
    return std::nullopt;
}

/// Files themselves are durable by fsync; that they are there at all is for their folder.
void synchroniseFolder(const fs::path& folder) noexcept
{
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.isOpen())
        ::fsync(descriptor.number());
}

/// The file that a chain of symbolic links ends at, which need not exist.
fs::path linkTarget(fs::path path)
{
    std::error_code error;
    for (int links = 0; links < 40 && fs::is_symlink(fs::symlink_status(path, error)); ++links) {
        const fs::path target = fs::read_symlink(path, error);
        path = target.is_absolute() ? target : path.parent_path() / target;
    }
    return path;
}

} // namespace

const ErrorDomain& errorDomain(FileErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"file", codeName};
    return domain;
}

Result<Bytes> readFile(const fs::path& path, std::size_t maximumSize)
{
    // Without waiting for a writer, should it be a pipe.
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status
    {
    };
    if (!descriptor.isOpen() || ::fstat(descriptor.number(), &status) != 0)
        return systemError(errno, path);
    if (!S_ISREG(status.st_mode))
        return fileError(FileErrorCode::NotAFile, path, "this is no file");
    Bytes content;
    std::array<char, 1U << 16> buffer{};
    while (true) {
        const ssize_t count = ::read(descriptor.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError(errno, path);
        if (count == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(count));
        if (content.size() > maximumSize)
            return fileError(FileErrorCode::TooLarge, path,
                             "the file is larger than " + std::to_string(maximumSize) + " bytes");
    }
}

Result<void> writeFileAtomically(const fs::path& path, BytesView content, FileAccess access)
{
    const fs::path target = linkTarget(path);
    const std::optional<mode_t> mode = wantedMode(target, access);
    const fs::path name = "." + target.filename().string() + "." + randomAlphanumeric(8) + std::string(temporarySuffix);
    const mode_t creationMode = access == FileAccess::Private ? 0600 : 0666;
    Descriptor descriptor(
        ::open((target.parent_path() / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, creationMode));
    if (!descriptor.isOpen())
        return systemError(errno, path);
    Temporary temporary(target.parent_path() / name);
    if (mode && ::fchmod(descriptor.number(), *mode) != 0)
        return systemError(errno, path);
    if (!writeAll(descriptor.number(), content) || ::fsync(descriptor.number()) != 0 || !descriptor.close())
        return systemError(errno, path);
    if (::rename(temporary.path().c_str(), target.c_str()) != 0)
        return systemError(errno, path);
    temporary.release();
    synchroniseFolder(target.parent_path().empty() ? fs::path(".") : target.parent_path());
    return {};
}

void removeStaleTemporaries(const fs::path& folder) noexcept
{
    std::error_code error;
    const auto oldest = fs::file_time_type::clock::now() - std::chrono::minutes(10);
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.') && name.ends_with(temporarySuffix) && entry->last_write_time(ignored) < oldest &&
            !ignored)
            fs::remove(entry->path(), ignored);
    }
}

} // namespace claimsmith
