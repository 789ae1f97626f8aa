// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/realmset.h"

#include <algorithm>
#include <array>

namespace claimsmith::identity {
namespace {

constexpr std::array<std::string_view, 2> wellKnown{"/.well-known/oauth-authorization-server",
                                                    "/.well-known/openid-configuration"};

Result<KeyRing> loadOrMakeKeys(const Issuer& issuer, const ProviderOptions& options)
{
    const std::int64_t now = options.clock->unixSeconds();
    if (auto kept = options.loadKeys ? options.loadKeys(issuer.path) : std::nullopt) {
        auto ring = KeyRing::restore(*kept);
        if (!ring) {
            Error error{ProviderErrorCode::KeysUnusable};
            error.detail = "the signing keys of the issuer " + issuer.path + " can't be read";
            error.cause = std::make_shared<const Error>(std::move(ring).error());
            return error;
        }
        if (ring->signing().key.metadata().algorithm == jose::toString(issuer.algorithm))
            return ring;
    }
    CLAIMSMITH_TRY(jose::Key key, makeSigningKey(issuer, KeyRing::idFor(issuer.keyPrefix, now)));
    KeyRing ring(std::move(key), now);
    if (options.saveKeys)
        options.saveKeys(issuer.path, ring.save());
    return ring;
}

bool isBelow(std::string_view path, std::string_view root) noexcept
{
    return path.starts_with(root) && path.size() > root.size() && path[root.size()] == '/';
}

} // namespace

Result<RealmSet> RealmSet::create(const ProviderConfiguration& configuration, const ProviderOptions& options,
                                  const std::shared_ptr<const Secrets>& secrets, RealmSet* old)
{
    RealmSet set;
    std::vector<std::unique_ptr<Realm>*> reused;
    for (const Issuer& issuer : configuration.issuers) {
        std::unique_ptr<Realm>* known = nullptr;
        for (std::size_t i = 0; old != nullptr && i < old->m_realms.size(); ++i) {
            const Issuer& settings = old->m_realms[i]->settings;
            if (settings.path == issuer.path && settings.algorithm == issuer.algorithm)
                known = &old->m_realms[i];
        }
        reused.push_back(known);
        set.m_realms.emplace_back();
        if (known == nullptr) {
            CLAIMSMITH_TRY(KeyRing ring, loadOrMakeKeys(issuer, options));
            set.m_realms.back() = std::make_unique<Realm>(issuer, std::move(ring));
            set.m_realms.back()->started = options.clock->unixSeconds();
        }
    }
    // Nothing can fail any more: what is kept moves over.
    for (std::size_t i = 0; i < set.m_realms.size(); ++i) {
        const Issuer& issuer = configuration.issuers[i];
        if (reused[i] != nullptr) {
            set.m_realms[i] = std::move(*reused[i]);
            if (set.m_realms[i]->settings.faults != issuer.faults)
                set.m_realms[i]->faults = issuer.faults;
            set.m_realms[i]->settings = issuer;
        }
        set.m_realms[i]->clock = options.clock;
        set.m_realms[i]->secrets = secrets;
        set.m_realms[i]->scopes = scopesOf(issuer);
    }
    return set;
}

Realm* RealmSet::find(std::string_view path) const noexcept
{
    for (const auto& realm : m_realms) {
        if (realm->settings.path == path)
            return realm.get();
    }
    return nullptr;
}

RealmSet::Target RealmSet::route(std::string_view path) const noexcept
{
    for (const std::string_view document : wellKnown) {
        if (!isBelow(path, document))
            continue;
        Realm* const realm = find(path.substr(document.size()));
        return {realm, realm == nullptr ? std::string_view() : document};
    }
    Target target;
    for (const auto& realm : m_realms) {
        const std::string_view root = realm->settings.path;
        if (isBelow(path, root) && (target.realm == nullptr || root.size() > target.realm->settings.path.size()))
            target = {realm.get(), path.substr(root.size())};
    }
    return target;
}

void RealmSet::setUrl(const std::string& base)
{
    for (const auto& realm : m_realms)
        realm->url = base.empty() ? std::string() : base + realm->settings.path;
}

} // namespace claimsmith::identity
