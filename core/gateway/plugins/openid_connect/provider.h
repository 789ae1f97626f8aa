// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/value.h"
#include "gateway/outgoing.h"
#include "gateway/plugins/openid_connect/settings.h"
#include "jose/key.h"
#include "jose/signature.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// A key of the provider with a verifier for each algorithm that it may be used with.
struct PreparedKey
{
    jose::Key key;
    std::vector<jose::SignatureVerifier> verifiers;
};

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3), with its keys. Immutable.
struct Metadata
{
    std::string issuer;
    document::Object document; ///< empty when nothing is discovered
    std::vector<PreparedKey> keys;
    TimePoint discovered{};

    /// A member that is a text; empty when there is none.
    std::string_view text(std::string_view name) const noexcept;
    /// Whether a member that is a list holds the text; false when there is no such member.
    bool lists(std::string_view name, std::string_view text) const noexcept;
    bool hasKey(std::string_view kid) const noexcept;
    /// "a, b": the ids of the keys.
    std::string keyIds() const;
};

/// One provider, as all requests of an engine know it. Any thread. What was discovered once stays while a later attempt
/// fails.
class Provider final
{
public:
    /// Null until discovery has succeeded.
    std::shared_ptr<const Metadata> metadata() const;
    /// Why the last attempt failed; empty when it did not.
    std::string problem() const;
    /// Discovers, or joins whoever is at it. Afterwards metadata() and problem() are what came of it. With `since`,
    /// only when the last attempt was before it.
    Flow<void> discover(Waits& waits, Outgoing& outgoing, const ProviderSettings& settings, TimePoint now,
                        std::optional<TimePoint> since = {});
    /// The same, but nobody waits for it.
    void discoverAside(Outgoing& outgoing, const ProviderSettings& settings, TimePoint now, TimePoint since);

private:
    using Callback = std::function<void()>;

    /// Whether the caller has to discover; otherwise `done` is called when that has happened, or at once.
    bool claim(Callback done, TimePoint now, std::optional<TimePoint> since);
    Flow<void> attempt(Waits& waits, Outgoing& outgoing, ProviderSettings settings, TimePoint now);
    void settle(Result<Metadata> result);

    mutable std::mutex m_mutex;
    std::shared_ptr<const Metadata> m_metadata; ///< all are guarded by m_mutex
    std::string m_problem;
    std::optional<TimePoint> m_attempted;
    bool m_isBusy = false;
    std::vector<Callback> m_waiting;
};

/// The providers of an engine. Any thread.
class Providers final
{
public:
    /// Lives as long as this object.
    Provider& provider(const std::string& key);

private:
    std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<Provider>, std::less<>> m_providers;
};

} // namespace claimsmith::gateway::openidconnect
