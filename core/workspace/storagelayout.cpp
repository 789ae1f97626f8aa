// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/storagelayout.h"

#include "workspace/filename.h"
#include "workspace/format.h"

#include "base/text.h"
#include "document/json.h"

namespace claimsmith::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".json";

std::string stemOf(const std::string& path)
{
    return fs::path(path).stem().string();
}

class Layout final
{
public:
    Layout(const StoredFiles& stored, const std::set<std::string>& broken, const fs::path& folder)
        : m_stored(stored), m_broken(broken), m_folder(folder)
    {
    }

    std::vector<FileItem> layOut(const Workspace& workspace) &&
    {
        Index index{workspace.id, workspace.name, workspace.gateway, {}, {}, {}, {}};
        Names folderNames;
        for (const Folder& folder : workspace.folders)
            index.folders.push_back(addFolder(folder, "requests", folderNames));
        addEnvironments(workspace, index);
        index.tokens = addFiles(
            "tokens", workspace.tokens, "token:", [](const TokenRecipe& recipe) { return recipe.id; },
            [](const TokenRecipe& recipe) { return recipe.name; });
        index.keys = addFiles(
            "keys", workspace.keys, "key:", [](const StoredKey& key) { return key.kid; },
            [](const StoredKey& key) { return key.kid; });
        if (!workspace.kongYml.empty() || m_stored.contains("kong"))
            m_items.push_back({uniqueKey("kong"), std::string(kongPath), "kong", workspace.kongYml});
        addJson(uniqueKey("index"), std::string(indexPath), "workspace", toValue(index));
        return std::move(m_items);
    }

private:
    /// File names in use in one folder, in lower case: some file systems take "A.json" and "a.json" for the same.
    using Names = std::set<std::string>;

    std::string uniqueKey(std::string key)
    {
        while (!m_keys.insert(key).second)
            key += '\'';
        return key;
    }

    void addJson(std::string key, std::string path, std::string name, const FileValue& value)
    {
        m_items.push_back({std::move(key), std::move(path), std::move(name),
                           document::toJson(document::Value(value.members), {.indent = 2}) + "\n", &value.known});
    }

    /// The name that a file or folder has or gets within `directory`.
    std::string chooseName(const std::string& key, const std::string& directory, const std::string& name,
                           std::string_view suffix, Names& names)
    {
        const std::string stem = fileStem(name);
        const auto stored = m_stored.find(key);
        if (stored != m_stored.end() && fileStem(stored->second.name) == stem) {
            const fs::path path =
                suffix.empty() ? fs::path(stored->second.path).parent_path() : fs::path(stored->second.path);
            std::string present = path.filename().string();
            if (path.parent_path() == fs::path(directory) && names.insert(toLower(present)).second)
                return present;
        }
        for (std::size_t number = 1;; ++number) {
            std::string candidate = stem + (number == 1 ? "" : "-" + std::to_string(number)) + std::string(suffix);
            const bool present = fs::exists(fs::symlink_status(m_folder / directory / candidate));
            if (!present && names.insert(toLower(candidate)).second)
                return candidate;
        }
    }

    std::string addFolder(const Folder& folder, const std::string& parent, Names& siblings)
    {
        const std::string key = uniqueKey("folder:" + folder.id);
        std::string name = chooseName(key, parent, folder.name, "", siblings);
        const std::string directory = within(parent, name);
        const std::string indexFile = within(directory, "folder.json");
        FolderIndex index{folder.id, folder.name, {}, {}};
        Names names{"folder.json"};
        index.requests = addFiles(
            directory, folder.requests, "request:", [](const Request& request) { return request.id; },
            [](const Request& request) { return request.name; }, names);
        for (const Folder& inner : folder.folders)
            index.folders.push_back(addFolder(inner, directory, names));
        addJson(key, indexFile, folder.name, toValue(index));
        return name;
    }

    template <class Thing, class IdOf, class NameOf>
    std::vector<std::string> addFiles(const std::string& directory, const std::vector<Thing>& things,
                                      const std::string& kind, IdOf idOf, NameOf nameOf, Names names = {})
    {
        std::vector<std::string> stems;
        for (const Thing& thing : things) {
            const std::string key = uniqueKey(kind + idOf(thing));
            const std::string file = chooseName(key, directory, nameOf(thing), extension, names);
            stems.push_back(stemOf(file));
            addJson(key, within(directory, file), nameOf(thing), toValue(thing));
        }
        for (std::string& stem : brokenIn(directory))
            stems.push_back(std::move(stem));
        return stems;
    }

    /// Files that can't be read keep their place at the end of the order.
    std::vector<std::string> brokenIn(const std::string& directory) const
    {
        std::vector<std::string> stems;
        for (const std::string& path : m_broken) {
            if (fs::path(path).parent_path() == fs::path(directory) && !path.ends_with("/folder.json"))
                stems.push_back(stemOf(path));
        }
        return stems;
    }

    void addEnvironments(const Workspace& workspace, Index& index)
    {
        Names names;
        for (const Environment& environment : workspace.environments) {
            std::string key = uniqueKey("environment:" + environment.id);
            const std::string file = chooseName(key, "environments", environment.name, extension, names);
            index.environments.push_back({stemOf(file), environment});
            m_items.push_back({std::move(key), within("environments", file), environment.name, environment.text});
        }
    }

    const StoredFiles& m_stored;
    const std::set<std::string>& m_broken;
    const fs::path& m_folder;
    std::set<std::string> m_keys;
    std::vector<FileItem> m_items;
};

} // namespace

std::vector<FileItem> layOut(const Workspace& workspace, const StoredFiles& stored, const std::set<std::string>& broken,
                             const fs::path& folder)
{
    return Layout(stored, broken, folder).layOut(workspace);
}

} // namespace claimsmith::workspace
