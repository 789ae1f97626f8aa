// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/consumers.h"

#include "base/text.h"

namespace claimsmith::gateway::openidconnect {

Consumers::Consumers(const Snapshot& snapshot)
{
    for (const auto& consumer : snapshot.consumers()) {
        m_byField.emplace(Key("id", consumer->id), consumer.get());
        if (!consumer->username.empty()) {
            m_byField.emplace(Key("username", consumer->username), consumer.get());
            m_byLowerName.emplace(toLower(consumer->username), consumer.get());
        }
        if (!consumer->customId.empty())
            m_byField.emplace(Key("custom_id", consumer->customId), consumer.get());
    }
}

const Consumer* Consumers::find(std::string_view value, const std::vector<std::string>& fields,
                                bool ignoresCase) const noexcept
{
    for (const std::string& field : fields) {
        const auto found = m_byField.find(Key(field, value));
        if (found != m_byField.end())
            return found->second;
        if (field != "username" || !ignoresCase)
            continue;
        const auto similar = m_byLowerName.find(toLower(value));
        if (similar != m_byLowerName.end())
            return similar->second;
    }
    return nullptr;
}

} // namespace claimsmith::gateway::openidconnect
