// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "crypto/digest.h"
#include "identity/answers.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/tokens.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

/// 43 to 128 unreserved characters (RFC 7636 §4.1).
bool isVerifier(std::string_view text) noexcept
{
    const auto isUnreserved = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == '~';
    };
    return text.size() >= 43 && text.size() <= 128 && std::ranges::all_of(text, isUnreserved);
}

/// RFC 7636 §4.6. A verifier for a request without a challenge may be a downgrade (RFC 9700 §2.1.1).
Result<void> checkVerifier(const AuthorizationCode& code, const std::string* verifier)
{
    if (code.challenge.empty())
        return verifier == nullptr ? Result<void>() : refusal(VerifierUnexpected);
    if (verifier == nullptr)
        return refusal(VerifierMissing);
    if (!isVerifier(*verifier))
        return refusal(VerifierMalformed);
    if (!equalInConstantTime(toBase64Url(crypto::digest(crypto::DigestKind::Sha256, *verifier)), code.challenge))
        return refusal(VerifierWrong);
    return {};
}

/// Whether this code may be exchanged now by this client (RFC 6749 §4.1.3).
Result<void> checkCode(Call& call, const Client& client, const AuthorizationCode& code,
                       const Authorization& authorization)
{
    if (authorization.client != client.id)
        return refusal(CodeOfOtherClient);
    if (code.used) {
        revoke(call.realm, authorization.id); // §4.1.2: somebody has copied it
        return refusal(CodeUsed);
    }
    if (code.expires <= call.now)
        return refusal(CodeExpired);
    if (authorization.revoked)
        return refusal(AuthorizationRevoked);
    if (!code.redirectUri.empty() && call.parameters.value("redirect_uri") != code.redirectUri)
        return refusal(RedirectUriDiffers);
    return checkVerifier(code, call.parameters.find("code_verifier"));
}

} // namespace

Result<document::Object> authorizationCodeGrant(Call& call, const Client& client)
{
    CLAIMSMITH_TRY(const std::string text, required(call, "code"));
    AuthorizationCode* const code = call.realm.store.codes.find(text);
    Authorization* const authorization =
        code == nullptr ? nullptr : call.realm.store.authorizations.find(code->authorization);
    if (authorization == nullptr)
        return refusal(CodeUnknown);
    call.log.user = authorization->user;
    CLAIMSMITH_CHECK(checkCode(call, client, *code, *authorization));
    code->used = true;
    CLAIMSMITH_TRY(const IssuedTokens tokens,
                   issueTokens(call.realm, *authorization, client.has(GrantType::RefreshToken)));
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
