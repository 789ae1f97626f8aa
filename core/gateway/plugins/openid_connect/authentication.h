// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/flow.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/openid_connect/claims.h"
#include "gateway/plugins/openid_connect/consumers.h"
#include "gateway/plugins/openid_connect/presented.h"
#include "gateway/plugins/openid_connect/providercalls.h"
#include "gateway/plugins/openid_connect/session.h"
#include "gateway/plugins/openid_connect/settings.h"
#include "gateway/plugins/openid_connect/token.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

/// What the plugin knows about the caller of one request.
struct Caller
{
    Method method = Method::Bearer;
    Tokens tokens;
    std::optional<Token> accessToken; ///< when it is a JWT
    std::optional<Token> idToken;
    std::shared_ptr<const PreparedKey> accessKey; ///< keeps the metadata that it is part of
    std::shared_ptr<const PreparedKey> idKey;
    ReplyPointer introspection;
    ReplyPointer userInfo;
    ReplyPointer grant; ///< the token endpoint's answer
    std::optional<Session> session;

    ClaimSources claims() const;
};

/// One request's way through the plugin: a credential is found, verified with what the provider says, and becomes an
/// identity. Lives in the exchange's memory while it waits for the provider.
class Authentication final
{
public:
    Authentication(Waits& waits, Exchange& exchange, const Settings& settings, const Consumers& consumers,
                   const AuthenticationRule& rule, Shared& shared, Outgoing& outgoing, ResponseHeaders& headers);
    Authentication(const Authentication&) = delete;
    Authentication& operator=(const Authentication&) = delete;
    ~Authentication() = default;

    Flow<Decision> run();

private:
    /// A refusal, or another answer; nothing: go on.
    using Ending = std::optional<Answer>;

    Flow<Decision> decide();

    // Which way is taken, and where a credential comes from: authentication.cpp
    Flow<Ending> authenticate();
    Flow<Ending> byCredential(Presented presented);
    Flow<Ending> byGrant(Method method, Form form, std::string secrets);
    Flow<Ending> fetchTokens(Method method, Form form, std::string cacheKey);
    Flow<Ending> bySession(Session session);
    Flow<Ending> reverify();
    Flow<Ending> refresh();
    bool isOver(const Tokens& tokens) const noexcept;
    bool isUsable(const Session& session) const noexcept;
    Ending unknownCaller();
    void noteCredential(bool isFound, std::string found, Method method);

    // The provider and its tokens: verification.cpp
    Flow<bool> findProvider();
    Flow<Ending> verifyAccessToken(bool mayBeOpaque);
    Flow<Ending> verifyIdToken(std::optional<std::string> nonce);
    Flow<Ending> verify(Token& token, Expectations expectations, std::shared_ptr<const PreparedKey>& key);
    Flow<Ending> introspect();
    bool wantsUserInfo() const;
    Flow<Ending> askAboutUser(bool isRequired);
    Expectations expectations(bool isIdToken) const;
    void take(const ReplyPointer& reply);
    bool isUnreachable(const Reply& reply) const noexcept;

    // Login by a browser, and logout: login.cpp
    std::optional<PendingLogin> takeLogin(const std::string& state);
    Flow<Ending> beginLogin();
    Flow<Ending> finishLogin(PendingLogin login);
    Ending abandonLogin(std::string_view problem, const std::string& found);
    bool wantsLogout();
    Flow<Ending> logOut();
    Ending loginAction();
    std::string requestUrl(bool withQuery) const;
    void hideLoginArguments(const PendingLogin& login);

    // What a caller has to be, and what is told of him: admission.cpp
    Ending admit();
    Ending checkRequirements();
    Ending checkLoginAge();
    Ending checkSessionCookie();
    Ending identify();
    void authenticateVirtually();
    void shareGroups();
    void keepSession();

    // Answers: refusals.cpp
    Answer unauthorized(std::string_view error, std::string_view description = {});
    Answer forbidden(std::string_view description);
    Answer unexpected();
    Answer refusal(int status, const std::string& message, std::string_view error, std::string_view description);
    Answer redirect(const std::string& url) const;

    Waits& m_waits;
    Exchange& m_exchange;
    const Settings& m_settings;
    const Consumers& m_consumers;
    const AuthenticationRule& m_rule;
    Shared& m_shared;
    Outgoing& m_outgoing;
    ResponseHeaders& m_headers;
    Findings m_findings;
    RequestArguments m_arguments;
    CookieJar m_cookies;
    ProviderCalls m_calls;
    const Client* m_client; ///< the request's choice, or m_ownClient
    Client m_ownClient;     ///< made of credentials in the request
    std::shared_ptr<const Metadata> m_metadata;
    Caller m_caller;
    std::optional<PendingLogin> m_login; ///< the one that this request ends
    bool m_isAnswered = false;           ///< the Ending is no refusal
};

} // namespace claimsmith::gateway::openidconnect
