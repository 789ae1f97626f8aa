// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/registry.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

constexpr std::array<RegisteredMember, 24> headerParameters{{
    {"alg", "Algorithm", "How the token is signed, or how its key is encrypted.", "RFC 7515 §4.1.1"},
    {"enc", "Content encryption", "How the content is encrypted.", "RFC 7516 §4.1.2"},
    {"zip", "Compression", "The content was compressed before it was encrypted.", "RFC 7516 §4.1.3"},
    {"kid", "Key id", "Which of the issuer's keys it is.", "RFC 7515 §4.1.4"},
    {"typ", "Type", "What kind of token it is.", "RFC 7515 §4.1.9"},
    {"cty", "Content type", "What is inside; JWT stands for another token.", "RFC 7515 §4.1.10"},
    {"crit", "Critical", "Extensions that a verifier has to understand, or refuse the token.", "RFC 7515 §4.1.11"},
    {"jku", "Key set URL", "Where the key is said to be; not to be fetched unasked.", "RFC 7515 §4.1.2"},
    {"jwk", "Key", "The key itself, which proves nothing by being here.", "RFC 7515 §4.1.3"},
    {"x5u", "Certificate URL", "Where the certificate is said to be; not to be fetched unasked.", "RFC 7515 §4.1.5"},
    {"x5c", "Certificate chain", "The key's certificate and those that certify it.", "RFC 7515 §4.1.6"},
    {"x5t", "Certificate thumbprint", "SHA-1 of the key's certificate.", "RFC 7515 §4.1.7"},
    {"x5t#S256", "Certificate thumbprint", "SHA-256 of the key's certificate.", "RFC 7515 §4.1.8"},
    {"b64", "Encoded payload", "Whether the payload is signed in base64url or as it is.", "RFC 7797 §3"},
    {"epk", "Ephemeral key", "The sender's one-time public key.", "RFC 7518 §4.6.1.1"},
    {"apu", "Producer", "The sender's name, part of the key that is derived.", "RFC 7518 §4.6.1.2"},
    {"apv", "Recipient", "The recipient's name, part of the key that is derived.", "RFC 7518 §4.6.1.3"},
    {"iv", "Initialization vector", "Of the AES-GCM that wraps the key.", "RFC 7518 §4.7.1.1"},
    {"tag", "Authentication tag", "Of the AES-GCM that wraps the key.", "RFC 7518 §4.7.1.2"},
    {"p2s", "Salt", "Of the key that is derived from a password.", "RFC 7518 §4.8.1.1"},
    {"p2c", "Iterations", "How often the password is hashed.", "RFC 7518 §4.8.1.2"},
    {"url", "URL", "To which the request is sent that this signs.", "RFC 8555 §6.4.1"},
    {"nonce", "Nonce", "A value that makes the request unique.", "RFC 8555 §6.5.2"},
    {"iss", "Issuer", "Who made it, repeated outside of an encrypted content.", "RFC 7519 §5.3"},
}};

