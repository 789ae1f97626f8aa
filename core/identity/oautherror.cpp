// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/oautherror.h"

#include <algorithm>
#include <array>

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

// clang-format off
constexpr OAuthErrorInfo table[] = {
    {MissingParameter, "missing-parameter", "invalid_request", 400, "a parameter is missing"},
    {RepeatedParameter, "repeated-parameter", "invalid_request", 400, "a parameter is there more than once"},
    {WrongContentType, "wrong-content-type", "invalid_request", 400, "the body has to be application/x-www-form-urlencoded"},
    {UnsupportedGrant, "unsupported-grant", "unsupported_grant_type", 400, "this grant type is not supported"},
    {GrantNotAllowed, "grant-not-allowed", "unauthorized_client", 400, "the client may not use this grant type"},

    {ClientUnauthenticated, "client-unauthenticated", "invalid_client", 401, "the client did not authenticate"},
    {ClientUnknown, "client-unknown", "invalid_client", 401, "there is no such client"},
    {ClientHeaderInvalid, "client-header-invalid", "invalid_client", 401, "the Authorization header can't be read"},
    {ClientSecretWrong, "client-secret-wrong", "invalid_client", 401, "the client's secret is wrong"},
    {ClientSecretMissing, "client-secret-missing", "invalid_client", 401, "the provider does not have this client's secret"},
    {ClientMethodNotAllowed, "client-method-not-allowed", "invalid_client", 401, "the client may not authenticate this way"},
    {ClientMethodTwice, "client-method-twice", "invalid_request", 400, "the client authenticates in more than one way"},
    {ClientIdsDiffer, "client-ids-differ", "invalid_request", 400, "client_id names another client than the one that authenticates"},
    {ClientAssertionType, "client-assertion-type", "invalid_client", 401, "client_assertion_type is not that of RFC 7523"},
    {ClientAssertionInvalid, "client-assertion-invalid", "invalid_client", 401, "the client's assertion is not valid"},
    {ClientAssertionReplayed, "client-assertion-replayed", "invalid_client", 401, "the client's assertion was used before"},
    {ClientIsPublic, "client-is-public", "unauthorized_client", 400, "a client without authentication may not do this"},

    {ScopeUnknown, "scope-unknown", "invalid_scope", 400, "there is no such scope"},
    {ScopeNotAllowed, "scope-not-allowed", "invalid_scope", 400, "the client may not ask for this scope"},
    {ScopeBeyondGrant, "scope-beyond-grant", "invalid_scope", 400, "this scope was not granted"},

    {WrongPassword, "wrong-password", "invalid_grant", 400, "the user name or the password is wrong"},
    {UserUnknown, "user-unknown", "invalid_grant", 400, "the user name or the password is wrong"},
    {UserDisabled, "user-disabled", "invalid_grant", 400, "the user is disabled"},
    {UserWithoutPassword, "user-without-password", "invalid_grant", 400, "the user name or the password is wrong"},
    {CodeUnknown, "code-unknown", "invalid_grant", 400, "there is no such code"},
    {CodeExpired, "code-expired", "invalid_grant", 400, "the code has expired"},
    {CodeUsed, "code-used", "invalid_grant", 400, "the code was used before; its tokens are revoked"},
    {CodeOfOtherClient, "code-of-other-client", "invalid_grant", 400, "the code was issued to another client"},
    {RedirectUriDiffers, "redirect-uri-differs", "invalid_grant", 400, "redirect_uri differs from that of the authorization request"},
    {VerifierMissing, "verifier-missing", "invalid_grant", 400, "the code needs its code_verifier"},
    {VerifierMalformed, "verifier-malformed", "invalid_grant", 400, "code_verifier has to be 43 to 128 unreserved characters"},
    {VerifierWrong, "verifier-wrong", "invalid_grant", 400, "code_verifier does not match the code_challenge"},
    {VerifierUnexpected, "verifier-unexpected", "invalid_grant", 400, "the authorization request had no code_challenge"},
    {RefreshUnknown, "refresh-unknown", "invalid_grant", 400, "there is no such refresh token"},
    {RefreshExpired, "refresh-expired", "invalid_grant", 400, "the refresh token has expired"},
    {RefreshReused, "refresh-reused", "invalid_grant", 400, "the refresh token was used before; all tokens of the login are revoked"},
    {TokenOfOtherClient, "token-of-other-client", "invalid_grant", 400, "the token was issued to another client"},
    {AuthorizationRevoked, "authorization-revoked", "invalid_grant", 400, "the authorization was revoked"},
    {DeviceCodeUnknown, "device-code-unknown", "invalid_grant", 400, "there is no such device code"},
    {DeviceCodeOfOtherClient, "device-code-of-other-client", "invalid_grant", 400, "the device code was issued to another client"},
    {DevicePending, "device-pending", "authorization_pending", 400, "the user has not answered yet"},
    {DeviceSlowDown, "device-slow-down", "slow_down", 400, "asked too soon; the interval is five seconds longer now"},
    {DeviceDenied, "device-denied", "access_denied", 400, "the user refused"},
    {DeviceCodeExpired, "device-code-expired", "expired_token", 400, "the device code has expired"},
    {SubjectTokenInvalid, "subject-token-invalid", "invalid_request", 400, "the subject_token is not valid"},
    {ActorTokenInvalid, "actor-token-invalid", "invalid_request", 400, "the actor_token is not valid"},
    {TokenTypeUnknown, "token-type-unknown", "invalid_request", 400, "this token type is not supported"},
    {TargetUnknown, "target-unknown", "invalid_target", 400, "the client may not ask for tokens for this audience"},
    {AssertionInvalid, "assertion-invalid", "invalid_grant", 400, "the assertion is not valid"},
    {AssertionIssuerUnknown, "assertion-issuer-unknown", "invalid_grant", 400, "the assertion's issuer is not trusted"},
    {AssertionUserUnknown, "assertion-user-unknown", "invalid_grant", 400, "the assertion's sub is no user"},

    {RedirectUriMissing, "redirect-uri-missing", "invalid_request", 400, "redirect_uri is missing"},
    {RedirectUriUnregistered, "redirect-uri-unregistered", "invalid_request", 400, "redirect_uri is not registered for the client"},
    {ResponseTypeUnsupported, "response-type-unsupported", "unsupported_response_type", 400, "only response_type code is supported"},
    {ResponseModeUnsupported, "response-mode-unsupported", "invalid_request", 400, "response_mode has to be query, fragment or form_post"},
    {PkceRequired, "pkce-required", "invalid_request", 400, "the client has to use PKCE: code_challenge is missing"},
    {PkceMethodUnsupported, "pkce-method-unsupported", "invalid_request", 400, "only code_challenge_method S256 is supported"},
    {PkceMalformed, "pkce-malformed", "invalid_request", 400, "code_challenge has to be the base64url of a SHA-256 digest"},
    {PromptInvalid, "prompt-invalid", "invalid_request", 400, "prompt has to be none, or a list of login, consent and select_account"},
    {MaxAgeInvalid, "max-age-invalid", "invalid_request", 400, "max_age has to be a number of seconds"},
    {HintInvalid, "hint-invalid", "invalid_request", 400, "id_token_hint is no ID token of this issuer"},
    {LoginRequired, "login-required", "login_required", 400, "the user is not signed in"},
    {ConsentRequired, "consent-required", "consent_required", 400, "the user has not agreed yet"},
    {UserRefused, "user-refused", "access_denied", 400, "the user refused"},
    {RequestNotSupported, "request-not-supported", "request_not_supported", 400, "request objects are not supported"},
    {RequestUriNotSupported, "request-uri-not-supported", "request_uri_not_supported", 400, "request objects are not supported"},
    {RegistrationNotSupported, "registration-not-supported", "registration_not_supported", 400, "registration is not supported"},

    {TokenMissing, "token-missing", "", 401, "a bearer token is needed"},
    {TokenTwice, "token-twice", "invalid_request", 400, "the bearer token is sent in more than one way"},
    {TokenInvalid, "token-invalid", "invalid_token", 401, "the token is not valid"},
    {TokenExpired, "token-expired", "invalid_token", 401, "the token has expired"},
    {TokenRevoked, "token-revoked", "invalid_token", 401, "the token was revoked"},
    {InsufficientScope, "insufficient-scope", "insufficient_scope", 403, "the token lacks a scope"},

    {InteractionUnknown, "interaction-unknown", "invalid_request", 400, "this page has expired; start again at the application"},
    {FormForged, "form-forged", "invalid_request", 403, "this form was not made by this page in this browser"},
    {UserCodeUnknown, "user-code-unknown", "invalid_request", 400, "there is no such code, or it has expired"},
    {LogoutUriUnregistered, "logout-uri-unregistered", "invalid_request", 400, "post_logout_redirect_uri is not registered for the client"},

    {ForeignHost, "foreign-host", "invalid_request", 403, "the Host is not one of this provider"},
    {ForeignOrigin, "foreign-origin", "invalid_request", 403, "this request may come from another site"},
    {NotFound, "not-found", "not_found", 404, "there is nothing at this path"},
    {MethodNotAllowed, "method-not-allowed", "invalid_request", 405, "the method is not allowed here"},
    {TokenTypeUnsupported, "token-type-unsupported", "unsupported_token_type", 400, "ID tokens can't be revoked"},
    {SigningFailed, "signing-failed", "server_error", 500, "the provider could not sign"},
    {FaultInjected, "fault-injected", "server_error", 500, "the provider was told to fail"},
};
// clang-format on

