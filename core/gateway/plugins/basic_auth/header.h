// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secret.h"
#include "gateway/snapshot.h"
#include "http/message.h"

#include <string>
#include <string_view>

namespace claimsmith::gateway::basicauth {

/// What a header says of user and password.
struct Given
{
    enum class Form {
        Absent,      ///< there is no such header
        OtherScheme, ///< it speaks of something else
        NotBase64,
        NoUser,   ///< no "user:password" in it
        Repeated, ///< several lines, which only the strict conduct minds
        Good,
    };

    std::string_view header; ///< its name
    Form form = Form::Absent;
    std::string_view scheme; ///< a view into the header's value
    std::string username;
    SecretBytes password;
    bool isLax = false;           ///< Kong reads it, RFC 7617 would not
    bool isRefusedByCase = false; ///< Kong takes the scheme for another one only because of its capitals

    bool isGood() const noexcept { return form == Form::Good; }
};

/// Reads as Kong does, leniencies included (kong-plugins.md B3), or strictly as RFC 7617 §2 writes credentials.
Given readBasic(const http::HeaderMap& headers, std::string_view name, Conduct conduct);

} // namespace claimsmith::gateway::basicauth
