// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "document/value.h"

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::responsetransformer {

/// What becomes of the members of a response's JSON object, prepared from the configuration.
class JsonChanges final
{
public:
    explicit JsonChanges(const document::Value& config);

    bool isEmpty() const noexcept;
    /// Removes, renames, replaces, adds and appends, in this order. Only members of the outermost object are looked at.
    void apply(document::Object& object) const;

private:
    struct Member
    {
        std::string name;
        std::optional<document::Value> value; ///< nothing: not of the type asked for; the entry does nothing
    };

    static std::vector<Member> membersOf(const document::Value& config, std::string_view operation);

    std::vector<std::string> m_removed;
    std::vector<Member> m_renamed; ///< value: the new name
    std::vector<Member> m_replaced;
    std::vector<Member> m_added;
    std::vector<Member> m_appended;
};

} // namespace claimsmith::gateway::responsetransformer