constexpr std::array<RegisteredMember, 53> claims{{
    {"iss", "Issuer", "Who made the token.", "RFC 7519 §4.1.1"},
    {"sub", "Subject", "Whom the token is about.", "RFC 7519 §4.1.2"},
    {"aud", "Audience", "For which services it is.", "RFC 7519 §4.1.3"},
    {"exp", "Expiration time", "From then on it is not accepted.", "RFC 7519 §4.1.4", true},
    {"nbf", "Not before", "Until then it is not accepted.", "RFC 7519 §4.1.5", true},
    {"iat", "Issued at", "When it was made.", "RFC 7519 §4.1.6", true},
    {"jti", "Token id", "Tells it from all others.", "RFC 7519 §4.1.7"},
    {"name", "Name", "The user's full name.", "OpenID Connect Core §5.1"},
    {"given_name", "Given name", "The user's first names.", "OpenID Connect Core §5.1"},
    {"family_name", "Family name", "The user's last names.", "OpenID Connect Core §5.1"},
    {"middle_name", "Middle name", "The user's middle names.", "OpenID Connect Core §5.1"},
    {"nickname", "Nickname", "What the user is called.", "OpenID Connect Core §5.1"},
    {"preferred_username", "User name", "What the user wants to be called here; it may change.",
     "OpenID Connect Core §5.1"},
    {"profile", "Profile page", "URL of a page about the user.", "OpenID Connect Core §5.1"},
    {"picture", "Picture", "URL of a picture of the user.", "OpenID Connect Core §5.1"},
    {"website", "Web site", "URL of the user's own pages.", "OpenID Connect Core §5.1"},
    {"email", "E-mail address", "The user's e-mail address.", "OpenID Connect Core §5.1"},
    {"email_verified", "E-mail verified", "Whether the issuer has checked the e-mail address.",
     "OpenID Connect Core §5.1"},
    {"gender", "Gender", "The user's gender.", "OpenID Connect Core §5.1"},
    {"birthdate", "Birthday", "The user's birthday.", "OpenID Connect Core §5.1"},
    {"zoneinfo", "Time zone", "The user's time zone.", "OpenID Connect Core §5.1"},
    {"locale", "Locale", "The user's language and country.", "OpenID Connect Core §5.1"},
    {"phone_number", "Telephone number", "The user's telephone number.", "OpenID Connect Core §5.1"},
    {"phone_number_verified", "Telephone verified", "Whether the issuer has checked the telephone number.",
     "OpenID Connect Core §5.1"},
    {"address", "Address", "The user's postal address.", "OpenID Connect Core §5.1"},
    {"updated_at", "Updated at", "When these particulars were last changed.", "OpenID Connect Core §5.1", true},
    {"azp", "Authorized party", "The client that the token was made for.", "OpenID Connect Core §2"},
    {"nonce", "Nonce", "Ties the token to the request that asked for it.", "OpenID Connect Core §2"},
    {"auth_time", "Authentication time", "When the user last logged in.", "OpenID Connect Core §2", true},
    {"at_hash", "Access token hash", "Half of the hash of the access token that came along.",
     "OpenID Connect Core §3.1.3.6"},
    {"c_hash", "Code hash", "Half of the hash of the code that came along.", "OpenID Connect Core §3.3.2.11"},
    {"s_hash", "State hash", "Half of the hash of the state of the request.", "FAPI 1.0 part 2 §5.1"},
    {"acr", "Authentication class", "How strongly the user was authenticated.", "OpenID Connect Core §2"},
    {"amr", "Authentication methods", "By what the user was authenticated.", "RFC 8176 §1"},
    {"sid", "Session id", "The session at the issuer.", "OpenID Connect Front-Channel Logout §3"},
    {"scope", "Scope", "What the client may do, separated by spaces.", "RFC 8693 §4.2"},
    {"client_id", "Client", "The client that asked for the token.", "RFC 8693 §4.3"},
    {"act", "Actor", "Who acts for the subject.", "RFC 8693 §4.1"},
    {"may_act", "Permitted actor", "Who may act for the subject.", "RFC 8693 §4.4"},
    {"cnf", "Confirmation", "The key whose holder alone may use the token.", "RFC 7800 §3.1"},
    {"roles", "Roles", "The subject's roles.", "RFC 9068 §2.2.3.1"},
    {"groups", "Groups", "The subject's groups.", "RFC 9068 §2.2.3.1"},
    {"entitlements", "Entitlements", "What the subject may use.", "RFC 9068 §2.2.3.1"},
    {"events", "Events", "What happened, in a security event token.", "RFC 8417 §2.2"},
    {"toe", "Time of event", "When it happened.", "RFC 8417 §2.2", true},
    {"txn", "Transaction", "The transaction that the event belongs to.", "RFC 8417 §2.2"},
    {"htm", "HTTP method", "Of the request that a DPoP proof is for.", "RFC 9449 §4.2"},
    {"htu", "HTTP URI", "Of the request that a DPoP proof is for.", "RFC 9449 §4.2"},
    {"ath", "Access token hash", "Hash of the access token that a DPoP proof goes with.", "RFC 9449 §4.2"},
    {"authorization_details", "Authorization details", "What was authorized, in detail.", "RFC 9396 §9.1"},
    {"vot", "Vector of trust", "How the identity was proofed and authenticated.", "RFC 8485 §4"},
    {"sub_id", "Subject identifier", "The subject in a structured form.", "RFC 9493 §4.1"},
    {"token_introspection", "Introspection", "What the authorization server says about a token.", "RFC 9701 §5"},
}};

const RegisteredMember* find(std::span<const RegisteredMember> table, std::string_view name) noexcept
{
    const auto found = std::ranges::find(table, name, &RegisteredMember::name);
    return found == table.end() ? nullptr : &*found;
}

} // namespace

std::span<const RegisteredMember> registeredHeaderParameters() noexcept
{
    return headerParameters;
}

std::span<const RegisteredMember> registeredClaims() noexcept
{
    return claims;
}

const RegisteredMember* findHeaderParameter(std::string_view name) noexcept
{
    return find(headerParameters, name);
}

const RegisteredMember* findClaim(std::string_view name) noexcept
{
    return find(claims, name);
}

} // namespace claimsmith::jose
