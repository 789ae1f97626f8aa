// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schemaparts.h"

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Value;

std::vector<Field> requirementFields()
{
    Field scopes = arrayField("scopes", stringField().makeReferenceable())
                       .hint("Scopes that tokens are asked for.")
                       .annotate("required", false)
                       .defaultTo(Array{"openid"});
    return {
        std::move(scopes),
        texts("audience", "Audience that tokens are asked for."),
        texts("issuers_allowed", "Further issuers whose tokens are taken."),
        texts("scopes_required", "Scopes, one of which a token needs; those in one line are needed together."),
        texts("scopes_claim", "Path of the claim with the scopes.").defaultTo(Array{"scope"}),
        texts("audience_required", "Audiences, one of which a token needs; those in one line are needed together."),
        texts("audience_claim", "Path of the claim with the audience.").defaultTo(Array{"aud"}),
        texts("groups_required", "Groups, one of which a token needs; those in one line are needed together."),
        texts("groups_claim", "Path of the claim with the groups.").defaultTo(Array{"groups"}),
        texts("roles_required", "Roles, one of which a token needs; those in one line are needed together."),
        texts("roles_claim", "Path of the claim with the roles.").defaultTo(Array{"roles"}),
        texts("domains", "Values of which claim hd has to be one."),
        number("max_age", "How long ago the user may have logged in.").measuredIn("s"),
        texts("authenticated_groups_claim", "Path of the claim with groups for plugin acl."),
    };
}

std::vector<Field> loginFields()
{
    const std::vector<Value> methods = authenticationMethods();
    return {
        choices("login_methods", methods, "Methods after which login_action is done.")
            .defaultTo(Array{"authorization_code"}),
        choice("login_action", {"upstream", "response", "redirect"}, "upstream",
               "After a login: go on to the upstream, answer with tokens, or redirect."),
        choices("login_tokens", {"id_token", "access_token", "refresh_token", "tokens", "introspection"},
                "Tokens that the answer or the redirect carries.")
            .defaultTo(Array{"id_token"}),
        choice("login_redirect_mode", {"query", "fragment"}, "fragment", "Where the redirect carries them."),
        text("logout_query_arg", "Query argument that asks for a logout."),
        text("logout_post_arg", "Form argument that asks for a logout."),
        text("logout_uri_suffix", "End of a path that asks for a logout."),
        choices("logout_methods", {"POST", "GET", "DELETE"}, "Methods of requests that may log out.")
            .defaultTo(Array{"POST", "DELETE"}),
        flag("logout_revoke", false, "A logout revokes tokens at the provider."),
        flag("logout_revoke_access_token", true, "Among them the access token."),
        flag("logout_revoke_refresh_token", true, "Among them the refresh token."),
    };
}

std::vector<Field> verificationFields()
{
    std::vector<Value> ignorable = grants();
    ignorable.insert(ignorable.end(), {"session", "introspection", "userinfo"});
    return {
        texts("consumer_claim", "Path of the claim that names the consumer. Unset: no consumer is looked up."),
        choices("consumer_by", {"id", "username", "custom_id"}, "Fields of consumers that the claim is compared with.")
            .defaultTo(Array{"username", "custom_id"}),
        flag("consumer_optional", false, "Go on when there is no such consumer."),
        texts("credential_claim", "Path of the claim that stands for the caller where there is no consumer.")
            .defaultTo(Array{"sub"}),
        text("anonymous", "Consumer used when nobody is authenticated, instead of 401.").as(Format::ConsumerName),
        flag("run_on_preflight", true, "Also authenticate OPTIONS requests."),
        number("leeway", "Time by which clocks may differ.").measuredIn("s").defaultTo(0),
        flag("verify_parameters", false, "Check what the provider's documents say against the rules."),
        flag("verify_nonce", true, "Check the nonce of ID tokens."),
        flag("verify_claims", true, "Check times, issuer and the like."),
        flag("verify_signature", true, "Check signatures."),
        choices("ignore_signature", std::move(ignorable), "Methods whose tokens need no check of the signature.")
            .defaultTo(Array{}),
        flag("enable_hs_signatures", false, "Take signatures made with the client's secret."),
        choices("disable_session", authenticationMethods(), "Methods that begin no session."),
    };
}

} // namespace claimsmith::gateway::openidconnect
