// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/storage.h"

#include "workspace/storagereader.h"

#include "base/file.h"
#include "document/json.h"

#include <algorithm>
#include <array>

namespace claimsmith::workspace {
namespace {

namespace fs = std::filesystem;

std::string_view codeName(int code) noexcept
{
    switch (static_cast<StorageErrorCode>(code)) {
    case StorageErrorCode::NotAFolder:
        return "not-a-folder";
    case StorageErrorCode::NotAWorkspace:
        return "not-a-workspace";
    case StorageErrorCode::NewerFormat:
        return "newer-format";
    case StorageErrorCode::FolderNotEmpty:
        return "folder-not-empty";
    case StorageErrorCode::Unreadable:
        return "unreadable";
    case StorageErrorCode::WrongType:
        return "wrong-type";
    case StorageErrorCode::MissingMember:
        return "missing-member";
    case StorageErrorCode::UnknownValue:
        return "unknown-value";
    case StorageErrorCode::ChangedOnDisk:
        return "changed-on-disk";
    case StorageErrorCode::SecretInFile:
        return "secret-in-file";
    case StorageErrorCode::NotWritable:
        return "not-writable";
    }
    return "";
}

Error storageError(StorageErrorCode code, const fs::path& file, std::string detail)
{
    Error error{code};
    error.place.file = file.string();
    error.detail = std::move(detail);
    return error;
}

Error notWritable(const fs::path& file, Error cause)
{
    Error error = storageError(StorageErrorCode::NotWritable, file, "the file can't be written");
    error.cause = std::make_shared<Error>(std::move(cause));
    return error;
}

Error notWritable(const fs::path& file, const std::error_code& cause)
{
    return storageError(StorageErrorCode::NotWritable, file, cause.message());
}

/// Whether a text is a JWK without a private part (RFC 7518 §6), or nothing.
bool isPublicJwk(const std::string& text)
{
    constexpr std::array<std::string_view, 8> privateMembers{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    if (text.empty())
        return true;
    const auto jwk = document::parseJson(text);
    return jwk && jwk->asObject() &&
           std::none_of(privateMembers.begin(), privateMembers.end(),
                        [&jwk](std::string_view name) { return jwk->asObject()->contains(name); });
}

/// The members that this version writes, then those of the old file that it does not know.
Bytes withUnknownMembers(const FileItem& item, const std::optional<Bytes>& disk)
{
    const auto old = disk ? document::parseJson(*disk) : Result<document::Value>(document::Value());
    if (!item.known || !old || !old->asObject())
        return item.content;
    auto fresh = document::parseJson(item.content);
    bool found = false;
    for (const document::Member& member : *old->asObject()) {
        if (std::find(item.known->begin(), item.known->end(), member.name) != item.known->end())
            continue;
        fresh->asObject()->append(member.name, member.value);
        found = true;
    }
    return found ? document::toJson(*fresh, {.indent = 2}) + "\n" : item.content;
}

} // namespace

const ErrorDomain& errorDomain(StorageErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"storage", codeName};
    return domain;
}

class Storage::Private
{
public:
    explicit Private(fs::path path) : folder(std::move(path)) {}

    Result<void> read()
    {
        CLAIMSMITH_TRY(stored, readStoredWorkspace(folder));
        stamps = readStamps(folder);
        obsolete.clear();
        removeTemporaries();
        return {};
    }

    Result<void> save(const Workspace& workspace)
    {
        for (const StoredKey& key : workspace.keys) {
            if (!isPublicJwk(key.publicJwk))
                return storageError(StorageErrorCode::SecretInFile, folder / "keys",
                                    "the key " + key.kid + " is not public");
        }
        const std::vector<FileItem> items = layOut(workspace, stored.files, stored.broken, folder);
        for (const FileItem& item : items)
            CLAIMSMITH_CHECK(saveItem(item));
        collectObsolete(items);
        CLAIMSMITH_CHECK(removeObsolete());
        stored.workspace = workspace;
        return {};
    }

    const fs::path folder;
    StoredWorkspace stored;
    FileStamps stamps;

private:
    struct Obsolete
    {
        std::string path;
        Bytes disk;
    };

