// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"

namespace claimsmith::crypto {

/// PKCS #8 in DER (RFC 5958), not encrypted. LibraryFailure for keys that OpenSSL does not write.
Result<SecretBytes> pkcs8Der(const PrivateKey& key);

} // namespace claimsmith::crypto
