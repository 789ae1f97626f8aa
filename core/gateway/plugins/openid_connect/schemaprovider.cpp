// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schemaparts.h"

#include "gateway/fieldrules.h"

#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Value;

namespace {

/// A list whose elements may be references to a vault.
Field references(const char* name, const char* hint, Field element)
{
    return arrayField(name, std::move(element).makeReferenceable()).hint(hint).annotate("required", false);
}

Field secretPart(const char* name, const char* hint)
{
    return text(name, hint).makeEncrypted().makeReferenceable();
}

Field clientKeyField()
{
    Field key = recordField({}, {
                                    text("issuer", "Who made the key."),
                                    text("kty", "Type of the key."),
                                    text("use", "What the key is for."),
                                    texts("key_ops", "What may be done with it."),
                                    text("alg", "Algorithm it is for."),
                                    text("kid", "Its id."),
                                    text("x5u", "Where its certificate is."),
                                    texts("x5c", "Its chain of certificates."),
                                    text("x5t", "SHA-1 of its certificate."),
                                    text("x5t#S256", "SHA-256 of its certificate."),
                                    secretPart("k", "The secret of a symmetric key."),
                                    text("x", "Coordinate of the point."),
                                    text("y", "Coordinate of the point."),
                                    text("crv", "The curve."),
                                    text("n", "Modulus."),
                                    text("e", "Public exponent."),
                                    secretPart("d", "Private exponent."),
                                    secretPart("p", "First prime."),
                                    secretPart("q", "Second prime."),
                                    secretPart("dp", "Exponent for the first prime."),
                                    secretPart("dq", "Exponent for the second prime."),
                                    secretPart("qi", "Coefficient."),
                                    secretPart("oth", "Further primes."),
                                    secretPart("r", "A further prime."),
                                    secretPart("t", "Coefficient of a further prime."),
                                });
    return arrayField("client_jwk", std::move(key).annotate("required", false))
        .hint("Keys for private_key_jwt, one for each client.")
        .annotate("required", false);
}

} // namespace

std::vector<Field> providerFields()
{
    const std::vector<Value> algorithms{"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256",
                                        "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"};
    const std::vector<Value> methods = authenticationMethods();
    return {
        stringField("issuer").hint("The provider: its issuer, or the address of its discovery document.").require(),
        flag("using_pseudo_issuer", false, "The issuer is only a name: nothing is discovered."),
        texts("discovery_headers_names", "Headers that go with discovery."),
        texts("discovery_headers_values", "Their values, in the same order."),
        setField("extra_jwks_uris", urlField())
            .hint("Further key sets whose keys may sign tokens.")
            .annotate("required", false),
        seconds("rediscovery_lifetime", 30, "Least time between two discoveries."),
        choices("auth_methods", methods, "What clients may come with; the first that is found decides.")
            .defaultTo(Array(methods.begin(), methods.end())),
        references("client_id", "Ids of this gateway at the provider.", stringField()).annotate("encrypted", true),
        references("client_secret", "Their secrets, in the same order.", stringField().makeSecret())
            .annotate("encrypted", true),
        arrayField("client_auth", clientAuthentication("", ""))
            .hint("How each client proves who it is.")
            .annotate("required", false),
        clientKeyField(),
        choices("client_alg", algorithms, "Algorithm of each client's assertions."),
        text("client_arg", "Header, query or form argument by which a request chooses a client.")
            .defaultTo("client_id"),
        urls("redirect_uri", "Where the provider sends browsers back to. Unset: the address they asked for."),
        references("login_redirect_uri", "Where browsers go after a login.", urlField()),
        references("logout_redirect_uri", "Where browsers go after a logout.", urlField()),
        urls("forbidden_redirect_uri", "Where browsers go instead of 403."),
        text("forbidden_error_message", "Message of 403.").defaultTo("Forbidden"),
        flag("forbidden_destroy_session", true, "A 403 ends the session."),
        flag("unauthorized_destroy_session", true, "A 401 ends the session."),
        urls("unauthorized_redirect_uri", "Where browsers go instead of 401."),
        text("unauthorized_error_message", "Message of 401.").defaultTo("Unauthorized"),
        urls("unexpected_redirect_uri", "Where browsers go when the provider fails."),
        choice("response_mode", {"query", "form_post", "fragment", "query.jwt", "form_post.jwt", "fragment.jwt", "jwt"},
               "query", "How the provider hands over the code."),
        texts("response_type", "What the provider is asked for.").defaultTo(Array{"code"}),
    };
}

} // namespace claimsmith::gateway::openidconnect
