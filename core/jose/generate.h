// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "jose/key.h"

#include <atomic>
#include <cstddef>
#include <string>

namespace claimsmith::jose {

struct GenerateOptions
{
    std::size_t bits = 0; ///< of an RSA key or a secret; 0: what the standard demands at least
    std::string id =
        {}; ///< kid; empty: the RFC 7638 thumbprint, or a random id for a secret, whose thumbprint tells about it
    /// Set from another thread, it ends the making of an RSA key early with crypto's LibraryFailure. Has to outlive the
    /// call; null: never.
    const std::atomic<bool>* cancelled = nullptr;
};

/// A new key for one algorithm, with "use" sig and "alg" set. crypto's SizeRefused for sizes that are not made; secrets
/// are of whole octets. RSA takes up to seconds: not on a GUI thread.
Result<Key> generateKey(Algorithm algorithm, const GenerateOptions& options = {});

} // namespace claimsmith::jose
