// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/provider.h"
#include "identity/realm.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::identity {

/// The issuers of a provider, and how requests and callers find them.
class RealmSet final
{
public:
    /// Realms for the configuration; those of `old` that keep path and algorithm are moved over.
    static Result<RealmSet> create(const ProviderConfiguration& configuration, const ProviderOptions& options,
                                   const std::shared_ptr<const Secrets>& secrets, RealmSet* old);

    /// By exact path; null when there is none.
    Realm* find(std::string_view path) const noexcept;

    /// The issuer that a request's path is for, and the path below it. The issuer with the longest path wins; the
    /// well-known documents of RFC 8414 §3.1 have the issuer's path behind theirs.
    struct Target
    {
        Realm* realm = nullptr;
        std::string_view path = {}; ///< a view into the request's path
    };
    Target route(std::string_view path) const noexcept;

    void setUrl(const std::string& base);

    auto begin() const noexcept { return m_realms.begin(); }
    auto end() const noexcept { return m_realms.end(); }

private:
    std::vector<std::unique_ptr<Realm>> m_realms; ///< in the order of the configuration
};

} // namespace claimsmith::identity
