// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/model.h"

#include <algorithm>

namespace claimsmith::workspace {
namespace {

const Request* findIn(const std::vector<Folder>& folders, const Id& id) noexcept
{
    for (const Folder& folder : folders) {
        const auto found = std::ranges::find(folder.requests, id, &Request::id);
        if (found != folder.requests.end())
            return &*found;
        if (const Request* inner = findIn(folder.folders, id))
            return inner;
    }
    return nullptr;
}

template <class Named>
const Named* findNamed(const std::vector<Named>& all, std::string_view name) noexcept
{
    const auto found = std::ranges::find(all, name, &Named::name);
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const Request* Workspace::findRequest(const Id& request) const noexcept
{
    return findIn(folders, request);
}

Request* Workspace::findRequest(const Id& request) noexcept
{
    return const_cast<Request*>(findIn(folders, request)); // this workspace is not const
}

const TokenRecipe* Workspace::findToken(std::string_view recipe) const noexcept
{
    return findNamed(tokens, recipe);
}

const Environment* Workspace::findEnvironment(std::string_view environment) const noexcept
{
    return findNamed(environments, environment);
}

} // namespace claimsmith::workspace
