// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/plugin.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// What every authentication plugin does alike (kong-plugins.md A7, A8).

/// Checks of a plugin that had nothing to do: one found before who it is, or it does not look at OPTIONS requests.
inline constexpr std::string_view authenticatedBefore = "plugin.authenticated-before"; ///< found: the consumer
inline constexpr std::string_view preflightPasses = "plugin.preflight-passes";

/// The request is the consumer's: remembers it and writes the identity headers for the upstream. `identifier` is what
/// X-Credential-Identifier says.
void authenticate(Exchange& exchange, const Consumer& consumer, const Entity& credential, std::string_view identifier);

/// What `anonymous` and `run_on_preflight` ask for.
class AuthenticationRule final
{
public:
    explicit AuthenticationRule(const document::Value& config);

    /// Whether the plugin has nothing to do: a preflight request that is let through, or an earlier plugin's success
    /// where one is enough. Sets the verdict.
    bool passes(Exchange& exchange) const;
    /// After a failure: goes on as the anonymous consumer when there is one, else gives the refusal. Throws Fault when
    /// the configured consumer does not exist, as Kong answers 500 then.
    Decision refuse(Exchange& exchange, Answer refusal) const;

private:
    std::optional<std::string> m_anonymous;
    bool m_runsOnPreflight;
};

} // namespace claimsmith::gateway
