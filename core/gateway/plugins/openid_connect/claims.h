// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/plugins/openid_connect/settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// The value at a path of member names, or null. An empty path leads nowhere.
const document::Value* walk(const document::Object& claims, const std::vector<std::string>& path) noexcept;

/// The words of a claim: those of a text, the elements of a list, a number or boolean as its text.
std::vector<std::string> wordsOf(const document::Value* claim);

/// A scalar as its text, anything else as JSON.
std::string textOf(const document::Value& claim);

/// Whether both have the same `sub`.
bool isSameSubject(const document::Object& one, const document::Object& other);

/// Everything that is known about the caller, in the order in which claims are looked for (kong-plugins.md I1.5): the
/// access token, the ID token, introspection, user information. Views: the objects live elsewhere.
class ClaimSources final
{
public:
    void add(const document::Object* claims)
    {
        if (claims)
            m_sources.push_back(claims);
    }

    const document::Value* find(const std::vector<std::string>& path) const noexcept;
    const document::Value* find(const std::string& claim) const noexcept;

private:
    std::vector<const document::Object*> m_sources;
};

/// Whether the claim has all words of one of the alternatives; true when nothing is required.
bool holds(const Requirement& requirement, const ClaimSources& sources);

/// "a b, c": as the configuration has it.
std::string textOf(const Requirement& requirement);

} // namespace claimsmith::gateway::openidconnect