std::string_view codeName(int code) noexcept
{
    return table[static_cast<std::size_t>(code)].reason;
}

} // namespace

const ErrorDomain& errorDomain(OAuthErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"oauth", codeName};
    return domain;
}

std::span<const OAuthErrorInfo> oauthErrors() noexcept
{
    return table;
}

const OAuthErrorInfo& info(OAuthErrorCode code) noexcept
{
    return table[static_cast<std::size_t>(code)];
}

const OAuthErrorInfo& infoOf(const Error& error) noexcept
{
    const auto* const found =
        std::ranges::find_if(table, [&error](const OAuthErrorInfo& row) { return error.code == ErrorCode(row.code); });
    return found == std::end(table) ? info(SigningFailed) : *found;
}

Error refusal(OAuthErrorCode code, std::string detail)
{
    Error error{code};
    error.detail = std::move(detail);
    return error;
}

std::string descriptionOf(const Error& error)
{
    std::string text(infoOf(error).description);
    if (!error.detail.empty() && error.code.domain().name == "oauth")
        text += ": " + error.detail;
    // %x20-21 / %x23-5B / %x5D-7E (RFC 6749 §5.2)
    for (char& c : text) {
        if (c < ' ' || c > '~' || c == '"' || c == '\\')
            c = '?';
    }
    return text;
}

} // namespace claimsmith::identity