    Result<void> saveItem(const FileItem& item)
    {
        if (stored.broken.contains(item.path))
            return {};
        const auto found = stored.files.find(item.key);
        const StoredFile* old = found == stored.files.end() ? nullptr : &found->second;
        const bool stays = old && old->path == item.path;
        if (stays && old->content == item.content)
            return {};
        if (stays)
            CLAIMSMITH_CHECK(expectUnchanged(item.path, old->disk));
        Bytes bytes = withUnknownMembers(item, old ? old->disk : std::nullopt);
        CLAIMSMITH_CHECK(writeFile(item.path, bytes));
        if (old && !stays && old->disk)
            obsolete.push_back({old->path, *old->disk});
        stored.files.insert_or_assign(item.key, StoredFile{item.path, item.name, item.content, std::move(bytes)});
        return {};
    }

    /// A file that is gone may be written anew: nobody's work is lost by that.
    Result<void> expectUnchanged(const std::string& path, const std::optional<Bytes>& disk) const
    {
        const auto now = readFile(folder / path);
        if (!now && now.error().code == FileErrorCode::NotFound)
            return {};
        if (!now)
            return notWritable(folder / path, now.error());
        if (!disk || *now != *disk)
            return storageError(StorageErrorCode::ChangedOnDisk, folder / path, "the file was changed by someone else");
        return {};
    }

    Result<void> writeFile(const std::string& path, const Bytes& bytes)
    {
        std::error_code error;
        const fs::path file = folder / path;
        fs::create_directories(file.parent_path(), error);
        if (error)
            return notWritable(file, error);
        if (auto written = writeFileAtomically(file, bytes); !written)
            return notWritable(file, std::move(written).error());
        if (const auto stamp = readStamp(file))
            stamps.insert_or_assign(path, *stamp);
        return {};
    }

    void collectObsolete(const std::vector<FileItem>& items)
    {
        std::set<std::string_view> wanted;
        for (const FileItem& item : items)
            wanted.insert(item.key);
        std::erase_if(stored.files, [&](const auto& entry) {
            const bool gone = !wanted.contains(entry.first);
            if (gone && entry.second.disk)
                obsolete.push_back({entry.second.path, *entry.second.disk});
            return gone;
        });
    }

    Result<void> removeObsolete()
    {
        while (!obsolete.empty()) {
            const Obsolete file = std::move(obsolete.back());
            obsolete.pop_back();
            CLAIMSMITH_CHECK(expectUnchanged(file.path, file.disk));
            std::error_code error;
            fs::remove(folder / file.path, error);
            if (error)
                return notWritable(folder / file.path, error);
            stamps.erase(file.path);
            removeEmptyFolders(fs::path(file.path).parent_path());
        }
        return {};
    }

    void removeEmptyFolders(fs::path path) const
    {
        std::error_code error;
        while (!path.empty() && fs::is_empty(folder / path, error) && !error && fs::remove(folder / path, error))
            path = path.parent_path();
    }

    void removeTemporaries() const
    {
        std::set<fs::path> folders{folder};
        for (const auto& [key, file] : stored.files)
            folders.insert((folder / file.path).parent_path());
        for (const fs::path& path : folders)
            removeStaleTemporaries(path);
    }

    std::vector<Obsolete> obsolete; ///< written anew elsewhere, or no longer wanted
};

Storage::Storage(std::unique_ptr<Private> p) noexcept : d(std::move(p)) {}
Storage::Storage(Storage&&) noexcept = default;
Storage& Storage::operator=(Storage&&) noexcept = default;
Storage::~Storage() = default;

Result<Storage> Storage::open(const fs::path& folder)
{
    auto d = std::make_unique<Private>(folder);
    CLAIMSMITH_CHECK(d->read());
    return Storage(std::move(d));
}

Result<Storage> Storage::create(const fs::path& folder, const Workspace& workspace)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return notWritable(folder, error);
    if (!fs::is_empty(folder, error) || error)
        return storageError(StorageErrorCode::FolderNotEmpty, folder, "the folder is not empty");
    Storage storage(std::make_unique<Private>(folder));
    CLAIMSMITH_CHECK(storage.save(workspace));
    return storage;
}

const fs::path& Storage::folder() const noexcept
{
    return d->folder;
}

const Workspace& Storage::workspace() const noexcept
{
    return d->stored.workspace;
}

const std::vector<Error>& Storage::problems() const noexcept
{
    return d->stored.problems;
}

Result<void> Storage::save(const Workspace& workspace)
{
    return d->save(workspace);
}

bool Storage::isChangedOnDisk() const
{
    return readStamps(d->folder) != d->stamps;
}

Result<void> Storage::reload()
{
    auto fresh = std::make_unique<Private>(d->folder);
    CLAIMSMITH_CHECK(fresh->read());
    d = std::move(fresh);
    return {};
}

} // namespace claimsmith::workspace
