// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/logout.h"

#include "identity/authorization/flow.h"
#include "identity/interaction.h"
#include "identity/pages/pages.h"

namespace claimsmith::identity {

http::Response signOut(Call& call, const std::string& target)
{
    std::string cookie;
    if (const Session* const session = findSession(call, &cookie)) {
        call.log.user = session->user;
        call.log.event = "signed-out";
        call.realm.store.authorizations.each([session](const std::string&, Authorization& authorization) {
            if (authorization.session == session->id)
                authorization.revoked = true;
        });
        call.realm.store.sessions.remove(cookie);
    }
    http::Response response =
        target.empty() ? messagePage(200, "Signed out", "You are signed out.") : redirectTo(target, {}, '?');
    dropSessionCookie(call, response);
    return response;
}

} // namespace claimsmith::identity
