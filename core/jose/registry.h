// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace claimsmith::jose {

/// What a registered header parameter or claim means (the IANA registries "JSON Web Signature and Encryption Header
/// Parameters" and "JSON Web Token Claims"). English, for the command line and reports; the desktop has its own words.
struct RegisteredMember
{
    std::string_view name;
    std::string_view title;   ///< "Expiration time"
    std::string_view meaning; ///< one sentence
    std::string_view standard;
    bool isTime = false; ///< a NumericDate (RFC 7519 §2)
};

std::span<const RegisteredMember> registeredHeaderParameters() noexcept;
std::span<const RegisteredMember> registeredClaims() noexcept;
/// Null when the name is not among them.
const RegisteredMember* findHeaderParameter(std::string_view name) noexcept;
const RegisteredMember* findClaim(std::string_view name) noexcept;

} // namespace claimsmith::jose
