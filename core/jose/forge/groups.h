// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/jose/forge: the variants, a group in a file each.
#pragma once

#include "jose/forge/forge.h"

#include <span>

namespace claimsmith::jose::forge {

std::span<const Variant> unsignedVariants();  ///< without a signature, or with one that is none
std::span<const Variant> confusionVariants(); ///< a public thing taken for a secret, and secrets that are none
std::span<const Variant> headerKeyVariants(); ///< the token brings or names its own key
std::span<const Variant> structureVariants(); ///< parts, base64url and JSON that readers understand differently
std::span<const Variant> headerVariants();    ///< signed by the tester, with a header that has to be refused
std::span<const Variant> claimVariants();     ///< signed by the tester, with claims that have to be refused
std::span<const Variant> encryptedVariants(); ///< JWE where a JWS is wanted

} // namespace claimsmith::jose::forge
