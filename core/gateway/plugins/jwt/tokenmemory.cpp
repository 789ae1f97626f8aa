// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/tokenmemory.h"

#include "gateway/plugins/jwt/credentials.h"

#include <limits>
#include <utility>

namespace claimsmith::gateway::jwt {
namespace {

double expiryOf(const Token& token)
{
    const document::Value* expiry = token.claims.find("exp");
    const auto* number = expiry ? expiry->asNumber() : nullptr;
    return number ? number->toDouble() : std::numeric_limits<double>::infinity();
}

} // namespace

TokenMemory& TokenMemory::ofThread(const JwtCredentials& credentials)
{
    thread_local TokenMemory memory;
    if (memory.m_owner != credentials.generation()) {
        memory.m_young.clear();
        memory.m_old.clear();
        memory.m_owner = credentials.generation();
    }
    return memory;
}

const TokenMemory::Entry* TokenMemory::find(std::string_view text, std::int64_t now)
{
    const auto known = m_young.find(text);
    if (known != m_young.end() && known->second->expires > static_cast<double>(now))
        return known->second.get();
    if (known != m_young.end()) {
        m_young.erase(known);
        return nullptr;
    }
    auto old = m_old.extract(text);
    if (old.empty() || !(old.mapped()->expires > static_cast<double>(now)))
        return nullptr;
    return insert(std::move(old.mapped())); // still in use: it stays another generation
}

void TokenMemory::keep(Token token, const Verifying& verifiedBy)
{
    if (token.text.size() > longestToken)
        return;
    const double expires = expiryOf(token);
    insert(std::make_unique<Entry>(Entry{std::move(token), &verifiedBy, expires}));
}

const TokenMemory::Entry* TokenMemory::insert(std::unique_ptr<Entry> entry)
{
    if (m_young.size() >= capacity)
        m_old = std::exchange(m_young, {});
    const std::string_view text = entry->token.text;
    m_young.erase(text); // the key is a view into the entry that goes
    return m_young.emplace(text, std::move(entry)).first->second.get();
}

} // namespace claimsmith::gateway::jwt
