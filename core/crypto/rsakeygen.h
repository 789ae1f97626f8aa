// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "crypto/key.h"

#include <atomic>

namespace claimsmith::crypto {

/// As PrivateKey::generateRsa(), which takes from tenths of a second to many seconds, but gives up soon after
/// `cancelled` becomes true: then with LibraryFailure. The flag may be set from any thread and has to outlive the call.
Result<PrivateKey> generateRsa(int bits, const std::atomic<bool>& cancelled);

} // namespace claimsmith::crypto
