// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <span>
#include <string>
#include <string_view>

namespace claimsmith::identity {

/// Every reason for which the provider refuses a request: one for each, although the protocol has few words for them.
enum class OAuthErrorCode {
    // The shape of a request
    MissingParameter,  ///< detail: its name
    RepeatedParameter, ///< detail: its name (RFC 6749 §3.1)
    WrongContentType,
    UnsupportedGrant,
    GrantNotAllowed,

    // Client authentication (RFC 6749 §2.3, RFC 7523 §3)
    ClientUnauthenticated,
    ClientUnknown,
    ClientHeaderInvalid,
    ClientSecretWrong,
    ClientSecretMissing, ///< the provider has no secret under the configured name
    ClientMethodNotAllowed,
    ClientMethodTwice,
    ClientIdsDiffer,
    ClientAssertionType,
    ClientAssertionInvalid,
    ClientAssertionReplayed,
    ClientIsPublic,

    // Scopes (RFC 6749 §3.3)
    ScopeUnknown,    ///< detail: the scope, here and below
    ScopeNotAllowed, ///< not for this client
    ScopeBeyondGrant,

    // Grants
    WrongPassword,
    UserUnknown,
    UserDisabled,
    UserWithoutPassword,
    CodeUnknown,
    CodeExpired,
    CodeUsed,
    CodeOfOtherClient,
    RedirectUriDiffers,
    VerifierMissing,
    VerifierMalformed,
    VerifierWrong,
    VerifierUnexpected,
    RefreshUnknown,
    RefreshExpired,
    RefreshReused,
    TokenOfOtherClient,
    AuthorizationRevoked,
    DeviceCodeUnknown,
    DeviceCodeOfOtherClient,
    DevicePending,
    DeviceSlowDown,
    DeviceDenied,
    DeviceCodeExpired,
    SubjectTokenInvalid,
    ActorTokenInvalid,
    TokenTypeUnknown,
    TargetUnknown,
    AssertionInvalid,
    AssertionIssuerUnknown,
    AssertionUserUnknown,

    // Authorization requests (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6)
    RedirectUriMissing,
    RedirectUriUnregistered,
    ResponseTypeUnsupported,
    ResponseModeUnsupported,
    PkceRequired,
    PkceMethodUnsupported,
    PkceMalformed,
    PromptInvalid,
    MaxAgeInvalid,
    HintInvalid,
    LoginRequired,
    ConsentRequired,
    UserRefused,
    RequestNotSupported,
    RequestUriNotSupported,
    RegistrationNotSupported,

    // Bearer tokens (RFC 6750 §3.1)
    TokenMissing,
    TokenTwice,
    TokenInvalid,
    TokenExpired,
    TokenRevoked,
    InsufficientScope,

    // Pages
    InteractionUnknown,
    FormForged,
    UserCodeUnknown,
    LogoutUriUnregistered,

    // The provider as a whole
    ForeignHost,
    ForeignOrigin,
    NotFound,
    MethodNotAllowed,
    TokenTypeUnsupported, ///< RFC 7009 §2.2.1
    SigningFailed,
    FaultInjected,
};
const ErrorDomain& errorDomain(OAuthErrorCode) noexcept;

struct OAuthErrorInfo
{
    OAuthErrorCode code;
    std::string_view reason; ///< kebab-case: for logs and as key of translated texts
    std::string_view error;  ///< what the protocol calls it; empty where it has no word
    int status;
    std::string_view description; ///< "error_description": what a client may know
};

/// All of them, in the order of the enumeration.
std::span<const OAuthErrorInfo> oauthErrors() noexcept;
const OAuthErrorInfo& info(OAuthErrorCode code) noexcept;
/// The row of an error made by refusal(); for any other error that of SigningFailed.
const OAuthErrorInfo& infoOf(const Error& error) noexcept;

/// `detail` is shown to the client behind the description; it must hold nothing secret.
Error refusal(OAuthErrorCode code, std::string detail = {});
/// Description and detail, in characters that "error_description" may have (RFC 6749 §5.2).
std::string descriptionOf(const Error& error);

} // namespace claimsmith::identity
