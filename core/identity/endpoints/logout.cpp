// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/logout.h"
#include "identity/endpoints/endpoints.h"
#include "identity/interaction.h"
#include "identity/pages/pages.h"

namespace claimsmith::identity {

/// The logout page's form.
http::Response logoutEndpoint(Call& call)
{
    const auto form = answered(call, Interaction::Kind::Logout);
    if (!form)
        return errorPage(call, form.error());
    const std::string target = form->interaction->logoutUri;
    call.realm.store.interactions.remove(form->id);
    if (call.parameters.value("decision") == "leave")
        return signOut(call, target);
    return messagePage(200, "Still signed in", "You stay signed in.");
}

} // namespace claimsmith::identity
