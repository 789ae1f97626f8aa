// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/call.h"

#include <span>
#include <string_view>

namespace claimsmith::identity {

/// Which pages may ask.
enum class Audience {
    Everybody,  ///< what is public anyway
    Registered, ///< pages at the clients' origins
    Visitors,   ///< nobody by script; people come from everywhere, by links and forms
    OwnForms,   ///< forms of the provider's own pages alone
};

struct Endpoint
{
    std::string_view path;     ///< below the issuer's
    std::string_view metadata; ///< the member of discovery that names it; empty: none
    bool takesGet;
    bool takesPost;
    Audience audience;
    http::Response (*handle)(Call& call);
};

/// All endpoints of an issuer, in the order in which discovery names them.
std::span<const Endpoint> endpoints() noexcept;
/// Null when there is none.
const Endpoint* findEndpoint(std::string_view path) noexcept;

// One a file.
http::Response discoveryEndpoint(Call& call);
http::Response keysEndpoint(Call& call);
http::Response tokenEndpoint(Call& call);
http::Response userInfoEndpoint(Call& call);
http::Response authorizeEndpoint(Call& call);
http::Response loginEndpoint(Call& call);
http::Response consentEndpoint(Call& call);
http::Response deviceAuthorizationEndpoint(Call& call);
http::Response devicePageEndpoint(Call& call);
http::Response introspectionEndpoint(Call& call);
http::Response revocationEndpoint(Call& call);
http::Response endSessionEndpoint(Call& call);
http::Response logoutEndpoint(Call& call);

} // namespace claimsmith::identity
