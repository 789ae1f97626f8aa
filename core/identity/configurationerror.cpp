// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/configurationerror.h"

#include <array>

namespace claimsmith::identity {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 12> names{
    "unreadable", "wrong-type",   "missing-member", "unknown-member", "unknown-value", "out-of-range",
    "duplicate",  "invalid-path", "invalid-uri",    "secret-in-file", "key-invalid",   "inconsistent",
};

std::string_view codeName(int code) noexcept
{
    return names[static_cast<std::size_t>(code)];
}

} // namespace

const ErrorDomain& errorDomain(ConfigurationErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"identity-configuration", codeName};
    return domain;
}

} // namespace claimsmith::identity
