// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/assertion.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

/// The keys of whoever signed it: a trusted issuer, or the client itself.
Result<AssertionRule> ruleFor(const Realm& realm, const Client& client, const AssertionClaims& claims)
{
    const auto& trusted = realm.settings.trustedIssuers;
    const auto found = std::ranges::find(trusted, claims.issuer, &TrustedIssuer::issuer);
    if (found != trusted.end())
        return AssertionRule{keysOf(found->keys), found->issuer};
    if (claims.issuer != client.id)
        return refusal(AssertionIssuerUnknown);
    AssertionRule rule{keysOf(client.keys), client.id};
    if (const SecretBytes* const secret = realm.findSecret(client.secret))
        rule.keys.push_back(jose::Key::fromSecret(secret->clone()));
    return rule;
}

/// By name or by "sub"; null for the client itself.
Result<const User*> subjectOfAssertion(Call& call, const Client& client, const document::Object& claims)
{
    const std::string* const subject = findText(claims, "sub");
    if (subject == nullptr)
        return refusal(AssertionUserUnknown);
    if (*subject == client.id)
        return static_cast<const User*>(nullptr);
    const User* user = call.realm.settings.findUser(*subject);
    if (user == nullptr)
        user = findSubject(call.realm.settings, *subject);
    if (user == nullptr)
        return refusal(AssertionUserUnknown);
    call.log.user = user->username;
    return user;
}

} // namespace

/// RFC 7523 §2.1.
Result<document::Object> jwtBearerGrant(Call& call, const Client& client)
{
    CLAIMSMITH_TRY(const std::string assertion, required(call, "assertion"));
    CLAIMSMITH_TRY(const AssertionRule rule, ruleFor(call.realm, client, peekAssertion(assertion)));
    const auto verified = verifyAssertion(call, assertion, rule);
    if (!verified)
        return refusal(AssertionInvalid, std::string(verified.error().code.name()));
    if (verified->isReplayed)
        return refusal(AssertionInvalid, "it was used before");
    CLAIMSMITH_TRY(const User* user, subjectOfAssertion(call, client, verified->claims));
    CLAIMSMITH_TRY(const std::vector<std::string> scopes,
                   grantScopes(call.realm, client, user, call.parameters.find("scope")));
    Authorization authorization;
    authorization.client = client.id;
    authorization.user = user == nullptr ? std::string() : user->username;
    authorization.scopes = scopes;
    Authorization& noted = remember(call.realm, std::move(authorization));
    CLAIMSMITH_TRY(const IssuedTokens tokens, issueTokens(call.realm, noted, false));
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
