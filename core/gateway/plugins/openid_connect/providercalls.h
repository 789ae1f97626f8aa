// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/findings.h"
#include "gateway/plugins/openid_connect/provider.h"
#include "gateway/plugins/openid_connect/settings.h"
#include "gateway/plugins/openid_connect/shared.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway {
struct Exchange;
}

namespace claimsmith::gateway::openidconnect {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Requests of one exchange to its provider. References have to outlive the flows.
class ProviderCalls final
{
public:
    ProviderCalls(Waits& waits, const Exchange& exchange, Shared& shared, Outgoing& outgoing, const Settings& settings,
                  Findings& findings) noexcept
        : m_waits(waits), m_exchange(exchange), m_shared(shared), m_outgoing(outgoing), m_settings(settings),
          m_findings(findings)
    {
    }

    /// A grant at the token endpoint (RFC 6749 §4): `form` is what the grant needs. With `cacheKey`, an answer that was
    /// kept under it will do.
    Flow<ReplyPointer> token(const Metadata& metadata, const Client& client, Method grant, Form form,
                             std::string cacheKey);
    /// RFC 7662.
    Flow<ReplyPointer> introspect(const Metadata& metadata, const Client& client, std::string token);
    /// OpenID Connect Core §5.3.
    Flow<ReplyPointer> userInfo(const Metadata& metadata, std::string token);
    /// RFC 7009; nobody minds a failure.
    Flow<void> revoke(const Metadata& metadata, const Client& client, std::string token, std::string hint);

    /// The configured endpoint, or the discovered one; empty when there is none.
    std::string endpoint(const Metadata& metadata, std::string_view name) const;
    /// Under which a reply is kept: a digest, since `secrets` goes into it.
    std::string cacheKey(std::string_view kind, const Client& client, std::string_view secrets) const;

private:
    /// Who has to have signed an answer that is signed.
    struct SignedAnswer
    {
        const Metadata& metadata;
        const Client& client;
        Method method;
        bool isAsked; ///< the configuration asks for one
    };

    Flow<ReplyPointer> call(http::ClientRequest request, std::string_view endpoint, std::optional<SignedAnswer> wanted);
    void open(Reply& reply, const SignedAnswer& wanted) const;
    std::string clientPart(const Extras& headers, const Extras& arguments) const;
    http::ClientRequest post(const Metadata& metadata, const Client& client, std::string_view endpoint,
                             Form form) const;
    void keep(const std::string& key, const ReplyPointer& reply) const;
    void note(std::string_view endpoint, const std::string& url, const Reply& reply) const;
    void addClientHeaders(http::ClientRequest& request, const Extras& extras) const;
    void addClientArguments(Form& form, const Extras& extras) const;

    Waits& m_waits;
    const Exchange& m_exchange;
    Shared& m_shared;
    Outgoing& m_outgoing;
    const Settings& m_settings;
    Findings& m_findings;
};

} // namespace claimsmith::gateway::openidconnect
