// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/session.h"

#include "base/base64.h"
#include "crypto/cipher.h"
#include "document/json.h"
#include "gateway/plugin.h"
#include "http/cookie.h"

#include <algorithm>

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// Browsers keep 4096 octets of name, value and attributes.
constexpr std::size_t pieceSize = 3600;
/// A request has room for 32 KiB of headers, and these are not the only cookies.
constexpr std::size_t sessionPieces = 4;
constexpr std::size_t loginPieces = 1;
/// More logins at once are tabs that somebody forgot.
constexpr std::size_t mostLogins = 4;
/// Of a URL that is longer, only the address is kept.
constexpr std::size_t longestTarget = 1024;

/// "session", "session2", "session3": as Kong's library names the pieces.
std::string pieceName(const std::string& name, std::size_t index)
{
    return index == 0 ? name : name + std::to_string(index + 1);
}

std::string textIn(const Value& value, std::string_view name)
{
    const std::string* text = value.findString(name);
    return text ? *text : std::string();
}

Object toObject(const Session& session)
{
    return {{"id", session.id},
            {"created", session.created},
            {"rolled", session.rolled},
            {"used", session.used},
            {"client", session.client},
            {"method", session.method},
            {"access", session.tokens.access},
            {"id_token", session.tokens.id},
            {"refresh", session.tokens.refresh},
            {"expires", session.tokens.expires},
            {"scope", session.tokens.scope}};
}

Session sessionFrom(const Value& value)
{
    Session session;
    session.id = textIn(value, "id");
    session.created = value.findInteger("created").value_or(0);
    session.rolled = value.findInteger("rolled").value_or(0);
    session.used = value.findInteger("used").value_or(0);
    session.client = textIn(value, "client");
    session.method = textIn(value, "method");
    session.tokens = {textIn(value, "access"), textIn(value, "id_token"), textIn(value, "refresh"),
                      value.findInteger("expires").value_or(0), textIn(value, "scope")};
    return session;
}

Object toObject(const PendingLogin& login)
{
    return {{"state", login.state},          {"nonce", login.nonce},   {"verifier", login.verifier},
            {"redirect", login.redirectUri}, {"target", login.target}, {"client", login.client},
            {"created", login.created}};
}

PendingLogin loginFrom(const Value& value)
{
    return {textIn(value, "state"),
            textIn(value, "nonce"),
            textIn(value, "verifier"),
            textIn(value, "redirect"),
            textIn(value, "target"),
            textIn(value, "client"),
            value.findInteger("created").value_or(0)};
}

/// Whether `name` is that of a cookie or of one of its pieces.
bool isPiece(std::string_view name, std::string_view cookie) noexcept
{
    if (!name.starts_with(cookie))
        return false;
    const std::string_view rest = name.substr(cookie.size());
    return rest.empty() || (rest.size() == 1 && rest[0] >= '2' && rest[0] <= '9');
}

} // namespace

std::int64_t Session::end(const SessionSettings& settings) const noexcept
{
    constexpr std::int64_t never = std::int64_t{1} << 60;
    const auto limit = [](std::int64_t from, std::chrono::seconds lifetime) {
        return lifetime.count() > 0 ? from + lifetime.count() : never; // 0 switches a limit off
    };
    return std::min({limit(used, settings.idling), limit(rolled, settings.rolling), limit(created, settings.absolute)});
}

bool CookieJar::hasSessionCookie() const noexcept
{
    return http::findCookie(m_exchange.request.head.headers, m_settings.cookie.name).has_value();
}

std::optional<Session> CookieJar::session() const
{
    const auto value = open(m_settings.cookie);
    if (!value)
        return std::nullopt;
    Session session = sessionFrom(*value);
    return m_exchange.clock.unixSeconds() < session.end(m_settings) ? std::optional(std::move(session)) : std::nullopt;
}

bool CookieJar::write(const Session& session, ResponseHeaders& headers) const
{
    return seal(m_settings.cookie, toObject(session), sessionPieces, std::nullopt, headers);
}

void CookieJar::endSession(ResponseHeaders& headers) const
{
    clear(m_settings.cookie, 0, headers);
}

std::vector<PendingLogin> CookieJar::logins() const
{
    std::vector<PendingLogin> logins;
    const auto value = open(m_settings.login);
    if (!value || !value->asArray())
        return logins;
    const std::int64_t oldest = m_exchange.clock.unixSeconds() - m_settings.loginLifetime.count();
    for (const Value& element : *value->asArray())
        if (PendingLogin login = loginFrom(element); login.created > oldest)
            logins.push_back(std::move(login));
    return logins;
}

