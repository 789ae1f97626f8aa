// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/jwt/token.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace claimsmith::gateway::jwt {

class JwtCredentials;
struct Verifying;

/// Tokens that this thread has lately decoded and found to be signed by one of a snapshot's credentials: clients send
/// the same token many times, and reading and verifying it is most of what the plugin costs. A token is known by its
/// exact text only, for the key that verified it, until its `exp`; everything else about it is checked each time.
/// Bounded; forgotten as soon as the thread works with another snapshot's credentials.
class TokenMemory final
{
public:
    static constexpr std::size_t capacity = 1024;     ///< tokens of each of two generations
    static constexpr std::size_t longestToken = 4096; ///< octets; longer ones are not remembered

    struct Entry
    {
        Token token;
        const Verifying* verifiedBy = nullptr; ///< in the credentials; the signature is valid for this key
        double expires = 0;                    ///< Unix time; infinite for a token without `exp`
    };

    /// The calling thread's memory for these credentials.
    static TokenMemory& ofThread(const JwtCredentials& credentials);

    /// Null when the token is not known or has expired. Valid until the next call.
    const Entry* find(std::string_view text, std::int64_t now);
    void keep(Token token, const Verifying& verifiedBy);
    std::size_t size() const noexcept { return m_young.size() + m_old.size(); }

private:
    /// The keys are views into the entries' texts.
    using Generation = std::unordered_map<std::string_view, std::unique_ptr<Entry>>;

    const Entry* insert(std::unique_ptr<Entry> entry);

    std::uint64_t m_owner = 0;
    Generation m_young;
    Generation m_old;
};

} // namespace claimsmith::gateway::jwt
