// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"

#include <string>
#include <vector>

namespace claimsmith::app {

/// One change of a declarative document: what forms, menus and quick fixes make.
struct ConfigEdit
{
    enum class Kind {
        Set,    ///< replaces or adds the value; a last token "-" appends to a list. Missing parents are made
        Remove, ///< also the list or record that would be left empty
        Rename, ///< of a member, in its place
    };
    Kind kind = Kind::Set;
    std::string pointer;
    document::Value value = {}; ///< Set
    std::string name = {};      ///< Rename: the new name

    static ConfigEdit set(std::string pointer, document::Value value);
    static ConfigEdit remove(std::string pointer);
    static ConfigEdit rename(std::string pointer, std::string name);

    friend bool operator==(const ConfigEdit&, const ConfigEdit&) = default;
};

/// The text after the edits, one after the other. Comments, order and quoting of everything else survive; only what
/// stands in flow style ("[a, b]") is rewritten from its outermost bracket on. JSON stays JSON, re-indented. Fails
/// where the text does not parse or the pointer leads nowhere.
Result<std::string> applyEdits(const std::string& text, const std::vector<ConfigEdit>& edits);

} // namespace claimsmith::app
