// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/storagereader.h"

#include "workspace/format.h"
#include "workspace/storage.h"

#include "base/file.h"
#include "base/random.h"

#include <algorithm>
#include <type_traits>

namespace claimsmith::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepestFolder = 16;
constexpr std::string_view extension = ".json";

/// Files (".json") or folders within a folder: those of the order first, then the others by name. Hidden ones are not
/// ours.
std::vector<std::string> listOrdered(const fs::path& folder, const std::vector<std::string>& order, bool folders)
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        if (name.starts_with('.'))
            continue;
        if (folders && entry->is_directory(ignored) && !entry->is_symlink(ignored))
            names.push_back(name);
        if (!folders && name.ends_with(extension) && name != "folder.json" && !entry->is_directory(ignored))
            names.push_back(name.substr(0, name.size() - extension.size()));
    }
    const auto rank = [&order](const std::string& name) {
        return std::find(order.begin(), order.end(), name) - order.begin();
    };
    std::sort(names.begin(), names.end(), [&rank](const std::string& a, const std::string& b) {
        return std::pair(rank(a), std::string_view(a)) < std::pair(rank(b), std::string_view(b));
    });
    return names;
}

class Reader final
{
public:
    explicit Reader(const fs::path& folder) : m_folder(folder) {}

    Result<StoredWorkspace> read() &&
    {
        CLAIMSMITH_TRY(const Index index, readIndex());
        Workspace& workspace = m_read.workspace;
        workspace.id = takeId("", index.id);
        workspace.name = index.name;
        workspace.gateway = index.gateway;
        for (const std::string& name : listOrdered(m_folder / "requests", index.folders, true))
            workspace.folders.push_back(readFolder(within("requests", name), name, 0));
        readEnvironments(index);
        for (const std::string& stem : listOrdered(m_folder / "tokens", index.tokens, false))
            readThing(within("tokens", stem), "token:", parseTokenRecipe, &TokenRecipe::id, &TokenRecipe::name,
                      workspace.tokens);
        for (const std::string& stem : listOrdered(m_folder / "keys", index.keys, false))
            readThing(within("keys", stem), "key:", parseStoredKey, &StoredKey::kid, &StoredKey::kid, workspace.keys);
        readKong();
        takeContents();
        return std::move(m_read);
    }

private:
    std::string absolute(const std::string& path) const { return (m_folder / path).string(); }

    Result<Index> readIndex()
    {
        std::error_code error;
        const std::string path(indexPath);
        if (!fs::is_directory(m_folder, error))
            return storageError(StorageErrorCode::NotAFolder, m_folder.string(), "this is no folder");
        auto text = readFile(m_folder / path);
        if (!text && text.error().code == FileErrorCode::NotFound)
            return storageError(StorageErrorCode::NotAWorkspace, m_folder.string(),
                                "there is no workspace.json in this folder");
        if (!text)
            return unreadable(absolute(path), std::move(text).error());
        auto index = parseIndex(*text, absolute(path));
        if (index)
            m_read.files["index"] = {path, "workspace", {}, std::move(*text)};
        return index;
    }

    static Error storageError(StorageErrorCode code, std::string file, std::string detail)
    {
        Error error{code};
        error.place.file = std::move(file);
        error.detail = std::move(detail);
        return error;
    }

    static Error unreadable(std::string file, Error cause)
    {
        Error error = storageError(StorageErrorCode::Unreadable, std::move(file), "the file can't be read");
        error.cause = std::make_shared<Error>(std::move(cause));
        return error;
    }

    void reject(const std::string& path, Error error)
    {
        m_read.broken.insert(path);
        m_read.problems.push_back(std::move(error));
    }

    /// The text of a file; when it can't be read, that becomes a problem.
    std::optional<Bytes> readText(const std::string& path)
    {
        auto text = readFile(m_folder / path);
        if (text)
            return std::move(*text);
        reject(path, unreadable(absolute(path), std::move(text).error()));
        return std::nullopt;
    }

    /// The id from a file, or a new one when it has none or another file has the same (a copy made by hand).
    std::string takeId(const std::string& kind, const std::string& id)
    {
        if (!id.empty() && !m_read.files.contains(kind + id))
            return id;
        std::string fresh = randomUuid();
        m_renewed.insert(kind.empty() || kind == "environment:" ? "index" : kind + fresh); // the file that holds the id
        return fresh;
    }

    template <class Thing>
    void readThing(const std::string& stem, const std::string& kind,
                   Result<Thing> (*parse)(std::string_view, const std::string&), std::string Thing::*id,
                   std::string Thing::*name, std::vector<Thing>& things)
    {
        const std::string path = stem + std::string(extension);
        auto text = readText(path);
        if (!text)
            return;
        auto thing = parse(*text, absolute(path));
        if (!thing)
            return reject(path, std::move(thing).error());
        std::string key = kind + (*thing).*id;
        if constexpr (std::is_same_v<Thing, StoredKey>) {
            while (m_read.files.contains(key)) // its id is its kid, which is not ours to change; as layOut() does
                key += '\'';
        } else {
            (*thing).*id = takeId(kind, (*thing).*id);
            key = kind + (*thing).*id;
        }
        m_read.files[key] = {path, (*thing).*name, {}, std::move(*text)};
        things.push_back(std::move(*thing));
    }

