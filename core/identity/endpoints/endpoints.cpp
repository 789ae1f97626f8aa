// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/endpoints/endpoints.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using enum Audience;

// clang-format off
constexpr Endpoint table[] = {
    {"/.well-known/openid-configuration", "", true, false, Everybody, discoveryEndpoint},
    {"/.well-known/oauth-authorization-server", "", true, false, Everybody, discoveryEndpoint},
    {"/authorize", "authorization_endpoint", true, true, Visitors, authorizeEndpoint},
    {"/token", "token_endpoint", false, true, Registered, tokenEndpoint},
    {"/jwks", "jwks_uri", true, false, Everybody, keysEndpoint},
    {"/userinfo", "userinfo_endpoint", true, true, Registered, userInfoEndpoint},
    {"/introspect", "introspection_endpoint", false, true, Registered, introspectionEndpoint},
    {"/revoke", "revocation_endpoint", false, true, Registered, revocationEndpoint},
    {"/device_authorization", "device_authorization_endpoint", false, true, Registered, deviceAuthorizationEndpoint},
    {"/end_session", "end_session_endpoint", true, true, Visitors, endSessionEndpoint},
    {"/login", "", false, true, OwnForms, loginEndpoint},
    {"/consent", "", false, true, OwnForms, consentEndpoint},
    {"/device", "", true, true, OwnForms, devicePageEndpoint},
    {"/logout", "", false, true, OwnForms, logoutEndpoint},
};
// clang-format on

} // namespace

std::span<const Endpoint> endpoints() noexcept
{
    return table;
}

const Endpoint* findEndpoint(std::string_view path) noexcept
{
    const auto* const found = std::ranges::find(table, path, &Endpoint::path);
    return found == std::end(table) ? nullptr : found;
}

} // namespace claimsmith::identity
