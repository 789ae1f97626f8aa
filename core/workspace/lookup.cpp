// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/lookup.h"

#include <algorithm>
#include <vector>

namespace claimsmith::workspace {
namespace {

namespace fs = std::filesystem;

struct NamedRequest
{
    std::string path;
    const Request* request;
};

void collect(const Folder& folder, const std::string& parent, std::vector<NamedRequest>& into)
{
    const std::string path = parent + folder.name + '/';
    for (const Request& request : folder.requests)
        into.push_back({path + request.name, &request});
    for (const Folder& inner : folder.folders)
        collect(inner, path, into);
}

bool endsWithPath(std::string_view whole, std::string_view path)
{
    return whole == path || (whole.ends_with(path) && whole[whole.size() - path.size() - 1] == '/');
}

} // namespace

fs::path findWorkspaceFolder(const fs::path& file)
{
    std::error_code error;
    for (fs::path folder = fs::absolute(file, error).lexically_normal(); !error; folder = folder.parent_path()) {
        if (fs::exists(folder / "workspace.json", error))
            return folder;
        if (folder == folder.parent_path())
            break;
        error.clear(); // a file is no folder to look into
    }
    return {};
}

std::string onlyEnvironment(const Workspace& workspace)
{
    std::vector<std::string> leaves;
    for (const Environment& environment : workspace.environments) {
        const bool refined = std::ranges::any_of(workspace.environments, [&environment](const Environment& other) {
            return other.parent == environment.name;
        });
        if (!refined)
            leaves.push_back(environment.name);
    }
    return leaves.size() == 1 ? leaves.front() : std::string();
}

const Request* findRequestByPath(const Workspace& workspace, std::string_view path)
{
    std::vector<NamedRequest> all;
    for (const Folder& folder : workspace.folders)
        collect(folder, {}, all);
    const Request* found = nullptr;
    for (const NamedRequest& each : all) {
        if (each.path == path)
            return each.request;
        if (!endsWithPath(each.path, path))
            continue;
        if (found)
            return nullptr;
        found = each.request;
    }
    return found;
}

} // namespace claimsmith::workspace
