// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/plugins/bodyarguments.h"
#include "gateway/plugins/openid_connect/settings.h"
#include "http/query.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

/// The arguments of a request, read when they are asked for.
class RequestArguments final
{
public:
    explicit RequestArguments(const Exchange& exchange) : m_exchange(exchange) {}

    /// Empty arguments count for none.
    std::optional<std::string> inQuery(std::string_view name);
    std::optional<std::string> inBody(std::string_view name);
    std::optional<std::string> header(std::string_view name) const;
    std::optional<std::string> cookie(std::string_view name) const;

private:
    const Exchange& m_exchange;
    std::optional<http::QueryArguments> m_query;
    std::optional<BodyArguments> m_body;
};

/// A credential that a request carries.
struct Presented
{
    Method method = Method::Bearer;
    std::string token;    ///< of Bearer, Introspection, UserInfo, RefreshToken
    std::string name;     ///< of Password and ClientCredentials
    std::string secret;   ///< likewise; never told
    std::string place;    ///< "header authorization", "query access_token"
    bool isToken = false; ///< the token looks like a JWT
};

/// The first credential of the methods that are enabled, in Kong's order; nothing when there is none (kong-plugins.md
/// I1.2, I1.3). Sessions and logins under way are looked for elsewhere.
std::optional<Presented> findCredential(RequestArguments& arguments, const Settings& settings);

/// The client that the request asks for.
const Client& chooseClient(RequestArguments& arguments, const Settings& settings);

/// Takes the credential out of what goes upstream.
void hideCredential(Exchange& exchange, const Presented& presented);

/// Where credentials were looked for: "bearer in header, query, body; password in header".
std::string placesSearched(const Settings& settings);

} // namespace claimsmith::gateway::openidconnect
