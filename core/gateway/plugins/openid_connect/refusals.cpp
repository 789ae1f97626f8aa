// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/authentication.h"
#include "http/url.h"

#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Object;

namespace {

/// The challenge of RFC 6750 §3. The realm is the provider's host.
std::string challenge(const std::string& issuer, std::string_view error, std::string_view description)
{
    const auto url = http::parseUrl(issuer);
    std::string text = "Bearer realm=\"" + (url ? url->host : std::string("kong")) + "\"";
    if (!error.empty())
        text += ", error=\"" + std::string(error) + "\"";
    if (!error.empty() && !description.empty())
        text += ", error_description=\"" + std::string(description) + "\"";
    return text;
}

/// What RFC 6750 §3 lets stand in a quoted value.
std::string quotable(std::string_view text)
{
    std::string clean;
    for (const char c : text)
        clean += c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c;
    return clean;
}

} // namespace

Answer Authentication::unauthorized(std::string_view error, std::string_view description)
{
    if (m_settings.unauthorizedEndsSession && m_cookies.hasSessionCookie())
        m_cookies.endSession(m_headers);
    if (!m_client->unauthorizedRedirectUri.empty())
        return redirect(m_client->unauthorizedRedirectUri);
    return refusal(401, m_settings.unauthorizedMessage, error, description);
}

/// Kong 3.9 sends the browser where 401 would, when both addresses are there (kong-plugins.md I1.7).
Answer Authentication::forbidden(std::string_view description)
{
    if (m_settings.forbiddenEndsSession && m_cookies.hasSessionCookie())
        m_cookies.endSession(m_headers);
    const bool isKong = m_exchange.snapshot->conduct() == Conduct::Kong;
    const Client& client = *m_client;
    if (!client.forbiddenRedirectUri.empty())
        return redirect(isKong && !client.unauthorizedRedirectUri.empty() ? client.unauthorizedRedirectUri
                                                                          : client.forbiddenRedirectUri);
    return refusal(403, m_settings.forbiddenMessage, "insufficient_scope", description);
}

/// The provider can't be asked: nobody's fault on this side.
Answer Authentication::unexpected()
{
    m_isAnswered = true;
    if (!m_client->unexpectedRedirectUri.empty())
        return redirect(m_client->unexpectedRedirectUri);
    return errorAnswer(m_exchange.request.head.headers, m_exchange.requestId, 500);
}

Answer Authentication::refusal(int status, const std::string& message, std::string_view error,
                               std::string_view description)
{
    const std::string why = quotable(description);
    Object body{{"message", message}};
    if (m_settings.displaysErrors && !why.empty())
        body.set("error_description", why);
    Answer answer = exitAnswer(status, std::move(body));
    const bool isTold = m_settings.exposesCodes && !error.empty();
    answer.headers.set("WWW-Authenticate",
                       challenge(m_settings.provider.issuer, isTold ? error : std::string_view(),
                                 m_settings.displaysErrors ? std::string_view(why) : std::string_view()));
    return answer;
}

Answer Authentication::redirect(const std::string& url) const
{
    Answer answer = exitAnswer(302);
    answer.headers.set("Location", http::isSafeHeaderValue(url) ? std::string_view(url) : std::string_view("/"));
    answer.headers.set("Cache-Control", "no-store");
    return answer;
}

} // namespace claimsmith::gateway::openidconnect