    Folder readFolder(const std::string& directory, const std::string& name, std::size_t depth)
    {
        const FolderIndex index = readFolderIndex(directory, name);
        Folder folder{index.id, index.name, {}, {}};
        for (const std::string& stem : listOrdered(m_folder / directory, index.requests, false))
            readThing(within(directory, stem), "request:", parseRequest, &Request::id, &Request::name, folder.requests);
        if (depth < deepestFolder) {
            for (const std::string& inner : listOrdered(m_folder / directory, index.folders, true))
                folder.folders.push_back(readFolder(within(directory, inner), inner, depth + 1));
        }
        return folder;
    }

    /// What folder.json says; without one that can be read, the folder is named as on disk.
    FolderIndex readFolderIndex(const std::string& directory, const std::string& name)
    {
        const std::string path = within(directory, "folder.json");
        FolderIndex index{{}, name, {}, {}};
        std::optional<Bytes> text;
        if (fs::exists(fs::symlink_status(m_folder / path)))
            text = readText(path);
        if (text) {
            if (auto parsed = parseFolderIndex(*text, absolute(path)))
                index = std::move(*parsed);
            else
                reject(path, std::move(parsed).error());
        }
        index.id = takeId("folder:", index.id);
        m_read.files["folder:" + index.id] = {path, index.name, {}, std::move(text)};
        return index;
    }

    /// Those of the index, also without a file (one that is kept out of git, say), then files that it does not name.
    void readEnvironments(const Index& index)
    {
        std::vector<std::string> order;
        for (const auto& entry : index.environments) {
            order.push_back(entry.file);
            readEnvironment(entry.file, entry.environment);
        }
        for (const std::string& stem : listOrdered(m_folder / "environments", order, false)) {
            if (std::find(order.begin(), order.end(), stem) == order.end())
                readEnvironment(stem, Environment{{}, stem, {}, {}, false, {}});
        }
    }

    void readEnvironment(const std::string& stem, Environment environment)
    {
        const std::string path = within("environments", stem).append(extension);
        std::optional<Bytes> text;
        if (fs::is_regular_file(m_folder / path))
            text = readText(path);
        environment.id = takeId("environment:", environment.id);
        environment.text = text.value_or("{}");
        const std::string key = "environment:" + environment.id;
        if (!text)
            m_absent.insert(key);
        m_read.files[key] = {path, environment.name, {}, std::move(text)};
        m_read.workspace.environments.push_back(std::move(environment));
    }

    void readKong()
    {
        const std::string path(kongPath);
        if (!fs::exists(fs::symlink_status(m_folder / path)))
            return;
        if (auto text = readText(path)) {
            m_read.workspace.kongYml = *text;
            m_read.files["kong"] = {path, "kong", {}, std::move(text)};
        }
    }

    /// What each file would be written as now, so that saving finds out which things differ. Files that got a new id
    /// stay without, to be written with it.
    void takeContents()
    {
        for (FileItem& item : layOut(m_read.workspace, m_read.files, m_read.broken, m_folder)) {
            const auto file = m_read.files.find(item.key);
            const bool read = file != m_read.files.end() && (file->second.disk || m_absent.contains(item.key));
            if (read && !m_renewed.contains(item.key))
                file->second.content = std::move(item.content);
        }
    }

    const fs::path& m_folder;
    StoredWorkspace m_read;
    std::set<std::string> m_renewed; ///< keys of files that got a new id
    std::set<std::string> m_absent;  ///< keys of environments without a file that can be read
};

void addStamp(FileStamps& stamps, const fs::path& folder, const fs::path& file)
{
    if (const auto stamp = readStamp(file))
        stamps.emplace(file.lexically_relative(folder).generic_string(), *stamp);
}

} // namespace

Result<StoredWorkspace> readStoredWorkspace(const fs::path& folder)
{
    return Reader(folder).read();
}

std::optional<FileStamp> readStamp(const fs::path& file)
{
    std::error_code error;
    FileStamp stamp;
    stamp.size = fs::file_size(file, error);
    if (!error)
        stamp.time = fs::last_write_time(file, error);
    return error ? std::nullopt : std::optional(stamp);
}

FileStamps readStamps(const fs::path& folder)
{
    FileStamps stamps;
    addStamp(stamps, folder, folder / indexPath);
    addStamp(stamps, folder, folder / kongPath);
    for (const char* part : {"requests", "environments", "tokens", "keys"}) {
        std::error_code error;
        for (fs::recursive_directory_iterator entry(folder / part, error);
             !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
            const std::string name = entry->path().filename().string();
            if (!name.starts_with('.') && name.ends_with(extension))
                addStamp(stamps, folder, entry->path());
        }
    }
    return stamps;
}

} // namespace claimsmith::workspace