void CookieJar::write(std::vector<PendingLogin> logins, ResponseHeaders& headers) const
{
    for (PendingLogin& login : logins)
        if (login.target.size() > longestTarget)
            login.target = login.target.substr(0, std::min(login.target.find('?'), longestTarget));
    if (logins.size() > mostLogins)
        logins.erase(logins.begin(), logins.end() - mostLogins);
    for (; !logins.empty(); logins.erase(logins.begin())) {
        Array list;
        for (const PendingLogin& login : logins)
            list.push_back(toObject(login));
        if (seal(m_settings.login, std::move(list), loginPieces, m_settings.loginLifetime.count(), headers))
            return;
    }
    clear(m_settings.login, 0, headers);
}

void CookieJar::hideFrom(http::HeaderMap& headers) const
{
    const std::string line = headers.joined("Cookie", "; ");
    std::string rest;
    for (const http::Cookie& cookie : http::parseCookies(line))
        if (!isPiece(cookie.name, m_settings.cookie.name) && !isPiece(cookie.name, m_settings.login.name))
            rest += (rest.empty() ? "" : "; ") + std::string(cookie.name) + "=" + std::string(cookie.value);
    if (rest.empty())
        headers.remove("Cookie");
    else
        headers.set("Cookie", rest);
}

std::optional<Value> CookieJar::open(const CookieSettings& cookie) const
{
    std::string text;
    for (std::size_t i = 0; i < sessionPieces; ++i) {
        const auto piece = http::findCookie(m_exchange.request.head.headers, pieceName(cookie.name, i));
        if (!piece)
            break;
        text += *piece;
        if (piece->size() < pieceSize)
            break;
    }
    const auto sealed = fromBase64Url(text);
    if (!sealed || sealed->empty())
        return std::nullopt;
    const auto opened = crypto::openAes256Gcm(m_key, *sealed, binding(cookie));
    if (!opened)
        return std::nullopt;
    auto value = document::parseJson(opened->view());
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

bool CookieJar::seal(const CookieSettings& cookie, const Value& value, std::size_t mostPieces,
                     std::optional<std::int64_t> lifetime, ResponseHeaders& headers) const
{
    std::string plain = document::toJson(value);
    const auto sealed = crypto::sealAes256Gcm(m_key, plain, binding(cookie));
    wipe(plain);
    if (!sealed)
        throw Fault{"the cookie " + cookie.name + " can't be sealed"};
    const std::string text = toBase64Url(*sealed);
    const std::size_t pieces = (text.size() + pieceSize - 1) / pieceSize;
    if (pieces > mostPieces)
        return false;
    for (std::size_t i = 0; i < pieces; ++i)
        headers.emplace_back("Set-Cookie", pieceName(cookie.name, i) + "=" + text.substr(i * pieceSize, pieceSize) +
                                               (lifetime ? "; Max-Age=" + std::to_string(*lifetime) : "") +
                                               attributes(cookie));
    clear(cookie, pieces, headers);
    return true;
}

/// Lets the browser forget the pieces from an index on, those that it has sent.
void CookieJar::clear(const CookieSettings& cookie, std::size_t from, ResponseHeaders& headers) const
{
    for (std::size_t i = from; i < sessionPieces; ++i) {
        const std::string name = pieceName(cookie.name, i);
        if (http::findCookie(m_exchange.request.head.headers, name))
            headers.emplace_back("Set-Cookie", name + "=; Max-Age=0" + attributes(cookie));
    }
}

std::string CookieJar::attributes(const CookieSettings& cookie) const
{
    std::string text = "; Path=" + (cookie.path.empty() ? "/" : cookie.path);
    if (!cookie.domain.empty())
        text += "; Domain=" + cookie.domain;
    if (!cookie.sameSite.empty())
        text += "; SameSite=" + cookie.sameSite;
    if (cookie.secure.value_or(m_exchange.request.forwardedScheme == Scheme::Https))
        text += "; Secure";
    if (cookie.httpOnly)
        text += "; HttpOnly";
    return text;
}

std::string CookieJar::binding(const CookieSettings& cookie) const
{
    return "openid-connect\n" + cookie.name + "\n" + m_settings.audience + "\n" + m_owner;
}

} // namespace claimsmith::gateway::openidconnect
