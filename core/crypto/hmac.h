// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/secret.h"
#include "crypto/digest.h"

namespace claimsmith::crypto {

/// HMAC (RFC 2104) with one key. Immutable after construction: any number of threads may call it at once. Uses one
/// OpenSSL context a thread and digest, made on first use, so a call costs the hashing and little more.
class Hmac final
{
public:
    Hmac(DigestKind kind, SecretBytes key) noexcept : m_kind(kind), m_key(std::move(key)) {}

    Bytes sign(BytesView message) const;
    /// Compares the whole code in constant time; a truncated one is refused.
    bool verify(BytesView message, BytesView code) const noexcept;

    DigestKind digestKind() const noexcept { return m_kind; }

private:
    DigestKind m_kind;
    SecretBytes m_key;
};

} // namespace claimsmith::crypto
