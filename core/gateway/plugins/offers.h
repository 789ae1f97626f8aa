// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/explain.h"
#include "gateway/snapshot.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// The repairs that the explanations of several plugins offer. The first one added is the primary one. What can't be
/// offered, because the plugin or the credential is gone from the snapshot, is left out.
class Offers final
{
public:
    Offers(const Step& step, const Snapshot& snapshot, Explanation& explanation);

    /// The plugin's configuration in the snapshot, with defaults; null when the plugin is not there any more.
    const document::Value* config() const noexcept { return m_config; }

    void add(Text label, RepairAction action);

    /// Ways to send credentials of a kind, for up to three of them: `make` gives the action for one and its consumer's
    /// name, or nothing when it can't be sent. `first`, when given, comes first.
    using MakeAction =
        std::function<std::optional<RepairAction>(const Entity& credential, const std::string& consumer)>;
    void sendCredentials(std::string_view kind, std::string_view label, const MakeAction& make,
                         const Entity* first = nullptr);
    /// Sets a field of the configuration.
    void setConfig(Text label, std::string_view field, document::Value value);
    /// Appends to a list of the configuration.
    void appendToConfig(Text label, std::string_view list, document::Value value);
    /// Takes a value out of a list of the configuration; one that would be left empty becomes null.
    void removeFromConfig(Text label, std::string_view list, const document::Value& value);
    void openPlugin();
    /// Opens another entity, when it stands in the document.
    void open(Text label, const Entity* entity);

    /// The name of the consumer that owns a credential; empty when there is none.
    std::string consumerOf(const Entity& credential) const;

private:
    std::string pointerTo(std::string_view field) const;

    const Snapshot& m_snapshot;
    Explanation& m_explanation;
    const Entity* m_plugin = nullptr;
    const document::Value* m_config = nullptr;
};

} // namespace claimsmith::gateway
