// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

#include <cstddef>

namespace claimsmith::jose {

/// DEFLATE without a wrapper (RFC 1951), as "zip" DEF wants it (RFC 7516 §4.1.3).
/// PlaintextTooLarge above 1 GiB.
Result<SecretBytes> deflate(BytesView plaintext);

/// CompressionInvalid when the octets are no DEFLATE stream or do not end with it; PlaintextTooLarge as soon as the
/// text would be longer than `maximum` octets, whatever the stream claims to hold.
Result<SecretBytes> inflate(BytesView compressed, std::size_t maximum);

} // namespace claimsmith::jose
