// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "identity/configuration.h"
#include "identity/keyring.h"
#include "identity/store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::identity {

using Secrets = std::map<std::string, SecretBytes, std::less<>>;

/// One issuer at work: its settings, keys and memory. Used under the provider's lock.
struct Realm
{
    Realm(Issuer chosen, KeyRing ring) : settings(std::move(chosen)), keys(std::move(ring)), faults(settings.faults) {}

    Issuer settings;
    std::string url; ///< the issuer identifier
    KeyRing keys;
    FaultSet faults; ///< as they are switched now
    Store store;
    const Clock* clock = nullptr;
    std::int64_t started = 0; ///< Unix seconds: when it began to remember
    std::shared_ptr<const Secrets> secrets;
    std::optional<jose::Key> strayKey; ///< what the fault keys-rotated signs with
    std::vector<Scope> scopes;         ///< scopesOf(settings)

    bool has(Fault fault) const noexcept { return faults.has(fault); }

    std::int64_t now() const noexcept { return clock->unixSeconds(); }

    /// Null for the empty name and for a secret that is not there.
    const SecretBytes* findSecret(std::string_view name) const noexcept;
    /// The longest that a token signed now can be valid: how long its key has to be published.
    std::int64_t longestTokenLifetime() const noexcept;
    /// The path of the issuer as browsers see it; empty for the root.
    std::string root() const;
    bool isSecure() const noexcept { return url.starts_with("https:"); }
};

/// A new key for the issuer's algorithm. Takes up to a second for RSA.
Result<jose::Key> makeSigningKey(const Issuer& settings, std::string id);

/// "sub" of a user: as configured, or made from issuer and name.
std::string subjectOf(const Issuer& issuer, const User& user);
/// Null when nobody has it.
const User* findSubject(const Issuer& issuer, std::string_view subject);

/// 43 characters that nobody can guess.
std::string makeOpaqueToken();

/// Ends an authorization: none of its tokens is taken any more.
void revoke(Realm& realm, std::string_view authorization);

} // namespace claimsmith::identity
