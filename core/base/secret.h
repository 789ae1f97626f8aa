// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <utility>

namespace claimsmith {

/// Octets that are wiped when they are no longer needed: passwords, HMAC secrets, private keys, passphrases.
/// Moves, never copies by accident; not printable.
class SecretBytes final
{
public:
    SecretBytes() = default;
    explicit SecretBytes(Bytes&& bytes) noexcept : m_bytes(std::move(bytes)) {}
    explicit SecretBytes(BytesView bytes) : m_bytes(bytes) {}
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    /// The octets; valid until this object changes or goes.
    BytesView view() const noexcept { return m_bytes; }
    bool empty() const noexcept { return m_bytes.empty(); }
    std::size_t size() const noexcept { return m_bytes.size(); }
    SecretBytes clone() const { return SecretBytes(view()); }

    /// Compares in time that depends on the lengths only.
    friend bool operator==(const SecretBytes& a, const SecretBytes& b) noexcept;

private:
    void wipe() noexcept;

    Bytes m_bytes;
};

/// Overwrites the octets so that the compiler can't leave it out, then empties the string.
void wipe(Bytes& bytes) noexcept;

/// Compares in time that depends on the lengths only.
bool equalInConstantTime(BytesView a, BytesView b) noexcept;

} // namespace claimsmith
