// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/realm.h"

#include "base/base64.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "jose/generate.h"

#include <algorithm>

namespace claimsmith::identity {

const SecretBytes* Realm::findSecret(std::string_view name) const noexcept
{
    const auto found = secrets->find(name);
    return found == secrets->end() || name.empty() ? nullptr : &found->second;
}

std::int64_t Realm::longestTokenLifetime() const noexcept
{
    std::int64_t longest = std::max(settings.lifetimes.accessToken, settings.lifetimes.idToken);
    for (const Client& client : settings.clients)
        longest = std::max(longest, client.accessTokenLifetime.value_or(0));
    return longest;
}

std::string Realm::root() const
{
    const std::size_t slash = url.find('/', url.find("://") + 3);
    return slash == std::string::npos ? std::string() : url.substr(slash);
}

Result<jose::Key> makeSigningKey(const Issuer& settings, std::string id)
{
    jose::GenerateOptions options;
    options.id = std::move(id);
    return jose::generateKey(settings.algorithm, options);
}

std::string subjectOf(const Issuer& issuer, const User& user)
{
    if (!user.subject.empty())
        return user.subject;
    std::string text =
        toHex(crypto::digest(crypto::DigestKind::Sha256, issuer.path + '\n' + user.username).substr(0, 16));
    for (const std::size_t dash : {8U, 13U, 18U, 23U})
        text.insert(dash, 1, '-');
    return text;
}

const User* findSubject(const Issuer& issuer, std::string_view subject)
{
    const auto found =
        std::ranges::find_if(issuer.users, [&](const User& user) { return subjectOf(issuer, user) == subject; });
    return found == issuer.users.end() ? nullptr : &*found;
}

std::string makeOpaqueToken()
{
    return toBase64Url(randomBytes(32));
}

void revoke(Realm& realm, std::string_view authorization)
{
    if (Authorization* found = realm.store.authorizations.find(authorization))
        found->revoked = true;
}

} // namespace claimsmith::identity
