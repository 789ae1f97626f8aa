// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "identity/call.h"

#include <string>
#include <string_view>

namespace claimsmith::identity {

/// What a page needs to be answered: where its form goes and what it carries.
struct ShownInteraction
{
    std::string id;
    std::string token;   ///< against forged forms
    std::string root;    ///< path of the issuer
    std::string leadsTo; ///< redirect URI that an answer may lead to; empty: none
    std::string browser; ///< value for the cookie
};

/// Notes what a page waits for, bound to this browser (the cookie it has, or a new one), with a token for its form.
/// `kind`, `request` and the like are taken from `interaction`; the rest is filled in.
/// `browser` is the cookie's value where this answer sets a new one.
ShownInteraction show(Call& call, Interaction interaction, const std::string& browser = {});
/// The same interaction once more, with a problem shown: counts, and forgets it when there were too many.
ShownInteraction showAgain(Call& call, const std::string& id, Interaction& interaction);
/// The page with the cookie that it is bound to.
http::Response withBrowser(const Call& call, http::Response page, const ShownInteraction& shown);

/// The interaction that this form answers: InteractionUnknown when it is not there (any more) or of another kind,
/// FormForged when the form's token is wrong or the form comes from another browser than the page was shown to.
struct Answered
{
    std::string id;
    Interaction* interaction; ///< in the store
};
Result<Answered> answered(Call& call, Interaction::Kind kind);

/// The session of this browser; null when there is none that holds. `*cookie` gets the cookie's value.
Session* findSession(const Call& call, std::string* cookie = nullptr);
/// Signs a user in: a session under a new name, whatever the browser sent (session fixation).
std::string startSession(Call& call, const User& user);
/// Makes the browser keep the session, or forget it.
void setSessionCookie(const Call& call, http::Response& response, std::string_view value);
void dropSessionCookie(const Call& call, http::Response& response);

/// A refusal that people read.
http::Response errorPage(Call& call, const Error& error);

} // namespace claimsmith::identity
