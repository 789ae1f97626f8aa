// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/openid_connect/provider.h"
#include "gateway/sharedtable.h"

#include <memory>
#include <string>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

/// What a provider answered; kept in memory for later requests.
struct Reply
{
    int status = 0;           ///< 0: there was no answer
    document::Object members; ///< of a JSON object; of a signed answer, those of its payload
    std::string text;         ///< a signed answer (application/jwt) as it came
    http::HeaderMap headers;
    std::string problem; ///< why there is no use in it; empty when it is a success
    TimePoint received{};

    bool isGood() const noexcept { return problem.empty(); }
    std::string_view member(std::string_view name) const noexcept;
};
using ReplyPointer = std::shared_ptr<const Reply>;

/// What an engine remembers for this plugin. Any thread.
struct Shared
{
    Providers providers;
    SharedTable<ReplyPointer> replies{std::size_t(16) << 20U};
    /// Seals sessions of configurations without a secret of their own.
    const SecretBytes sessionKey = makeKey();

private:
    static SecretBytes makeKey();
};

} // namespace claimsmith::gateway::openidconnect
