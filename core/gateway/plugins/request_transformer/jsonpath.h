// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::requesttransformer {

/// A place in a JSON body that a name leads to: a member of an object, or an element of a list. Valid until the
/// container changes.
class JsonPlace final
{
public:
    JsonPlace(document::Value& container, std::string name) : m_container(&container), m_name(std::move(name)) {}

    JsonPlace(document::Value& container, std::size_t index) : m_container(&container), m_index(index) {}

    /// Null when there is nothing.
    document::Value* find() const noexcept;
    void set(document::Value value) const;
    void remove() const;

private:
    document::Value* m_container;
    std::string m_name;
    std::optional<std::size_t> m_index; ///< of an element
};

/// The places that a name means in `root`, an object. With dotted names it is one member, whatever its name; else "a.b"
/// descends, "a[2]" is the second element and "a[*]" every one. A path that leads through nothing means no place; the
/// last member need not exist.
std::vector<JsonPlace> placesOf(document::Value& root, std::string_view name, bool hasDottedNames);

} // namespace claimsmith::gateway::requesttransformer
