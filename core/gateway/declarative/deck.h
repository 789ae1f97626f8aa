// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/entities.h"
#include "gateway/validation.h"

#include <map>
#include <string_view>

namespace claimsmith::gateway::declarative {

/// What a state file of decK says for all its entities (kong-admin-deck.md §3.1): tags that each of them has, values of
/// what they leave out, configurations that plugins share by name. Kong refuses these members; the enterprise edition
/// stands for decK's view and heeds them. A view: of no use once the document is gone.
class DeckSettings final
{
public:
    /// Those of a document that says nothing.
    DeckSettings() = default;
    /// What is wrong goes to `errors`, under the names of the document's members.
    DeckSettings(const document::Object& document, SchemaErrors& errors);

    /// Whether decK has this member at the top of a document, where Kong has none.
    static bool hasMember(std::string_view name) noexcept;

    /// Turns what is given of an entity into what decK would send: `_config` and names of other entities are replaced
    /// by what they stand for, tags and defaults added.
    void complete(const EntityType& type, document::Object& fields, SchemaErrors& errors) const;

    /// Whether passwords are given as the digests that they are.
    bool hasDigests() const noexcept { return m_hasDigests; }

private:
    void readInfo(const document::Value& info, SchemaErrors& errors);
    void readDefaults(const document::Value& defaults, SchemaErrors& errors);
    void readPluginConfigs(const document::Value& configs, SchemaErrors& errors);
    void addSharedConfig(document::Object& plugin, SchemaErrors& errors) const;

    const document::Array* m_tags = nullptr;
    std::map<std::string_view, const document::Object*> m_defaults; ///< by kind
    const document::Object* m_pluginConfigs = nullptr;
    bool m_hasDigests = false;
};

} // namespace claimsmith::gateway::declarative
