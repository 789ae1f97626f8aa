// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/claimnames.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ClaimText)
};

struct Words
{
    std::string_view name;
    const char* title;
    const char* sentence;
    const char* standard;
    bool isRegistered = true;
};

#define T(text) QT_TRANSLATE_NOOP("ClaimText", text)

/// From IANA's registry "JSON Web Token Claims": those that people meet behind gateways; then what well-known providers
/// add of their own.
constexpr std::array claims{
    Words{"iss", T("Issuer"), T("Who made the token. Kong's jwt plugin looks a credential up by it."),
          "RFC 7519 §4.1.1"},
    Words{"sub", T("Subject"), T("Whom or what the token speaks about, unique with this issuer."), "RFC 7519 §4.1.2"},
    Words{"aud", T("Audience"), T("Whom the token is meant for. Others have to refuse it."), "RFC 7519 §4.1.3"},
    Words{"exp", T("Expires"), T("From this second on the token is refused."), "RFC 7519 §4.1.4"},
    Words{"nbf", T("Not before"), T("Until this second the token is refused."), "RFC 7519 §4.1.5"},
    Words{"iat", T("Issued at"), T("When the token was made; tells its age, ends nothing."), "RFC 7519 §4.1.6"},
    Words{"jti", T("Token ID"), T("Names this one token, so that a replay can be recognised."), "RFC 7519 §4.1.7"},
    Words{"azp", T("Authorised party"), T("The client that the ID token was issued to."), "OpenID Connect Core §2"},
    Words{"nonce", T("Nonce of the sign-in"), T("Ties the token to the sign-in that asked for it."),
          "OpenID Connect Core §2"},
    Words{"auth_time", T("Signed in at"), T("When the person signed in."), "OpenID Connect Core §2"},
    Words{"at_hash", T("Hash of the access token"), T("Ties the ID token to the access token beside it."),
          "OpenID Connect Core §3.1.3.6"},
    Words{"c_hash", T("Hash of the code"), T("Ties the ID token to the authorisation code beside it."),
          "OpenID Connect Core §3.3.2.11"},
    Words{"s_hash", T("Hash of the state"), T("Ties the ID token to the state of the request."), "FAPI 1.0 §5.1.1"},
    Words{"acr", T("Class of the sign-in"), T("How sure the provider is of the person."), "OpenID Connect Core §2"},
    Words{"amr", T("Methods of the sign-in"), T("How the person signed in: pwd, otp, mfa…"), "RFC 8176"},
    Words{"sid", T("Session ID"), T("The session at the provider; a log-out names it."),
          "OpenID Connect Front-Channel Logout §3"},
    Words{"scope", T("Scope"), T("What the token allows, as words with blanks between them."), "RFC 8693 §4.2"},
    Words{"client_id", T("Client ID"), T("The client that the token was issued to."), "RFC 8693 §4.3"},
    Words{"act", T("Acting party"), T("Who acts for the subject."), "RFC 8693 §4.1"},
    Words{"may_act", T("Party that may act"), T("Who may act for the subject."), "RFC 8693 §4.4"},
    Words{"cnf", T("Key the holder has to prove"), T("The token is worthless without this key."), "RFC 7800 §3.1"},
    Words{"roles", T("Roles"), T("Roles of the subject at the audience."), "RFC 9068 §7.2.1.1"},
    Words{"groups", T("Groups"), T("Groups that the subject belongs to."), "RFC 9068 §7.2.1.1"},
    Words{"entitlements", T("Entitlements"), T("What the subject may use."), "RFC 9068 §7.2.1.1"},
    Words{"htm", T("Method of the request"), T("The proof holds for requests with this method only."), "RFC 9449 §4.2"},
    Words{"htu", T("Address of the request"), T("The proof holds for this address only, without its query."),
          "RFC 9449 §4.2"},
    Words{"ath", T("Hash of the access token"), T("The access token that the proof belongs to."), "RFC 9449 §4.2"},
    Words{"events", T("Security events"), T("What happened; the token reports it."), "RFC 8417 §2.2"},
    Words{"toe", T("Time of the event"), T("When the event happened."), "RFC 8417 §2.2"},
    Words{"txn", T("Transaction ID"), T("The transaction that the event belongs to."), "RFC 8417 §2.2"},
    Words{"name", T("Full name"), T("The person's name as it is shown."), "OpenID Connect Core §5.1"},
    Words{"given_name", T("Given name"), T("Given names of the person."), "OpenID Connect Core §5.1"},
    Words{"family_name", T("Family name"), T("Family names of the person."), "OpenID Connect Core §5.1"},
    Words{"middle_name", T("Middle name"), T("Middle names of the person."), "OpenID Connect Core §5.1"},
    Words{"nickname", T("Nickname"), T("What the person is called."), "OpenID Connect Core §5.1"},
    Words{"preferred_username", T("User name"), T("What the person types to sign in; it may change."),
          "OpenID Connect Core §5.1"},
    Words{"profile", T("Profile page"), T("Address of the person's profile."), "OpenID Connect Core §5.1"},
    Words{"picture", T("Picture"), T("Address of the person's picture."), "OpenID Connect Core §5.1"},
    Words{"website", T("Web site"), T("Address of the person's web site."), "OpenID Connect Core §5.1"},
    Words{"email", T("Email address"), T("The person's address; not unique, and it may change."),
          "OpenID Connect Core §5.1"},
    Words{"email_verified", T("Whether the email address is verified"),
          T("True when the provider made sure that the address is the person's."), "OpenID Connect Core §5.1"},
    Words{"gender", T("Gender"), T("The person's gender."), "OpenID Connect Core §5.1"},
    Words{"birthdate", T("Date of birth"), T("Year, month and day, or the year alone."), "OpenID Connect Core §5.1"},
    Words{"zoneinfo", T("Time zone"), T("The person's time zone, such as Europe/Paris."), "OpenID Connect Core §5.1"},
    Words{"locale", T("Language"), T("The person's language, such as en-GB."), "OpenID Connect Core §5.1"},
    Words{"phone_number", T("Phone number"), T("The person's phone number."), "OpenID Connect Core §5.1"},
    Words{"phone_number_verified", T("Whether the phone number is verified"),
          T("True when the provider made sure that the number is the person's."), "OpenID Connect Core §5.1"},
    Words{"address", T("Postal address"), T("An object with the parts of the address."), "OpenID Connect Core §5.1.1"},
    Words{"updated_at", T("Profile changed at"), T("When the person's data changed last."), "OpenID Connect Core §5.1"},
    Words{"client_name", T("Name of the client"), T("The client as people know it."), "RFC 7591 §2"},
    Words{"active", T("Whether the token is active"), T("The answer of an introspection."), "RFC 7662 §2.2"},
    Words{"realm_access", T("Roles of the realm"), T("Roles that hold in the whole realm."), "Keycloak", false},
    Words{"resource_access", T("Roles of clients"), T("Roles that hold at single clients."), "Keycloak", false},
    Words{"clientId", T("Client ID"), T("The client of a service account."), "Keycloak", false},
    Words{"typ", T("Kind of token"), T("ID, Bearer or Refresh."), "Keycloak", false},
    Words{"tid", T("Tenant"), T("The directory that the subject belongs to."), "Microsoft Entra ID", false},
    Words{"oid", T("Object ID"), T("The subject in its directory, the same for every client."), "Microsoft Entra ID",
          false},
    Words{"upn", T("User name"), T("What the person signs in with."), "Microsoft Entra ID", false},
    Words{"ver", T("Version"), T("Version of the token's format."), "Microsoft Entra ID", false},
    Words{"appid", T("Client ID"), T("The client that asked for the token."), "Microsoft Entra ID", false},
    Words{"scp", T("Scope"), T("What the token allows."), "Microsoft Entra ID, Okta", false},
    Words{"permissions", T("Permissions"), T("What the token allows."), "Auth0", false},
    Words{"gty", T("Grant type"), T("How the token was obtained."), "Auth0", false},
};

