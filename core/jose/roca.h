// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/key.h"

namespace claimsmith::jose {

/// Whether an RSA modulus was made by the library of CVE-2017-15361 and factors easily. An honest one is taken for such
/// in fewer than one of 2^27 cases. False for keys of other types.
bool hasRocaWeakness(const Key& key);

} // namespace claimsmith::jose
