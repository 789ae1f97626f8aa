// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/generate.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace claimsmith::app {

/// A key that can be made: the name of what it is for, and what that asks for.
struct KeyChoiceSpec
{
    QString name; ///< "ES256", "X25519"
    jose::KeySpec spec;
    std::size_t bits = 0;  ///< of a secret; 0: as the standard demands, or of KeyFamily::sizes
    bool servesJwt = true; ///< Kong's jwt plugin takes it
};

/// A kind of key with what it serves and the sizes it comes in; none: what it serves decides.
struct KeyFamily
{
    QString name;
    QString detail;
    QLatin1String icon;
    std::vector<KeyChoiceSpec> choices;
    std::vector<std::size_t> sizes;
};

/// In the order of the list; texts are of the language at the call.
std::vector<KeyFamily> keyFamilies();
inline constexpr std::size_t usualFamily = 2; ///< elliptic curve: small tokens, and no secret to share

} // namespace claimsmith::app