/// From IANA's registry "JSON Web Signature and Encryption Header Parameters".
constexpr std::array headers{
    Words{"alg", T("Algorithm"),
          T("How the token is signed, or how its key is encrypted. Verifiers decide which they take."),
          "RFC 7515 §4.1.1"},
    Words{"enc", T("Content encryption"), T("How the payload is encrypted."), "RFC 7516 §4.1.2"},
    Words{"zip", T("Compression"), T("The payload is compressed before it is encrypted."), "RFC 7516 §4.1.3"},
    Words{"typ", T("Type"), T("What kind of token this is; keeps tokens of different kinds apart."), "RFC 7515 §4.1.9"},
    Words{"cty", T("Content type"), T("What the payload is, when it is no set of claims: JWT for a nested token."),
          "RFC 7515 §4.1.10"},
    Words{"kid", T("Key ID"), T("Names the key, so that the verifier finds it in a set."), "RFC 7515 §4.1.4"},
    Words{"jku", T("URL of the keys"), T("Where a set with the key lies. A verifier must not follow it unasked."),
          "RFC 7515 §4.1.2"},
    Words{"jwk", T("Key"), T("The public key itself. A verifier must not trust it because it is there."),
          "RFC 7515 §4.1.3"},
    Words{"x5u", T("URL of the certificate"), T("Where the certificate lies. A verifier must not follow it unasked."),
          "RFC 7515 §4.1.5"},
    Words{"x5c", T("Certificate chain"), T("The signer's certificate and those above it."), "RFC 7515 §4.1.6"},
    Words{"x5t", T("Thumbprint of the certificate"), T("SHA-1 of the signer's certificate."), "RFC 7515 §4.1.7"},
    Words{"x5t#S256", T("Thumbprint of the certificate"), T("SHA-256 of the signer's certificate."), "RFC 7515 §4.1.8"},
    Words{"crit", T("Critical"), T("Parameters that a verifier has to understand, or else refuse the token."),
          "RFC 7515 §4.1.11"},
    Words{"b64", T("Payload in base64url"), T("False: the payload is signed as it is."), "RFC 7797 §3"},
    Words{"epk", T("Ephemeral public key"), T("The sender's key of this one agreement."), "RFC 7518 §4.6.1.1"},
    Words{"apu", T("Sender's name"), T("Enters the key agreement."), "RFC 7518 §4.6.1.2"},
    Words{"apv", T("Receiver's name"), T("Enters the key agreement."), "RFC 7518 §4.6.1.3"},
    Words{"iv", T("Initialisation vector"), T("Of the encryption of the key."), "RFC 7518 §4.7.1.1"},
    Words{"tag", T("Authentication tag"), T("Of the encryption of the key."), "RFC 7518 §4.7.1.2"},
    Words{"p2s", T("Salt"), T("Of the derivation of the key from a password."), "RFC 7518 §4.8.1.1"},
    Words{"p2c", T("Rounds"), T("Of the derivation of the key from a password. A large number keeps a verifier busy."),
          "RFC 7518 §4.8.1.2"},
    Words{"url", T("Address of the request"), T("The token holds for this address only."), "RFC 8555 §6.4"},
    Words{"nonce", T("Nonce"), T("The server gave it out once; a second use is a replay."), "RFC 8555 §6.5"},
};

