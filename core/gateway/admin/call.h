// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/adminhandler.h"
#include "http/message.h"
#include "http/query.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::admin {

/// What the Admin API remembers between requests.
struct Memory
{
    /// Kinds of which an entity was looked for by its id. Kong then shows a minimum length at that field in /schemas.
    std::set<std::string_view> soughtById;
    std::string logLevel = "notice";
};

/// One request to the Admin API. Its views live as long as the request is handled.
struct Call
{
    const http::Request& request;
    const AdminContext& context;
    Memory& memory;
    std::shared_ptr<const Snapshot> snapshot;
    std::string_view path;             ///< as sent, without a slash at the end
    std::vector<std::string> segments; ///< decoded
    http::QueryArguments query;

    const Entities& entities() const noexcept { return snapshot->entities(); }

    /// The value of a query argument; empty for one without a value.
    std::optional<std::string> argument(std::string_view name) const
    {
        const auto* found = query.find(name);
        return found ? std::optional(found->value.value_or("")) : std::nullopt;
    }
};

} // namespace claimsmith::gateway::admin
