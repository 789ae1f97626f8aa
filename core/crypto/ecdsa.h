// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/crypto.
#pragma once

#include "base/bytes.h"

#include <array>
#include <cstddef>

namespace claimsmith::crypto {

/// A raw ECDSA signature written as DER, on the stack: the request path verifies with it.
class EcdsaDer final
{
public:
    /// `raw` is r ‖ s, of the same length each.
    explicit EcdsaDer(BytesView raw) noexcept;

    /// False for an odd length, an empty number, or one longer than any curve has it.
    bool isValid() const noexcept { return m_size != 0; }
    BytesView view() const noexcept { return {m_octets.data(), m_size}; }

private:
    static constexpr std::size_t maximumCoordinate = 72;

    void append(char octet) noexcept { m_octets[m_size++] = octet; }
    void appendInteger(BytesView number) noexcept;

    std::array<char, 2 * (maximumCoordinate + 3) + 3> m_octets{};
    std::size_t m_size = 0;
};

} // namespace claimsmith::crypto