struct ValueWords
{
    std::string_view name;
    std::string_view value;
    const char* text;
};

constexpr std::array values{
    ValueWords{"alg", "none", T("No signature: anybody can make such a token")},
    ValueWords{"alg", "HS256", T("HMAC with SHA-256: signer and verifier share a secret")},
    ValueWords{"alg", "HS384", T("HMAC with SHA-384: signer and verifier share a secret")},
    ValueWords{"alg", "HS512", T("HMAC with SHA-512: signer and verifier share a secret")},
    ValueWords{"alg", "RS256", T("RSA (PKCS #1 1.5) with SHA-256")},
    ValueWords{"alg", "RS384", T("RSA (PKCS #1 1.5) with SHA-384")},
    ValueWords{"alg", "RS512", T("RSA (PKCS #1 1.5) with SHA-512")},
    ValueWords{"alg", "PS256", T("RSA (PSS) with SHA-256")},
    ValueWords{"alg", "PS384", T("RSA (PSS) with SHA-384")},
    ValueWords{"alg", "PS512", T("RSA (PSS) with SHA-512")},
    ValueWords{"alg", "ES256", T("ECDSA on P-256 with SHA-256")},
    ValueWords{"alg", "ES384", T("ECDSA on P-384 with SHA-384")},
    ValueWords{"alg", "ES512", T("ECDSA on P-521 with SHA-512")},
    ValueWords{"alg", "ES256K", T("ECDSA on secp256k1 with SHA-256")},
    ValueWords{"alg", "EdDSA", T("Edwards curve signature: the key says which curve")},
    ValueWords{"alg", "Ed25519", T("Edwards curve signature on Ed25519")},
    ValueWords{"alg", "Ed448", T("Edwards curve signature on Ed448")},
    ValueWords{"alg", "ML-DSA-44", T("Lattice signature, category 2 (FIPS 204)")},
    ValueWords{"alg", "ML-DSA-65", T("Lattice signature, category 3 (FIPS 204)")},
    ValueWords{"alg", "ML-DSA-87", T("Lattice signature, category 5 (FIPS 204)")},
    ValueWords{"alg", "dir", T("The shared key encrypts the payload directly")},
    ValueWords{"alg", "RSA1_5", T("The key is encrypted with RSA (PKCS #1 1.5), which RFC 8725 advises against")},
    ValueWords{"alg", "RSA-OAEP", T("The key is encrypted with RSA (OAEP, SHA-1)")},
    ValueWords{"alg", "RSA-OAEP-256", T("The key is encrypted with RSA (OAEP, SHA-256)")},
    ValueWords{"alg", "ECDH-ES", T("The key comes from a key agreement")},
    ValueWords{"typ", "JWT", T("A JSON Web Token of any kind")},
    ValueWords{"typ", "at+jwt", T("An OAuth access token (RFC 9068)")},
    ValueWords{"typ", "dpop+jwt", T("A DPoP proof (RFC 9449)")},
    ValueWords{"typ", "logout+jwt", T("A log-out token (OpenID Connect Back-Channel Logout)")},
    ValueWords{"typ", "secevent+jwt", T("A security event token (RFC 8417)")},
    ValueWords{"typ", "oauth-authz-req+jwt", T("An authorisation request (RFC 9101)")},
    ValueWords{"typ", "token-introspection+jwt", T("The answer of an introspection (RFC 9701)")},
    ValueWords{"typ", "client-authentication+jwt", T("A client that signs in (RFC 7523)")},
    ValueWords{"cty", "JWT", T("The payload is another token")},
    ValueWords{"zip", "DEF", T("DEFLATE")},
};
#undef T

std::optional<NameMeaning> find(std::span<const Words> list, std::string_view name)
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const Words& each) { return each.name == name; });
    if (found == list.end())
        return std::nullopt;
    return NameMeaning{Tr::tr(found->title), Tr::tr(found->sentence), QString::fromUtf8(found->standard),
                       found->isRegistered};
}

} // namespace

std::optional<NameMeaning> claimNameMeaning(std::string_view name)
{
    return find(claims, name);
}

std::optional<NameMeaning> headerNameMeaning(std::string_view name)
{
    return find(headers, name);
}

QString headerValueMeaning(std::string_view name, std::string_view value)
{
    const auto* const found = std::find_if(
        values.begin(), values.end(), [&](const ValueWords& each) { return each.name == name && each.value == value; });
    return found == values.end() ? QString() : Tr::tr(found->text);
}

} // namespace claimsmith::app
