// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/interaction.h"

#include "base/random.h"
#include "http/cookie.h"
#include "identity/answers.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

constexpr std::string_view cookieName = "claimsmith_session";
constexpr int maximumFailures = 10;
constexpr std::size_t tokenSize = 43; ///< of makeOpaqueToken()

std::string cookieOf(const Call& call)
{
    const auto value = http::findCookie(call.request.head.headers, cookieName);
    return value && value->size() == tokenSize ? std::string(*value) : std::string();
}

void setCookie(const Call& call, http::Response& response, std::string_view value, bool forget)
{
    // Lax: the browser has to send it when an application's link leads here. Other ports of the same host see it, as
    // they see all cookies, but can't read it by script.
    const std::string root = call.realm.root();
    std::string line = std::string(cookieName) + '=' + std::string(value) + "; Path=" + (root.empty() ? "/" : root) +
                       "; HttpOnly; SameSite=Lax";
    if (forget)
        line += "; Max-Age=0";
    if (call.realm.isSecure())
        line += "; Secure";
    response.head.headers.add("Set-Cookie", line);
}

ShownInteraction shownAs(const Call& call, const std::string& id, const Interaction& interaction)
{
    const std::string& target = interaction.logoutUri.empty() ? interaction.request.redirectUri : interaction.logoutUri;
    return {id, interaction.token, call.realm.root(), target, interaction.browser};
}

} // namespace

ShownInteraction show(Call& call, Interaction interaction, const std::string& browser)
{
    const std::string known = browser.empty() ? cookieOf(call) : browser;
    interaction.browser = known.empty() ? makeOpaqueToken() : known;
    interaction.token = makeOpaqueToken();
    interaction.expires = call.now + call.realm.settings.lifetimes.interaction;
    const std::string id = makeOpaqueToken();
    return shownAs(call, id, call.realm.store.interactions.add(id, std::move(interaction)));
}

ShownInteraction showAgain(Call& call, const std::string& id, Interaction& interaction)
{
    ShownInteraction shown = shownAs(call, id, interaction);
    if (++interaction.failures >= maximumFailures)
        call.realm.store.interactions.remove(id);
    return shown;
}

http::Response withBrowser(const Call& call, http::Response page, const ShownInteraction& shown)
{
    if (cookieOf(call) != shown.browser)
        setCookie(call, page, shown.browser, false);
    return page;
}

Result<Answered> answered(Call& call, Interaction::Kind kind)
{
    CLAIMSMITH_CHECK(checkForm(call));
    CLAIMSMITH_TRY(std::string id, required(call, "interaction"));
    Interaction* const interaction = call.realm.store.interactions.find(id);
    if (interaction == nullptr || interaction->kind != kind || interaction->expires <= call.now)
        return refusal(OAuthErrorCode::InteractionUnknown);
    const bool isOwnForm = equalInConstantTime(interaction->token, call.parameters.value("token"));
    const bool isSameBrowser = equalInConstantTime(interaction->browser, cookieOf(call));
    if (!isOwnForm || !isSameBrowser)
        return refusal(OAuthErrorCode::FormForged);
    return Answered{std::move(id), interaction};
}

Session* findSession(const Call& call, std::string* cookie)
{
    const std::string value = cookieOf(call);
    Session* const session = call.realm.store.sessions.find(value);
    if (session == nullptr || session->expires <= call.now)
        return nullptr;
    const User* const user = call.realm.settings.findUser(session->user);
    if (user == nullptr || !user->enabled)
        return nullptr;
    if (cookie != nullptr)
        *cookie = value;
    return session;
}

std::string startSession(Call& call, const User& user)
{
    call.realm.store.sessions.remove(cookieOf(call));
    std::string name = makeOpaqueToken();
    call.realm.store.sessions.add(
        name, {randomUuid(), user.username, call.now, call.now + call.realm.settings.lifetimes.session});
    call.log.user = user.username;
    return name;
}

void setSessionCookie(const Call& call, http::Response& response, std::string_view value)
{
    response.head.headers.remove("Set-Cookie");
    setCookie(call, response, value, false);
}

void dropSessionCookie(const Call& call, http::Response& response)
{
    setCookie(call, response, {}, true);
}

http::Response errorPage(Call& call, const Error& error)
{
    note(call.log, error);
    std::string text = descriptionOf(error) + '.';
    text.front() =
        static_cast<char>(text.front() >= 'a' && text.front() <= 'z' ? text.front() - 'a' + 'A' : text.front());
    const int status = infoOf(error).status == 401 ? 400 : infoOf(error).status; // a page asks for no credentials
    return messagePage(status, "This does not work", text);
}

} // namespace claimsmith::identity
