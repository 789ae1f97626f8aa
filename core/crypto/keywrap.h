// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/error.h"

namespace claimsmith::crypto {

/// AES Key Wrap with the default initial value (RFC 3394 §2.2.1). The wrapping key has 16, 24 or 32 octets, the wrapped
/// one a multiple of 8 and at least 16; else KeyInvalid. The result is 8 octets longer.
Result<Bytes> wrapKey(const SecretBytes& wrappingKey, const SecretBytes& key);

/// DecryptionFailed when the wrapping key is another one or an octet was changed.
Result<SecretBytes> unwrapKey(const SecretBytes& wrappingKey, BytesView wrapped);

} // namespace claimsmith::crypto
