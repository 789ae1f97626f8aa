// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/algorithm.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace claimsmith::app {

/// A kind of key with the algorithms it serves and the sizes it comes in; none: the algorithm decides.
struct KeyFamily
{
    QString name;
    QString detail;
    QLatin1String icon;
    std::vector<jose::Algorithm> algorithms;
    std::vector<std::size_t> sizes;
};

/// In the order of the list; texts are of the language at the call.
std::vector<KeyFamily> keyFamilies();
inline constexpr std::size_t usualFamily = 2; ///< elliptic curve: small tokens, and no secret to share

} // namespace claimsmith::app
