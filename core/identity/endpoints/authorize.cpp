// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/authorization/flow.h"
#include "identity/authorization/request.h"
#include "identity/endpoints/endpoints.h"
#include "identity/interaction.h"

namespace claimsmith::identity {

/// RFC 6749 §3.1. What is wrong with client or redirect URI is told to the person, never by redirect.
http::Response authorizeEndpoint(Call& call)
{
    if (call.isPost()) {
        if (const auto form = checkForm(call); !form)
            return errorPage(call, form.error());
    }
    auto target = readAuthorizationTarget(call);
    if (!target)
        return errorPage(call, target.error());
    AuthorizationRequest request = std::move(*target);
    if (const auto read = readAuthorizationRequest(call, request); !read)
        return refuseClient(call, request, read.error());
    return proceed(call, request);
}

} // namespace claimsmith::identity
